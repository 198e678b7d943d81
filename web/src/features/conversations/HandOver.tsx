import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Dialog } from '../../ui/Dialog';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';

/** "Overhandigd": from then on staff cannot show the links any more. */
export function HandOver({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation(['conversations', 'app']);
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const handOver = api.useMutation('post', '/conversations/{conversationId}/handover', {
    onSuccess: async () => {
      setAsking(false);
      announce(t('consent.handed'));
      await queryClient.invalidateQueries({ queryKey: ['get', '/conversations/{conversationId}'] });
      moveFocusTo('main');
    },
  });
  return (
    <>
      <Button appearance="secondary-action-button" onClick={() => setAsking(true)}>
        {t('handover.button')}
      </Button>
      {asking && (
        <Dialog title={t('handover.title')} onClose={() => setAsking(false)}>
          <Paragraph>{t('handover.body')}</Paragraph>
          {handOver.error && <ErrorMessage error={handOver.error} />}
          <div className="vs-actions">
            <Button
              appearance="primary-action-button"
              disabled={handOver.isPending}
              onClick={() => handOver.mutate({ params: { path: { conversationId } } })}
            >
              {t('handover.confirm')}
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
