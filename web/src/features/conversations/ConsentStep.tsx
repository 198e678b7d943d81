import { Button, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { AddPerson, LateReason } from './AddPerson';
import { ConsentCard } from './ConsentCard';
import { HandOver } from './HandOver';
import { StopLate } from './StopLate';

interface ConsentStepProps {
  conversation: Conversation;
  onCancelled: () => void;
}

/** One state for all; who did what is nobody's business. */
function ConsentState({ consent }: { consent: Conversation['consent'] }) {
  const { t } = useTranslation('conversations');
  const announce = useAnnounce();
  const before = useRef(consent);
  useEffect(() => {
    if (before.current !== consent) announce(t(`consent.${consent}`));
    before.current = consent;
  }, [announce, consent, t]);
  return (
    <p className={`vs-consent-state vs-consent-state--${consent}`}>
      <span className="vs-consent-state__sign" aria-hidden="true" />
      {t(`consent.${consent}`)}
    </p>
  );
}

function NoRecordingToday({ conversation, onCancelled }: ConsentStepProps) {
  const { t } = useTranslation('conversations');
  const cancel = api.useMutation('delete', '/conversations/{conversationId}', { onSuccess: onCancelled });
  return (
    <>
      {cancel.error && <ErrorMessage error={cancel.error} />}
      <Button
        appearance="subtle-button"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate({ params: { path: { conversationId: conversation.id } } })}
      >
        {t('cancel')}
      </Button>
    </>
  );
}

export function ConsentStep({ conversation, onCancelled }: ConsentStepProps) {
  const { t } = useTranslation('conversations');
  const shown = conversation.participants.some(({ consentUrl }) => consentUrl);
  const links = (
    <>
      <ul className="vs-consent-cards">
        {conversation.participants.map((participant) => (
          <ConsentCard
            key={participant.id}
            conversationId={conversation.id}
            participant={participant}
            represented={conversation.participants.some(({ represents }) => represents === participant.id)}
          />
        ))}
      </ul>
      {shown && (
        <div className="vs-actions">
          <HandOver conversationId={conversation.id} />
        </div>
      )}
    </>
  );
  return (
    <>
      <ConsentState consent={conversation.consent} />
      {conversation.late && <LateReason />}
      {conversation.consent === 'waiting' && <Paragraph>{t('consent.how')}</Paragraph>}
      {conversation.consent === 'waiting' ? (
        links
      ) : (
        // Everyone has answered: the links are no longer the next step, but not out of reach either.
        <details className="vs-links">
          <summary>{t('consent.links')}</summary>
          {links}
        </details>
      )}
      <div className="vs-actions">
        <AddPerson conversation={conversation} />
        {conversation.can.cancel &&
          (conversation.late ? (
            <StopLate conversation={conversation} onCancelled={onCancelled} />
          ) : (
            <NoRecordingToday conversation={conversation} onCancelled={onCancelled} />
          ))}
      </div>
    </>
  );
}
