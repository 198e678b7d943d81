import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../features/recording/timelineLayout';
import { Asked } from '../../features/session-run/Asked';
import { BeginAtDistance } from '../../features/session-run/BeginAtDistance';
import { CallDialog } from '../../features/session-run/CallDialog';
import { LeaderBar } from '../../features/session-run/LeaderBar';
import { People } from '../../features/session-run/People';
import { leadsFilm, PREPARING } from '../../features/session-run/steps';
import type { Contribution } from '../../features/session-run/types';
import { useSitting } from '../../features/session-run/useSitting';
import type { Place } from '../../features/session-run/where';
import { useText } from '../../features/session-run/words';
import { useShowing } from '../../ui/useShowing';
import { Page } from '../Page';
import { FilmPlace } from './FilmPlace';
import { FromBefore } from './FromBefore';
import type { OnSession } from './onSession';
import { Ready, Write, Written } from './parts';
import { type FilmNow, isAlone } from './SessionFilm';
import { usePieceKeys } from './usePieceKeys';

/** A little before a moment, so that one sees what led to it. */
const PRE_ROLL_MS = 3000;

/** Title and line under it: the step, or preparing. */
export function useHead({ title, protocol, step }: OnSession['session']) {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  const now = protocol.steps[step];
  if (step === PREPARING || !now) {
    return {
      title: t('preparing.name'),
      lead: t('preparing.at', { session: title, protocol: text(protocol.name) }),
    };
  }
  return {
    title: text(now.name),
    lead: t('at', { session: title, step: step + 1, of: protocol.steps.length }),
  };
}

/** The place in the film that what one writes belongs to. */
export function placeOf(film: FilmNow | null): Place | undefined {
  if (!film) return undefined;
  const { n, player, lengthMs } = film;
  return {
    n,
    now: () => player.ofRecording(player.snapshot().positionMs),
    shown: player.ofFragment,
    recorded: player.ofRecording,
    lengthMs,
  };
}

/** A session on everyone's own screen, and the looking beforehand of a session anywhere. */
export function AtDistance({ session, live, writing, meId }: OnSession) {
  const sitting = useSitting(session, live, writing);
  const [film, setFilm] = useState<FilmNow | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const place = useMemo(() => placeOf(film), [film]);
  const pieceKeys = usePieceKeys(session, writing, place);
  const head = useHead(session);
  useShowing('run');
  const moves = film !== null && (isAlone(session) || leadsFilm(session, film.n));
  const go = useCallback(
    ({ id, startMs }: Pick<Mark, 'id' | 'startMs'>) => {
      setCurrentId(id);
      if (moves) film.player.seek(startMs - PRE_ROLL_MS);
    },
    [film, moves],
  );
  const goTo = useCallback(
    ({ id, startMs = 0 }: Contribution) => film && go({ id, startMs: film.player.ofFragment(startMs) }),
    [film, go],
  );
  const preparing = session.step === PREPARING;
  return (
    <Page wide title={head.title} lead={head.lead} actions={!preparing && <CallDialog />}>
      <div className="vs-run">
        <Asked session={session} />
        <div className="vs-run__main">
          <FilmPlace
            session={session}
            live={live}
            items={sitting.items}
            meId={meId}
            currentId={currentId}
            appearing={sitting.appearing}
            keys={pieceKeys}
            onFilm={setFilm}
            onChoose={go}
            onFailed={sitting.again}
          />
          {!preparing && session.can.lead && (
            <LeaderBar session={session} leading={sitting.leading} present={live.present} />
          )}
        </div>
        <div className="vs-run__side">
          <FromBefore session={session} />
          {!preparing && <People session={session} meId={meId} present={live.present} />}
          <Write session={session} sitting={sitting} writing={writing} place={place} />
          <Ready session={session} sitting={sitting} />
          <Written
            session={session}
            sitting={sitting}
            writing={writing}
            meId={meId}
            currentId={currentId}
            place={place}
            onGo={moves ? goTo : undefined}
          />
        </div>
        {preparing && session.place === 'distance' && (
          <BeginAtDistance session={session} present={live.present} />
        )}
      </div>
    </Page>
  );
}
