import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { AskFirst } from '../../ui/AskFirst';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { useRefreshSession } from './useSession';

/** Calling a session off. */
export function CancelSession({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('sessions');
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
        <AskFirst
          title={t('cancel.title')}
          yes={t('cancel.confirm')}
          danger
          busy={cancel.isPending}
          error={cancel.error}
          onYes={() => cancel.mutate({ params: { path: { sessionId } } })}
          onClose={() => setAsking(false)}
        >
          <Paragraph>{t('cancel.explain')}</Paragraph>
        </AskFirst>
      )}
    </>
  );
}
