import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { browserClock } from '../../../time/watchdog';
import type { Stretch } from './film';
import { Follower, type Following } from './follower';
import { Leader } from './leader';
import type { LiveSession } from './useLive';

/** Often enough to be right within a second, seldom enough to cost nothing. */
const TICK_MS = 250;

export interface Controls {
  play(): void;
  pause(): void;
  /** Goes to a place in the recording, in ms; kept within the fragment. */
  seek(filmMs: number): void;
  setRate(rate: number): void;
}

export interface FollowingFilm {
  /** How the film is on this screen. With `refused`, show one button "Kijk mee" that calls `join`. */
  following: Following;
  /** To be called from a click or a key: then the browser lets the film play. */
  join(): void;
  /** For whoever leads the film now; null for everyone else. */
  controls: Controls | null;
}

interface Options {
  live: LiveSession;
  /** The <video> of the fragment, once it is on the screen. Its src is the caller's. */
  video: HTMLVideoElement | null;
  /** The fragment whose file the video plays. */
  stretch: Stretch;
  /** Whether this person leads the film now: `me.filmLead` of the session. */
  leads: boolean;
  /** A command was refused or did not come through. */
  onFailed(error: unknown): void;
}

/** Holds a <video> to the film that everyone sees. See index.ts. */
export function useFollowing({ live, video, stretch, leads, onFailed }: Options): FollowingFilm {
  const [following, setFollowing] = useState<Following>('nothing');
  const { n, startMs, endMs, leadMs } = stretch;
  const failed = useRef(onFailed);
  failed.current = onFailed;
  const now = useRef(live);
  now.current = live;
  const { steer } = live;
  const pair = useMemo(() => {
    if (!video) return null;
    const at = { n, startMs, endMs, leadMs };
    const fail = (error: unknown) => failed.current(error);
    return {
      follower: new Follower(video, at, setFollowing),
      leader: new Leader(video, at, steer, fail, browserClock),
    };
  }, [video, n, startMs, endMs, leadMs, steer]);

  const tick = useCallback(() => {
    if (!pair) return;
    const { film, status, serverNow } = now.current;
    if (leads && status === 'alive' && pair.leader.has(film)) {
      pair.leader.tick();
      return;
    }
    pair.follower.tick(status === 'alive' ? film : null, serverNow(), browserClock.now());
  }, [pair, leads]);

  useEffect(() => {
    if (!video || !pair) return undefined;
    const { leader } = pair;
    const timer = window.setInterval(tick, TICK_MS);
    const own = ['waiting', 'playing', 'seeked'];
    const all = ['loadedmetadata', 'canplay', 'seeked', 'pause'];
    for (const name of own) video.addEventListener(name, leader.moved);
    for (const name of all) video.addEventListener(name, tick);
    return () => {
      window.clearInterval(timer);
      for (const name of own) video.removeEventListener(name, leader.moved);
      for (const name of all) video.removeEventListener(name, tick);
      leader.stop();
    };
  }, [video, pair, tick]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each thing that is heard is acted on at once
  useEffect(tick, [tick, live.film, live.status]);

  const controls = useMemo<Controls | null>(() => {
    if (!pair || !leads) return null;
    const { leader } = pair;
    const film = () => now.current.film;
    return {
      play: () => leader.play(film()),
      pause: () => leader.pause(film()),
      seek: (filmMs) => leader.seek(filmMs, film()),
      setRate: (rate) => leader.setRate(rate, film()),
    };
  }, [pair, leads]);
  const join = useCallback(() => pair?.follower.join(), [pair]);
  return { following, join, controls };
}
