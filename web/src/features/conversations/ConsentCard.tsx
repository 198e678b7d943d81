import { Button } from '@utrecht/component-library-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { API_BASE } from '../../api/client';
import type { Participant } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { groupCode } from './code';
import { RegisterAnswer } from './RegisterAnswer';
import { SendByMail } from './SendByMail';
import { ShowScreen } from './ShowScreen';

interface ConsentCardProps {
  conversationId: string;
  participant: Participant;
  /** Somebody else decides for this person. */
  represented: boolean;
}

function CopyableLink({ url }: { url: string }) {
  const { t } = useTranslation('conversations');
  const announce = useAnnounce();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(url);
      announce(t('consent.copied'));
    } catch {
      // No clipboard outside a secure context: the link is selected, Ctrl+C does it.
      announce(t('consent.selected'));
    }
  };
  return (
    <div className="vs-link-row">
      <label className="vs-subtle" htmlFor={id}>
        {t('consent.link')}
      </label>
      <input
        ref={input}
        id={id}
        className="vs-link-row__url"
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Button appearance="secondary-action-button" onClick={() => void copy()}>
        {t('consent.copy')}
      </Button>
    </div>
  );
}

interface OtherWaysProps {
  conversationId: string;
  participant: Participant;
  role: string;
}

/** For who does not scan: this screen, paper, e-mail, or said aloud. */
function OtherWays({ conversationId, participant, role }: OtherWaysProps) {
  const { t } = useTranslation(['conversations', 'roster']);
  const title = useId();
  const of = `${conversationId}/${participant.id}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in
    <div className="vs-ways" role="group" aria-labelledby={title}>
      <p className="vs-ways__title" id={title}>
        {t('consent.otherwise')}
      </p>
      <ShowScreen conversationId={conversationId} participant={participant} />
      {/* Pages of the server's, complete without the app: real links. */}
      <a className="vs-ways__link utrecht-link utrecht-link--html-a" href={`/brief/${of}`}>
        {t('roster:letter', { role })}
      </a>
      <a className="vs-ways__link utrecht-link utrecht-link--html-a" href={`/kaart/${of}`}>
        {t('consent.card', { role })}
      </a>
      <SendByMail conversationId={conversationId} participant={participant} />
      <RegisterAnswer conversationId={conversationId} participant={participant} />
    </div>
  );
}

/** One person's own way in: QR code to scan, link, code. Nothing here says what they chose. */
export function ConsentCard({ conversationId, participant, represented }: ConsentCardProps) {
  const { t } = useTranslation(['conversations', 'roster']);
  const role = t(`roles.${participant.role}`);
  const { consentUrl, code, capacity, name } = participant;
  return (
    <li className="vs-consent-card">
      <h3 className="utrecht-heading-3">{role}</h3>
      {capacity && <p className="vs-subtle">{t(`roster:decides.${capacity}`)}</p>}
      {represented && <p className="vs-subtle">{t('roster:represented')}</p>}
      {consentUrl ? (
        <>
          <img
            className="vs-qr"
            src={`${API_BASE}/conversations/${conversationId}/participants/${participant.id}/qr`}
            alt={t('consent.qr', { role })}
            width="320"
            height="320"
          />
          {code && (
            <p className="vs-code">
              <span className="vs-subtle">
                {t('consent.code', { address: `${new URL(consentUrl).host}/code` })}
              </span>{' '}
              <strong>{groupCode(code)}</strong>
            </p>
          )}
          <CopyableLink url={consentUrl} />
          <OtherWays conversationId={conversationId} participant={participant} role={role} />
        </>
      ) : (
        <>
          <p className="vs-subtle">{name ? t('roster:signsIn', { name }) : t('consent.handed')}</p>
          <RegisterAnswer conversationId={conversationId} participant={participant} />
        </>
      )}
    </li>
  );
}
