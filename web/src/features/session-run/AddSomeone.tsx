import { Button, Select, SelectOption } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Field } from '../../ui/Field';
import type { Listed } from './presence';

interface AddSomeoneProps {
  /** Who is on the list already. */
  known: readonly Listed[];
  onAdd: (person: Listed) => void;
}

/** "Nog iemand?": a colleague who is in the room and was not invited. The guard asks about them at the start. */
export function AddSomeone({ known, onAdd }: AddSomeoneProps) {
  const { t } = useTranslation('sessionRun');
  const [personId, setPersonId] = useState('');
  const people = api.useQuery('get', '/people').data?.items ?? [];
  const others = people.filter(({ id }) => known.every((person) => person.id !== id));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const person = others.find(({ id }) => id === personId);
    if (!person) return;
    onAdd({ id: person.id, name: person.name, agreed: false });
    setPersonId('');
  };
  return (
    <form className="vs-presence__add" onSubmit={add}>
      <Field label={t('room.more')} hint={t('room.moreHint')}>
        {(control) => (
          <Select {...control} value={personId} onChange={(event) => setPersonId(event.target.value)}>
            <SelectOption value="">{t('room.nobody')}</SelectOption>
            {others.map(({ id, name }) => (
              <SelectOption key={id} value={id}>
                {name}
              </SelectOption>
            ))}
          </Select>
        )}
      </Field>
      <Button appearance="secondary-action-button" type="submit">
        {t('room.add')}
      </Button>
    </form>
  );
}
