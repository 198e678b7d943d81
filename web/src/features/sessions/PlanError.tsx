import { toApiError } from '../../api/problem';
import { ErrorMessage, Message } from '../../ui/Message';
import { ProblemLines } from './Problems';

/** Why a plan was refused: what bars the way and how to go on, where the server tells. */
export function PlanError({ error }: { error: unknown }) {
  const { problems } = toApiError(error);
  if (problems.length === 0) return <ErrorMessage error={error} />;
  return (
    <Message type="error">
      <ProblemLines problems={problems} />
    </Message>
  );
}
