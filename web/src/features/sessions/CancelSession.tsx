import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Dialog } from '../../ui/Dialog';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { useRefreshSession } from './useSession';

/** Calling a session off. */
export function CancelSession({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation(['sessions', 'app']);
  const announce = useAnnounce();
  const refresh = useRefreshSession(sessionId);
  const [asking, setAsking] = useState(false);
  const cancel = api.useMutation('post', '/review-sessions/{sessionId}/cancel', {
    onSuccess: async () => {
      announce(t('cancel.done'));
      setAsking(false);
      moveFocusTo('main');
      await refresh();
    },
  });
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setAsking(true)}>
        {t('cancel.button')}
      </Button>
      {asking && (
        <Dialog title={t('cancel.title')} onClose={() => setAsking(false)}>
          <Paragraph>{t('cancel.explain')}</Paragraph>
          {cancel.error && <ErrorMessage error={cancel.error} />}
          <div className="vs-actions">
            <Button
              appearance="primary-action-button"
              hint="danger"
              disabled={cancel.isPending}
              onClick={() => cancel.mutate({ params: { path: { sessionId } } })}
            >
              {t('cancel.confirm')}
            </Button>
            <Button appearance="secondary-action-button" onClick={() => setAsking(false)}>
              {t('app:back')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
