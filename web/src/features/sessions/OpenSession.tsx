import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useAnnounce } from '../../ui/LiveRegion';
import { PlanError } from './PlanError';
import { useRefreshSession } from './useSession';

/** "Uitnodigen en openen": what it does is said before it is done. */
export function OpenSession({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('sessions');
  const announce = useAnnounce();
  const refresh = useRefreshSession(sessionId);
  const open = api.useMutation('post', '/review-sessions/{sessionId}/open', {
    onSuccess: () => announce(t('open.done')),
    // Also when it was refused: the reason stands in the plan.
    onSettled: () => refresh(),
  });
  return (
    <>
      <p className="vs-subtle">{t('open.hint')}</p>
      {open.error && <PlanError error={open.error} />}
      <div className="vs-actions">
        <Button
          appearance="primary-action-button"
          disabled={open.isPending}
          onClick={() => open.mutate({ params: { path: { sessionId } } })}
        >
          {t('open.button')}
        </Button>
      </div>
    </>
  );
}
