import { useTranslation } from 'react-i18next';
import { Message } from '../../ui/Message';
import type { SessionProblem } from './types';

interface ProblemsProps {
  problems: readonly SessionProblem[];
}

/** Each thing that stands in the way, with how to go on. */
export function ProblemLines({ problems }: ProblemsProps) {
  const { t } = useTranslation('sessions');
  return (
    <ul className="vs-problems">
      {problems.map(({ code, personName = '', ownerName = '' }) => (
        <li key={`${code}-${personName}-${ownerName}`}>{t(`problems.${code}`, { personName, ownerName })}</li>
      ))}
    </ul>
  );
}

/** What keeps a session from being opened. */
export function Problems({ problems }: ProblemsProps) {
  const { t } = useTranslation('sessions');
  if (problems.length === 0) return null;
  return (
    <Message type="info">
      <p className="vs-problems__title">{t('problems.title')}</p>
      <ProblemLines problems={problems} />
    </Message>
  );
}
