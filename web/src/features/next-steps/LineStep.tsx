import { Button, Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import { ErrorMessage } from '../../ui/Message';
import { useSaving } from '../../ui/useSaving';
import { useNextStepActions } from './useNextSteps';

const MAX_LENGTH = 300;

interface LineStepProps {
  /** What was typed; kept by who shows this. */
  text: string;
  onChange: (text: string) => void;
  /** After keeping or skipping. */
  onDone: () => void;
}

/** One line to try, as the last step of looking back. Empty is fine. */
export function LineStep({ text, onChange, onDone }: LineStepProps) {
  const { t } = useTranslation('nextSteps');
  const { add } = useNextStepActions();
  const { saving, error, save } = useSaving();
  const submit = () => {
    if (saving) return;
    if (text.trim() === '') onDone();
    else void save(() => add({ text: text.trim() }), onDone);
  };
  return (
    <form
      autoComplete="off"
      className="vs-calm-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t('form.text')} hint={t('form.noNames')}>
        {(control) => (
          <Textbox
            {...control}
            autoComplete="off"
            maxLength={MAX_LENGTH}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <p className="vs-subtle">{t('form.apart')}</p>
      {error !== null && <ErrorMessage error={error} withFaults />}
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={saving}>
          {t('line.keep')}
        </Button>
        <Button appearance="subtle-button" onClick={onDone}>
          {t('line.skip')}
        </Button>
      </div>
    </form>
  );
}
