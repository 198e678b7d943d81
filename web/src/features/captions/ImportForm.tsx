import { Button, Paragraph } from '@utrecht/component-library-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { SelectField } from '../../ui/SelectField';
import { captionFaults } from './faults';
import { languages, useLanguageName } from './languages';
import { CAPTIONS_MAX, type Captions } from './useCaptions';

/** Choosing a file of captions. It is only read by the server; nothing of it stays here. */
export function ImportForm({ captions }: { captions: Captions }) {
  const { t } = useTranslation('captions');
  const announce = useAnnounce();
  const name = useLanguageName();
  const input = useRef<HTMLInputElement>(null);
  const [language, setLanguage] = useState<string>('nl');
  const [wrong, setWrong] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const there = captions.tracks.some((track) => track.language === language);
  const faults = error === null ? [] : captionFaults(t, error);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const file = input.current?.files?.[0];
    const fault = !file ? t('noFile') : file.size > CAPTIONS_MAX ? t('faults.too_long') : undefined;
    setWrong(fault);
    setError(null);
    if (!file || fault) return;
    setSending(true);
    try {
      await captions.replace(language, file);
      if (input.current) input.current.value = '';
      announce(t('added', { language: name(language) }));
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };
  return (
    <form autoComplete="off" className="vs-form" onSubmit={(event) => void send(event)} noValidate>
      <Field label={t('file')} hint={t('fileHint')} error={wrong}>
        {({ invalid, ...control }) => (
          <input
            {...control}
            ref={input}
            type="file"
            accept=".vtt,text/vtt"
            aria-invalid={invalid || undefined}
            onChange={() => setWrong(undefined)}
          />
        )}
      </Field>
      <SelectField
        label={t('language')}
        options={languages.map((code) => [code, name(code)] as const)}
        value={language}
        onChange={setLanguage}
      />
      {faults.length > 0 && (
        <Message type="error">
          <Paragraph>{t('refused')}</Paragraph>
          <ul className="vs-caption-faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Message>
      )}
      {error !== null && faults.length === 0 && <ErrorMessage error={error} />}
      <div className="vs-actions">
        <Button appearance="secondary-action-button" type="submit" disabled={sending}>
          {t(there ? 'replace' : 'add')}
        </Button>
      </div>
    </form>
  );
}
