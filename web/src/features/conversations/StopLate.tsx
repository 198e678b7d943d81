import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';

interface StopLateProps {
  conversation: Conversation;
  onCancelled: () => void;
}

/** Not waiting any longer for someone who came in later: there may be a film, so it asks first. */
export function StopLate({ conversation, onCancelled }: StopLateProps) {
  const { t } = useTranslation('roster');
  const [asking, setAsking] = useState(false);
  const cancel = api.useMutation('delete', '/conversations/{conversationId}', { onSuccess: onCancelled });
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setAsking(true)}>
        {t('stop.button')}
      </Button>
      {asking && (
        <AskFirst
          title={t('stop.title')}
          yes={t('stop.confirm')}
          busy={cancel.isPending}
          error={cancel.error}
          onYes={() => cancel.mutate({ params: { path: { conversationId: conversation.id } } })}
          onClose={() => setAsking(false)}
        >
          <Paragraph>{t('stop.body')}</Paragraph>
        </AskFirst>
      )}
    </>
  );
}
