import { Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';

export const MAX_SIGNAL = 500;

interface SignalFieldProps {
  /** What was typed; kept by who shows this, in memory only. */
  text: string;
  onChange: (text: string) => void;
}

/** The one optional line with which a session ends. Nothing checks it for names: the sentence asks for none. */
export function SignalField({ text, onChange }: SignalFieldProps) {
  const { t } = useTranslation('signals');
  return (
    <div className="vs-calm-form">
      <Field label={t('leave.label')} hint={t('leave.hint')}>
        {(control) => (
          <Textbox
            {...control}
            autoComplete="off"
            maxLength={MAX_SIGNAL}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <p className="vs-subtle">{t('leave.apart')}</p>
    </div>
  );
}
