import { Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../api/problem';
import { ErrorMessage, Message } from '../../ui/Message';

/** Why the server does not begin the session: whom it is about, for who leads it; else the error itself. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('sessionRun');
  const { problems } = toApiError(error);
  const reasons = problems.flatMap(({ code, personName = '', ownerName = '' }) => {
    switch (code) {
      case 'evaluator':
        return [t('room.refused.evaluator', { name: personName, owner: ownerName })];
      case 'agreement_missing':
        return [t('room.refused.agreement', { name: personName })];
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
