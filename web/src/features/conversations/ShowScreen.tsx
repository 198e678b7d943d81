import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { leaveFor } from '../../api/leave';
import type { Participant } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { ErrorMessage } from '../../ui/Message';

interface ShowScreenProps {
  conversationId: string;
  participant: Participant;
}

/** "Laat dit scherm zien": the screen becomes this person's own page; the server locks everything else. */
export function ShowScreen({ conversationId, participant }: ShowScreenProps) {
  const { t } = useTranslation(['conversations', 'app']);
  const [asking, setAsking] = useState(false);
  const role = t(`roles.${participant.role}`);
  const show = api.useMutation(
    'post',
    '/conversations/{conversationId}/participants/{participantId}/screen',
    {
      onSuccess: () => leaveFor('/toestemming'),
    },
  );
  return (
    <div>
      <Button appearance="secondary-action-button" onClick={() => setAsking(true)}>
        {t('screen.button', { role })}
      </Button>
      {asking && (
        <Dialog title={t('screen.title', { role })} onClose={() => setAsking(false)}>
          <Paragraph>{t('screen.body')}</Paragraph>
          {show.error && <ErrorMessage error={show.error} />}
          <div className="vs-actions">
            <Button
              appearance="primary-action-button"
              disabled={show.isPending || show.isSuccess}
              onClick={() =>
                show.mutate({ params: { path: { conversationId, participantId: participant.id } } })
              }
            >
              {t('screen.confirm')}
            </Button>
            <Button appearance="secondary-action-button" onClick={() => setAsking(false)}>
              {t('app:back')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
