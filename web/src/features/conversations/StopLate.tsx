import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';

interface StopLateProps {
  conversation: Conversation;
  onCancelled: () => void;
}

/** Not waiting any longer for someone who came in later: there may be a film, so it asks first. */
export function StopLate({ conversation, onCancelled }: StopLateProps) {
  const { t } = useTranslation(['roster', 'app']);
  const [asking, setAsking] = useState(false);
  const cancel = api.useMutation('delete', '/conversations/{conversationId}', { onSuccess: onCancelled });
  return (
    <>
      <Button appearance="subtle-button" onClick={() => setAsking(true)}>
        {t('stop.button')}
      </Button>
      {asking && (
        <Dialog title={t('stop.title')} onClose={() => setAsking(false)}>
          <Paragraph>{t('stop.body')}</Paragraph>
          {cancel.error && <ErrorMessage error={cancel.error} />}
          <div className="vs-actions">
            <Button
              appearance="primary-action-button"
              disabled={cancel.isPending}
              onClick={() => cancel.mutate({ params: { path: { conversationId: conversation.id } } })}
            >
              {t('stop.confirm')}
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
