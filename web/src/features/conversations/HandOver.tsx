import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { AskFirst } from '../../ui/AskFirst';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';

/** "Overhandigd": from then on staff cannot show the links any more. */
export function HandOver({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('conversations');
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
        <AskFirst
          title={t('handover.title')}
          yes={t('handover.confirm')}
          busy={handOver.isPending}
          error={handOver.error}
          onYes={() => handOver.mutate({ params: { path: { conversationId } } })}
          onClose={() => setAsking(false)}
        >
          <Paragraph>{t('handover.body')}</Paragraph>
        </AskFirst>
      )}
    </>
  );
}
