import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../../features/session-run/Asked';
import { LeaderBar } from '../../features/session-run/LeaderBar';
import { type LiveSession, positionAt } from '../../features/session-run/live';
import { People } from '../../features/session-run/People';
import { PREPARING } from '../../features/session-run/steps';
import type { Session } from '../../features/session-run/types';
import { useSitting } from '../../features/session-run/useSitting';
import type { Place } from '../../features/session-run/where';
import { useShowing } from '../../ui/useShowing';
import { Page } from '../Page';
import { SessionTitled } from '../sessions/SessionTitled';
import { useHead } from './AtDistance';
import { FromBefore } from './FromBefore';
import type { OnSession } from './onSession';
import { Ready, Write, Written } from './parts';
import { useStretch } from './useStretch';

const noFragment = { n: 0, state: 'closed' } as const;

/** Where the film on the big screen is: a note belongs there, although no film is here. */
function usePlace(session: Session, live: LiveSession): Place | undefined {
  const { film, open, serverNow } = live;
  const fragment = session.fragments.find(
    ({ n, state }) => n === film?.n && state === 'open' && open.includes(n),
  );
  const stretch = useStretch(fragment ?? noFragment);
  return useMemo(() => {
    if (!film || stretch.n !== film.n) return undefined;
    return {
      n: film.n,
      now: () => positionAt(film, serverNow() ?? film.at, stretch),
      shown: (ms) => ms - stretch.startMs,
      recorded: (ms) => ms + stretch.startMs,
      lengthMs: stretch.endMs - stretch.startMs,
    };
  }, [film, serverNow, stretch]);
}

/** A phone as a note pad beside the big screen: the sentence, what one writes, and "Ik ben klaar". No film. */
export function OnPhone({ session, live, writing, meId }: OnSession) {
  const { t } = useTranslation('sessionRun');
  const sitting = useSitting(session, live, writing);
  const place = usePlace(session, live);
  const head = useHead(session);
  useShowing('pad', session.step !== PREPARING);
  if (session.step === PREPARING) {
    return (
      <SessionTitled title={session.title}>
        <p role="status">{t('phone.prepare')}</p>
      </SessionTitled>
    );
  }
  return (
    <Page title={head.title} lead={head.lead}>
      <div className="vs-pad">
        <Asked session={session} />
        <FromBefore session={session} />
        <Write session={session} sitting={sitting} writing={writing} place={place} />
        <Ready session={session} sitting={sitting} />
        <Written
          session={session}
          sitting={sitting}
          writing={writing}
          meId={meId}
          currentId={null}
          place={place}
        />
        {session.can.lead && <People session={session} meId={meId} />}
        {session.can.lead && <LeaderBar session={session} leading={sitting.leading} />}
      </div>
    </Page>
  );
}
