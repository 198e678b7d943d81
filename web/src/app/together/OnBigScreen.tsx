import { Button } from '@utrecht/component-library-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JoinCode } from '../../features/session-run/JoinCode';
import { LeaderBar } from '../../features/session-run/LeaderBar';
import { People } from '../../features/session-run/People';
import { RoomPrompt } from '../../features/session-run/RoomPrompt';
import { forEveryone } from '../../features/session-run/shown';
import { useSitting } from '../../features/session-run/useSitting';
import { useShowing } from '../../ui/useShowing';
import { Page } from '../Page';
import { useHead } from './AtDistance';
import { FilmPlace } from './FilmPlace';
import { FromBefore } from './FromBefore';
import type { OnSession } from './onSession';
import type { FilmNow } from './SessionFilm';

/**
 * The one screen in the room: step, prompt and film, to be read from three metres. Nothing on it is anybody's own:
 * no note before its time, not even of whoever is signed in here, and no names of who is ready.
 */
export function OnBigScreen({ session, live, writing }: OnSession) {
  const { t } = useTranslation('sessionRun');
  const sitting = useSitting(session, live, writing);
  const [film, setFilm] = useState<FilmNow | null>(null);
  const [code, setCode] = useState(false);
  const [names, setNames] = useState(false);
  // Phones join as it begins; after that the film has the room.
  useEffect(() => setCode(session.step <= 0), [session.step]);
  const head = useHead(session);
  useShowing('screen');
  const items = useMemo(() => forEveryone(sitting.items, session), [session, sitting.items]);
  return (
    <Page
      wide
      title={head.title}
      lead={head.lead}
      actions={
        <>
          <Button appearance="subtle-button" aria-expanded={names} onClick={() => setNames(!names)}>
            {t(names ? 'room.peopleHide' : 'room.people')}
          </Button>
          <Button appearance="subtle-button" aria-expanded={code} onClick={() => setCode(!code)}>
            {t(code ? 'room.codeHide' : 'room.code')}
          </Button>
        </>
      }
    >
      <div className="vs-screen">
        <RoomPrompt session={session} />
        <FromBefore session={session} forAll />
        {names && <People session={session} meId={undefined} />}
        {code && <JoinCode sessionId={session.id} />}
        <FilmPlace
          session={session}
          live={live}
          items={items}
          meId={undefined}
          currentId={null}
          appearing={sitting.appearing}
          onFilm={setFilm}
          onChoose={({ startMs }) => film?.player.seek(startMs)}
          onFailed={sitting.again}
        />
        {session.can.lead && <LeaderBar session={session} leading={sitting.leading} room />}
      </div>
    </Page>
  );
}
