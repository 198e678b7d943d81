import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { leaveFor } from '../../api/leave';
import type { Participant } from '../../api/types';
import { AskFirst } from '../../ui/AskFirst';

interface ShowScreenProps {
  conversationId: string;
  participant: Participant;
}

/** "Laat dit scherm zien": the screen becomes this person's own page; the server locks everything else. */
export function ShowScreen({ conversationId, participant }: ShowScreenProps) {
  const { t } = useTranslation('conversations');
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
        <AskFirst
          title={t('screen.title', { role })}
          yes={t('screen.confirm')}
          busy={show.isPending || show.isSuccess}
          error={show.error}
          onYes={() => show.mutate({ params: { path: { conversationId, participantId: participant.id } } })}
          onClose={() => setAsking(false)}
        >
          <Paragraph>{t('screen.body')}</Paragraph>
        </AskFirst>
      )}
    </div>
  );
}
