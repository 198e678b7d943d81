import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';

interface StillHoldsProps {
  conversation: Conversation;
  onNo: () => void;
}

/** "Klopt het nog?": what was asked days before is asked once more, before anything is filmed. */
export function StillHolds({ conversation, onNo }: StillHoldsProps) {
  const { t } = useTranslation('roster');
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const params = { path: { conversationId: conversation.id } };
  const yes = api.useMutation('post', '/conversations/{conversationId}/confirm', {
    onSuccess: async () => {
      announce(t('holds.done'));
      await queryClient.invalidateQueries();
    },
  });
  const no = api.useMutation('delete', '/conversations/{conversationId}', { onSuccess: onNo });
  const busy = yes.isPending || no.isPending;
  const error = yes.error ?? no.error;
  return (
    <>
      <h3 className="utrecht-heading-3">{t('holds.title')}</h3>
      <Paragraph>{t('holds.ask')}</Paragraph>
      <Paragraph>{t('holds.else')}</Paragraph>
      {error && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="secondary-action-button" disabled={busy} onClick={() => yes.mutate({ params })}>
          {t('holds.yes')}
        </Button>
        <Button appearance="secondary-action-button" disabled={busy} onClick={() => no.mutate({ params })}>
          {t('holds.no')}
        </Button>
      </div>
    </>
  );
}
