import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { SelectField } from '../../ui/SelectField';
import type { Listed } from './presence';

interface ChooseColleagueProps {
  label: string;
  hint: string;
  error?: string | undefined;
  /** Who is there already, and so cannot be chosen. */
  known: readonly Pick<Listed, 'id'>[];
  /** The id of who is chosen; empty for nobody. */
  value: string;
  onChoose: (person: Listed | null) => void;
}

/** One of the colleagues who can be asked along. */
export function ChooseColleague({ label, hint, error, known, value, onChoose }: ChooseColleagueProps) {
  const { t } = useTranslation('sessionRun');
  const people = api.useQuery('get', '/people').data?.items ?? [];
  const others = people.filter(
    ({ id, joinsSessions }) => joinsSessions && known.every((person) => person.id !== id),
  );
  const choose = (id: string) => {
    const person = others.find((one) => one.id === id);
    onChoose(person ? { id, name: person.name, agreed: false } : null);
  };
  return (
    <SelectField
      label={label}
      hint={hint}
      error={error}
      options={[['', t('room.nobody')], ...others.map(({ id, name }) => [id, name] as const)]}
      value={value}
      onChange={choose}
    />
  );
}
