import { useTranslation } from 'react-i18next';

interface OneOfProps {
  legend: string;
  name: string;
  options: readonly (readonly [value: string, label: string])[];
  value: string | undefined;
  missing: boolean;
  onChange: (value: string) => void;
}

/** One choice of a closed list; nothing is chosen beforehand. */
export function OneOf({ legend, name, options, value, missing, onChange }: OneOfProps) {
  const { t } = useTranslation('problems');
  return (
    <fieldset className="vs-fieldset">
      <legend className="vs-fieldset__legend">{legend}</legend>
      {missing && <p className="utrecht-form-field-error-message">{t('faults.unknown')}</p>}
      {options.map(([option, label]) => (
        <label key={option} className="vs-check">
          <input
            type="radio"
            name={name}
            value={option}
            checked={value === option}
            onChange={() => onChange(option)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
