import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { browserClock } from '../../../time/watchdog';
import { connectTo } from './connect';
import { Feed, type Live } from './feed';
import type { Film, FilmCommand } from './film';
import { steer } from './steer';

export interface LiveSession extends Live {
  sessionId: string;
  /** The server's clock in ms since the epoch; null while unknown. It costs nothing to ask. */
  serverNow(): number | null;
  /** Moves the film for everyone; puts another fragment on, too. Rejects with an ApiError. */
  steer(command: FilmCommand): Promise<Film>;
}

/** Listens to a session for as long as the component is on the screen. See index.ts. */
export function useLive(sessionId: string): LiveSession {
  const feed = useMemo(() => new Feed(connectTo(sessionId), browserClock), [sessionId]);
  useEffect(() => {
    const stop = feed.start();
    document.addEventListener('visibilitychange', feed.look);
    return () => {
      document.removeEventListener('visibilitychange', feed.look);
      stop();
    };
  }, [feed]);
  const live = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const move = useCallback((command: FilmCommand) => steer(sessionId, command), [sessionId]);
  return useMemo(
    () => ({ ...live, sessionId, serverNow: feed.serverNow, steer: move }),
    [live, sessionId, feed, move],
  );
}
