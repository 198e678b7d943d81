import { Paragraph, Textbox } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import type { Leading } from './useLeading';

interface FinishDialogProps {
  leading: Leading;
  onClose: () => void;
}

/** The end, with one optional line about a cause outside this conversation. */
export function FinishDialog({ leading, onClose }: FinishDialogProps) {
  const { t } = useTranslation('sessionRun');
  const [signal, setSignal] = useState('');
  return (
    <Dialog title={t('finish.title')} onClose={onClose}>
      <Paragraph>{t('finish.body')}</Paragraph>
      <form
        autoComplete="off"
        className="vs-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!leading.saving) leading.finish(signal.trim());
        }}
      >
        <Field label={t('finish.signal')} hint={t('finish.signalHint')}>
          {(control) => (
            <Textbox
              {...control}
              autoComplete="off"
              maxLength={500}
              value={signal}
              onChange={(event) => setSignal(event.target.value)}
            />
          )}
        </Field>
        {leading.error !== null && <ErrorMessage error={leading.error} withFaults />}
        <DialogButtons yes={t('finish.yes')} busy={leading.saving} onClose={onClose} />
      </form>
    </Dialog>
  );
}
