import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { DialogButtons } from '../../ui/DialogButtons';
import { useAnnounce } from '../../ui/LiveRegion';
import { Message } from '../../ui/Message';
import { AgreementText } from './AgreementText';
import { ChooseColleague } from './ChooseColleague';
import type { Listed } from './presence';
import { Refused } from './Refused';
import type { Session } from './types';
import { useAttendance } from './useAttendance';

interface LetInProps {
  session: Session;
  /** Who was invited and is here only now; null: a colleague is chosen. */
  person: Listed | null;
  onClose: () => void;
}

/**
 * Someone takes part in a session that runs. In the room they say yes to the agreement first, and writing on paper is
 * possible; at a distance they accept it on their own page.
 */
export function LetIn({ session, person, onClose }: LetInProps) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const [chosen, setChosen] = useState(person);
  const [onPaper, setOnPaper] = useState(false);
  const [spoken, setSpoken] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const attendance = useAttendance(session.id);
  const room = session.place === 'room';
  const asksYes = room && chosen !== null && !chosen.agreed;
  const change = (set: () => void) => {
    set();
    setMissing(null);
    attendance.reset();
  };
  const letIn = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return setMissing(t('letIn.choose'));
    const { id: personId, name } = chosen;
    if (asksYes && !spoken) return setMissing(t('letIn.agreement', { name }));
    if (attendance.isPending) return;
    attendance.mutate(
      { personId, present: true, ...(room && { onPaper, agreed: spoken }) },
      {
        onSuccess: () => {
          announce(t('letIn.done', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={person ? t('letIn.titleFor', { name: person.name }) : t('letIn.title')} onClose={onClose}>
      <form autoComplete="off" className="vs-form" onSubmit={letIn}>
        {!person && (
          <ChooseColleague
            label={t('letIn.who')}
            hint={t(room ? 'room.moreHint' : 'letIn.distance')}
            known={session.people}
            value={chosen?.id ?? ''}
            onChoose={(one) =>
              change(() => {
                setChosen(one);
                setSpoken(false); // that was another one's yes
              })
            }
          />
        )}
        {room && (
          <fieldset className="vs-presence__choice">
            <legend className="vs-visually-hidden">{t('letIn.how')}</legend>
            {[false, true].map((paper) => (
              <label key={String(paper)} className="vs-chip">
                <input
                  type="radio"
                  name="let-in-how"
                  checked={onPaper === paper}
                  onChange={() => change(() => setOnPaper(paper))}
                />
                {t(paper ? 'letIn.paper' : 'letIn.phone')}
              </label>
            ))}
          </fieldset>
        )}
        {asksYes && (
          <>
            <AgreementText />
            <label className="vs-check">
              <input
                type="checkbox"
                checked={spoken}
                onChange={(event) => change(() => setSpoken(event.target.checked))}
              />
              {t('room.spoken', { name: chosen.name })}
            </label>
          </>
        )}
        {missing !== null && <Message type="error">{missing}</Message>}
        {attendance.error && <Refused error={attendance.error} running />}
        <DialogButtons yes={t('letIn.yes')} busy={attendance.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
