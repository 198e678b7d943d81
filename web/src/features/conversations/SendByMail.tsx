import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Participant } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';

interface SendByMailProps {
  conversationId: string;
  participant: Participant;
}

/** One e-mail with the link, to answer at home. Nothing keeps the address, this form neither. */
export function SendByMail({ conversationId, participant }: SendByMailProps) {
  const { t } = useTranslation('conversations');
  const { data: settings } = api.useQuery('get', '/settings');
  const id = useId();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [address, setAddress] = useState('');
  const [language, setLanguage] = useState('nl');
  const send = api.useMutation('post', '/conversations/{conversationId}/participants/{participantId}/mail', {
    onSuccess: async () => {
      setAddress('');
      announce(t('mail.sent'));
      await queryClient.invalidateQueries({ queryKey: ['get', '/conversations/{conversationId}'] });
    },
  });
  if (!settings?.mail || !participant.consentUrl) return null;
  if (participant.mailed) return <p className="vs-subtle">{t('mail.sent')}</p>;
  return (
    <details className="vs-links">
      <summary>{t('mail.title')}</summary>
      <form
        autoComplete="off"
        className="vs-mail"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({
            params: { path: { conversationId, participantId: participant.id } },
            body: { address: address.trim(), language },
          });
        }}
      >
        <label htmlFor={`${id}-address`}>{t('mail.address')}</label>
        <input
          id={`${id}-address`}
          className="utrecht-textbox utrecht-textbox--html-input"
          type="email"
          autoComplete="off"
          required
          maxLength={254}
          value={address}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setAddress(event.target.value)}
        />
        <p id={`${id}-hint`} className="vs-subtle">
          {t('mail.hint')}
        </p>
        <label htmlFor={`${id}-language`}>{t('mail.language')}</label>
        <select
          id={`${id}-language`}
          className="utrecht-select utrecht-select--html-select"
          value={language}
          onChange={(event) => setLanguage(event.target.value)}
        >
          {settings.mail.languages.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        {send.error && <ErrorMessage error={send.error} />}
        <div className="vs-actions">
          <Button appearance="secondary-action-button" type="submit" disabled={send.isPending}>
            {t('mail.send')}
          </Button>
        </div>
      </form>
    </details>
  );
}
