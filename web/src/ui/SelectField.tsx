import { Select, SelectOption } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';
import { Field } from './Field';

interface SelectFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** In the order in which they are offered; a value of "" is nothing chosen. */
  options: readonly (readonly [value: string, label: string])[];
  value: string;
  onChange: (value: string) => void;
}

/** One choice of a list that is folded away. */
export function SelectField({ options, value, onChange, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map(([option, label]) => (
            <SelectOption key={option} value={option}>
              {label}
            </SelectOption>
          ))}
        </Select>
      )}
    </Field>
  );
}
