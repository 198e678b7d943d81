import { Textarea, Textbox } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';

interface LabelFieldsProps {
  /** What is named: "Naam", "Vraag"; the language is said behind it. */
  name: string;
  /** The field of the API's body: faults stand under `${field}.nl` and `${field}.en`. */
  field: string;
  value: { nl: string; en: string };
  fault: (field: string) => string | undefined;
  long?: boolean;
  onChange: (value: { nl: string; en: string }) => void;
}

/** A name in Dutch, and in English if one wants. */
export function LabelFields({ name, field, value, fault, long = false, onChange }: LabelFieldsProps) {
  const { t } = useTranslation('learningLists');
  return (
    <div className="vs-label-fields">
      {(['nl', 'en'] as const).map((language) => (
        <Field key={language} label={t(`label.${language}`, { name })} error={fault(`${field}.${language}`)}>
          {(control) => {
            const shared = {
              ...control,
              lang: language,
              autoComplete: 'off',
              value: value[language],
              placeholder: language === 'en' ? value.nl : undefined,
            };
            return long ? (
              <Textarea
                {...shared}
                rows={2}
                // One line in the list, however it is typed.
                onChange={({ target }) =>
                  onChange({ ...value, [language]: target.value.replace(/\n/g, ' ') })
                }
              />
            ) : (
              <Textbox
                {...shared}
                onChange={({ target }) => onChange({ ...value, [language]: target.value })}
              />
            );
          }}
        </Field>
      ))}
    </div>
  );
}
