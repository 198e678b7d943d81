import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst';
import { useAnnounce } from '../../ui/LiveRegion';
import { LetIn } from './LetIn';
import { Refused } from './Refused';
import { isBlindNow } from './steps';
import type { Session, SessionPerson } from './types';
import { useAttendance } from './useAttendance';

interface AttendingProps {
  session: Session;
  person: SessionPerson;
}

/** What the leader says of one person while the session runs: they left, or are here after all. */
export function Attending({ session, person }: AttendingProps) {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'gone' | 'here' | null>(null);
  const attendance = useAttendance(session.id);
  const { id: personId, name, present } = person;
  const say = (here: boolean) => {
    setAsking(null);
    if (attendance.isPending) return;
    const said = t(here ? 'letIn.done' : 'letIn.left', { name });
    attendance.mutate({ personId, present: here }, { onSuccess: () => announce(said) });
  };
  const press = () => {
    // Who leaves can be the last for whom a blind step waits, and what is shown then stays so.
    if (present) return isBlindNow(session) ? setAsking('gone') : say(false);
    return session.place === 'room' ? setAsking('here') : say(true);
  };
  return (
    <>
      <Button
        appearance="subtle-button"
        className="vs-together__say"
        aria-label={t(present ? 'letIn.isGone' : 'letIn.isHere', { name })}
        onClick={press}
      >
        {t(present ? 'letIn.gone' : 'letIn.here')}
      </Button>
      {attendance.error && <Refused error={attendance.error} running />}
      {asking === 'gone' && (
        <AskFirst
          title={t('letIn.goneSure', { name })}
          yes={t('letIn.goneYes')}
          onYes={() => say(false)}
          onClose={() => setAsking(null)}
        >
          <Paragraph>{t('letIn.goneBody')}</Paragraph>
        </AskFirst>
      )}
      {asking === 'here' && <LetIn session={session} person={person} onClose={() => setAsking(null)} />}
    </>
  );
}
