import { useQueryClient } from '@tanstack/react-query';
import { Button } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../api/client';
import type { Person } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { moveFocusTo } from '../../ui/focus';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { SelectField } from '../../ui/SelectField';
import { useSaving } from '../../ui/useSaving';

const PATH = '/signal-keepers';
const KEEPERS = 'signal-keepers';

/** Makes these people the keepers, and nobody else. */
function useNaming() {
  const queryClient = useQueryClient();
  const { saving, error, save } = useSaving();
  const name = (people: readonly Person[], onNamed: () => void) =>
    void save(async () => {
      await client.PUT(PATH, { body: { personIds: people.map(({ id }) => id) } });
      await queryClient.invalidateQueries({ queryKey: ['get', PATH] });
      // One may have named oneself: the top bar shows it.
      await queryClient.invalidateQueries({ queryKey: ['get', '/me'] });
    }, onNamed);
  return { saving, error, name };
}

function Add({ keepers, onAdd }: { keepers: readonly Person[]; onAdd: (person: Person) => void }) {
  const { t } = useTranslation('signals');
  const people = api.useQuery('get', '/people');
  const [chosen, setChosen] = useState('');
  const others = (people.data?.items ?? []).filter(({ id }) => !keepers.some((keeper) => keeper.id === id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const person = others.find(({ id }) => id === chosen);
    if (!person) return;
    onAdd(person);
    setChosen('');
  };
  return (
    <form autoComplete="off" className="vs-calm-form vs-section" onSubmit={submit}>
      <SelectField
        label={t('keepers.add')}
        options={[['', t('keepers.choose')], ...others.map(({ id, name }) => [id, name] as const)]}
        value={chosen}
        onChange={setChosen}
      />
      <div className="vs-actions">
        <Button appearance="primary-action-button" type="submit" disabled={chosen === ''}>
          {t('keepers.confirm')}
        </Button>
      </div>
    </form>
  );
}

function Named({ keepers }: { keepers: readonly Person[] }) {
  const { t } = useTranslation('signals');
  const announce = useAnnounce();
  const { saving, error, name } = useNaming();
  return (
    <>
      <section id={KEEPERS} className="vs-step-list" aria-label={t('keepers.list')} tabIndex={-1}>
        {keepers.length === 0 && <p className="vs-empty">{t('keepers.none')}</p>}
        <ul className="vs-keepers">
          {keepers.map((keeper) => (
            <li key={keeper.id} className="vs-keeper">
              <span>{keeper.name}</span>
              <Button
                appearance="subtle-button"
                disabled={saving}
                aria-label={t('keepers.removeOf', { name: keeper.name })}
                onClick={() =>
                  name(
                    keepers.filter(({ id }) => id !== keeper.id),
                    () => {
                      announce(t('keepers.removed', { name: keeper.name }));
                      moveFocusTo(KEEPERS);
                    },
                  )
                }
              >
                {t('keepers.remove')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {error !== null && <ErrorMessage error={error} />}
      <Add
        keepers={keepers}
        onAdd={(person) =>
          name([...keepers, person], () => announce(t('keepers.added', { name: person.name })))
        }
      />
    </>
  );
}

/** Who keeps the list of signals; for the administrator, who reads none by naming. */
export function Keepers() {
  const query = api.useQuery('get', PATH);
  return <Asked query={query}>{({ items }) => <Named keepers={items} />}</Asked>;
}
