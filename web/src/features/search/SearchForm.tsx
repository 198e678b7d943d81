import { Button, Textbox } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field';

/** One field. What is typed stands in no address and is kept nowhere. */
export function SearchForm({ onSearch }: { onSearch: (query: string) => void }) {
  const { t } = useTranslation('search');
  const [typed, setTyped] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim());
  };
  return (
    <search>
      <form autoComplete="off" className="vs-search" onSubmit={search}>
        <Field label={t('label')}>
          {(control) => (
            <Textbox
              {...control}
              type="search"
              autoComplete="off"
              maxLength={200}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <Button appearance="primary-action-button" type="submit">
          {t('button')}
        </Button>
      </form>
    </search>
  );
}
