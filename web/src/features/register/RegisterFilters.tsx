import { Button, Select, SelectOption, Textbox } from '@utrecht/component-library-react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';
import type { FilterName, Filters } from './useRegister';
import { methods, roles, states, useWords } from './words';

const languages = ['nl', 'en', 'ar', 'tr', 'pl', 'uk'];

interface ChoiceProps {
  name: FilterName;
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
}

function Choice({ name, label, value = '', options }: ChoiceProps) {
  const { t } = useTranslation('register');
  return (
    <Field label={label}>
      {({ invalid: _, ...control }) => (
        <Select {...control} name={name} defaultValue={value}>
          <SelectOption value="">{t('all')}</SelectOption>
          {options.map(([option, text]) => (
            <SelectOption key={option} value={option}>
              {text}
            </SelectOption>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface RegisterFiltersProps {
  filters: Filters;
  onFilter: (filters: Filters) => void;
}

/** One form, shown when it is asked for; nothing is searched before "Toon". */
export function RegisterFilters({ filters, onFilter }: RegisterFiltersProps) {
  const { t } = useTranslation('register');
  const words = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].filter(([, value]) => String(value).trim() !== '');
    onFilter(Object.fromEntries(typed) as Filters);
  };
  const some = Object.keys(filters).length > 0;
  return (
    <details className="vs-filters" open={some}>
      <summary>{t('filter.title')}</summary>
      <form autoComplete="off" key={JSON.stringify(filters)} onSubmit={submit}>
        <Choice
          name="state"
          label={t('filter.state')}
          value={filters.state}
          options={states.map((state) => [state, t(`states.${state}`)])}
        />
        <Choice
          name="role"
          label={t('filter.role')}
          value={filters.role}
          options={roles.map((role) => [role, t(`roles.${role}`)])}
        />
        <Choice
          name="method"
          label={t('filter.method')}
          value={filters.method}
          options={methods.map((method) => [method, t(`methods.${method}`)])}
        />
        <Choice
          name="language"
          label={t('filter.language')}
          value={filters.language}
          options={languages.map((code) => [code, words.language(code)])}
        />
        <Field label={t('filter.from')}>
          {(control) => <Textbox {...control} type="date" name="from" defaultValue={filters.from} />}
        </Field>
        <Field label={t('filter.until')}>
          {(control) => <Textbox {...control} type="date" name="until" defaultValue={filters.until} />}
        </Field>
        <Field className="vs-filters__wide" label={t('filter.pseudonym')} hint={t('filter.pseudonymHint')}>
          {(control) => <Textbox {...control} name="pseudonym" defaultValue={filters.pseudonym} />}
        </Field>
        <label className="vs-check vs-filters__wide">
          <input
            type="checkbox"
            name="awaitingErasure"
            value="true"
            defaultChecked={filters.awaitingErasure === 'true'}
          />
          {t('filter.erasing')}
        </label>
        <div className="vs-actions vs-filters__wide">
          <Button appearance="primary-action-button" type="submit">
            {t('filter.show')}
          </Button>
          {some && (
            <Button appearance="secondary-action-button" onClick={() => onFilter({})}>
              {t('filter.clear')}
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}
