import { Button } from '@utrecht/component-library-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/LiveRegion';
import { ChooseColleague } from './ChooseColleague';
import type { Listed } from './presence';

interface AddSomeoneProps {
  /** Who is on the list already. */
  known: readonly Listed[];
  onAdd: (person: Listed) => void;
}

/** "Nog iemand?": a colleague who is in the room and was not invited. The guard asks about them at the start. */
export function AddSomeone({ known, onAdd }: AddSomeoneProps) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const [chosen, setChosen] = useState<Listed | null>(null);
  const [missing, setMissing] = useState(false);
  const choose = (person: Listed | null) => {
    setChosen(person);
    setMissing(false);
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!chosen);
    if (!chosen) return;
    onAdd(chosen);
    announce(t('room.added', { name: chosen.name }));
    setChosen(null);
  };
  return (
    <form autoComplete="off" className="vs-presence__add" onSubmit={add}>
      <ChooseColleague
        label={t('room.more')}
        hint={t('room.moreHint')}
        error={missing ? t('letIn.choose') : undefined}
        known={known}
        value={chosen?.id ?? ''}
        onChoose={choose}
      />
      <Button appearance="secondary-action-button" type="submit">
        {t('room.add')}
      </Button>
    </form>
  );
}
