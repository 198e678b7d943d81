import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/types';
import { useDates } from '../../time/useDates';

/** With whom a citizen can allow looking along in a session. */
const parts = ['coach', 'peers'] as const;

interface AllowsProps {
  recording: Pick<Recording, 'scopes' | 'sharingOpensAt' | 'paused' | 'waiting'>;
}

/** What the citizen allows, said before anything is chosen; and from when. */
export function Allows({ recording }: AllowsProps) {
  const { t, i18n } = useTranslation('sessions');
  const dates = useDates();
  const names = (chosen: readonly (typeof parts)[number][], type: 'conjunction' | 'disjunction') =>
    new Intl.ListFormat(i18n.language, { type }).format(chosen.map((part) => t(`allows.${part}`)));
  const yes = parts.filter((part) => recording.scopes.includes(part));
  const no = parts.filter((part) => !recording.scopes.includes(part));
  const opens = recording.sharingOpensAt;
  if (recording.paused || recording.waiting) return <p className="vs-allows">{t('allows.closed')}</p>;
  return (
    <p className="vs-allows">
      {yes.length === 0 && t('allows.none', { no: names(no, 'disjunction') })}
      {yes.length > 0 && t('allows.some', { yes: names(yes, 'conjunction') })}
      {yes.length > 0 && no.length > 0 && ` ${t('allows.not', { no: names(no, 'disjunction') })}`}
      {yes.length > 0 && opens && Date.parse(opens) > Date.now() && (
        <> {t('allows.opens', { moment: dates.moment(opens) })}</>
      )}
    </p>
  );
}
