import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import { ErrorMessage, Message } from '../../ui/Message';

interface RefusedProps {
  error: unknown;
  /** The session runs already, and goes on: it is about one who would take part. */
  running?: boolean;
}

/** Why the server does not begin the session, or lets someone in: whom it is about, for who leads it; else the error. */
export function Refused({ error, running = false }: RefusedProps) {
  const { t } = useTranslation('sessionRun');
  const { problems } = toApiError(error);
  const reasons = problems.flatMap(({ code, personName = '', ownerName = '' }) => {
    switch (code) {
      case 'evaluator':
        return [
          t(running ? 'letIn.evaluator' : 'room.refused.evaluator', { name: personName, owner: ownerName }),
        ];
      case 'agreement_missing':
        return [t(running ? 'letIn.agreement' : 'room.refused.agreement', { name: personName })];
      case 'scope_missing':
        return [t('letIn.scope', { owner: ownerName })];
      case 'too_few_people':
        return [t('room.refused.few')];
      case 'too_many_people':
        return [t('room.refused.many')];
      default:
        return [];
    }
  });
  if (reasons.length === 0) return <ErrorMessage error={error} withFaults />;
  return (
    <Message type="error">
      {reasons.map((reason) => (
        <Paragraph key={reason}>{reason}</Paragraph>
      ))}
    </Message>
  );
}
