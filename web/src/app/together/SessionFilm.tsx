import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyBindings } from '../../features/recording/keys';
import type { Mark } from '../../features/recording/timelineLayout';
import { type LiveSession, useFollowing } from '../../features/session-run/live';
import { filmLeader, leadsFilm, PREPARING, stepOf } from '../../features/session-run/steps';
import type { Contribution, Session, SessionFragment } from '../../features/session-run/types';
import { FragmentFilm } from './FragmentFilm';
import { useLanes } from './lanes';
import { LedPlayer } from './ledPlayer';
import { useStretch } from './useStretch';

/** What the rest of the screen needs of the film that is on. */
export interface FilmNow {
  n: number;
  player: LedPlayer;
  /** Of the fragment, in ms; infinite while unknown. */
  lengthMs: number;
}

/** What a film of the session is shown with, whichever fragment is on. */
export interface OnFilm {
  session: Session;
  live: LiveSession;
  items: readonly Contribution[];
  meId: string | undefined;
  currentId: string | null;
  appearing: boolean;
  /** Of what one writes beside it. */
  keys?: KeyBindings | undefined;
  onFilm: (film: FilmNow | null) => void;
  onChoose: (mark: Mark) => void;
  onFailed: () => void;
}

/** In preparing, and where each sees their own, nobody leads: everyone looks at their own pace. */
export function isAlone({ protocol, step }: Session): boolean {
  return step === PREPARING || stepOf(protocol, step)?.film === 'own';
}

function useLeaderLine(session: Session, n: number, leads: boolean): string {
  const { t } = useTranslation('sessionRun');
  if (isAlone(session)) return step(session) === PREPARING ? t('preparing.nobodyLeads') : '';
  // On the one screen in a room nobody needs to be told whose buttons these are.
  if (leads) return session.place === 'room' ? '' : t('film.leadsMe');
  const leader = filmLeader(session, n);
  const name = session.people.find(({ id }) => id === leader)?.name;
  return name === undefined ? '' : t('film.leads', { name });
}

const step = ({ step }: Session) => step;

/** One fragment on the screen, along with everyone or alone. */
export function SessionFilm(props: OnFilm & { fragment: SessionFragment }) {
  const { session, live, fragment, items, meId, currentId, appearing, keys, onFilm, onChoose, onFailed } =
    props;
  const stretch = useStretch(fragment);
  const { n, startMs, endMs, leadMs } = stretch;
  const player = useMemo(() => new LedPlayer(startMs, leadMs, endMs - startMs), [endMs, leadMs, startMs]);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const alone = isAlone(session);
  const leads = !alone && leadsFilm(session, n);
  // Alone, there is nobody to follow: the follower is given no <video> to hold.
  const following = useFollowing({ live, video: alone ? null : video, stretch, leads, onFailed });
  const { controls } = following;
  useLayoutEffect(() => player.steer(alone ? 'self' : (controls ?? 'other')), [alone, controls, player]);
  useEffect(() => {
    onFilm({ n, player, lengthMs: endMs - startMs });
    return () => onFilm(null);
  }, [endMs, n, onFilm, player, startMs]);
  const lanes = useLanes(items, n, meId, player.ofFragment);
  const leader = useLeaderLine(session, n, leads);
  const onVideo = useCallback((element: HTMLVideoElement | null) => setVideo(element), []);
  return (
    <FragmentFilm
      path={`/review-sessions/${session.id}/fragments/${n}`}
      player={player}
      leads={alone || leads}
      leader={leader}
      following={following}
      lanes={lanes}
      currentId={currentId}
      appearing={appearing}
      keys={keys}
      onVideo={onVideo}
      onChoose={onChoose}
    />
  );
}
