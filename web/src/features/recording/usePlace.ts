import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../api/client';
import type { Player } from './player';

const EVERY_MS = 5000;
/** Less than this is the same place. */
const SAME_MS = 500;
/** Who came no further begins at the beginning, and who came to the end begins again. */
const BARELY_BEGUN_MS = 3000;
const NEARLY_DONE_MS = 2000;

const PATH = '/recordings/{recordingId}/look-back';

function isWorthReturning(positionMs: number, durationMs: number): boolean {
  return positionMs >= BARELY_BEGUN_MS && (durationMs === 0 || positionMs < durationMs - NEARLY_DONE_MS);
}

/** Keeps where the film is, when that changed: losing it costs little, so a failure is not told. */
class Keeper {
  private keptMs: number;

  constructor(
    private readonly recordingId: string,
    private readonly player: Player,
  ) {
    this.keptMs = player.snapshot().positionMs;
  }

  /** Goes to where one was, unless the film was touched meanwhile. Gives that place, or null. */
  async comeBack(): Promise<number | null> {
    const { data } = await client.GET(PATH, { params: { path: { recordingId: this.recordingId } } });
    const { positionMs, playing, durationMs } = this.player.snapshot();
    if (!data || positionMs > 0 || playing || !isWorthReturning(data.positionMs, durationMs)) return null;
    this.keptMs = data.positionMs;
    this.player.seek(data.positionMs);
    return data.positionMs;
  }

  readonly keep = (): void => {
    const { positionMs } = this.player.snapshot();
    if (Math.abs(positionMs - this.keptMs) < SAME_MS) return;
    this.keptMs = positionMs;
    const params = { path: { recordingId: this.recordingId } };
    // It goes on when the page is closed.
    client.PATCH(PATH, { params, body: { positionMs }, keepalive: true }).catch(() => {
      this.keptMs = Number.NEGATIVE_INFINITY;
    });
  };
}

/** Keeps the place on pausing, while playing, and on hiding the page; returns the way to stop. */
function keepWhile(player: Player, keeper: Keeper): () => void {
  let { playing } = player.snapshot();
  const onPause = player.subscribe(() => {
    const now = player.snapshot().playing;
    // A film that leaves the screen is not paused: it may be gone.
    if (playing && !now && player.isOnScreen()) keeper.keep();
    playing = now;
  });
  const timer = setInterval(keeper.keep, EVERY_MS);
  const stop = new AbortController();
  // A phone does not tell that it closes a page, only that it hides it.
  document.addEventListener('visibilitychange', keeper.keep, { signal: stop.signal });
  window.addEventListener('pagehide', keeper.keep, { signal: stop.signal });
  return () => {
    onPause();
    clearInterval(timer);
    stop.abort();
  };
}

/**
 * Remembers on the server where one is, so that one goes on there on any device, and goes there at the opening.
 * cameBackMs is that place, until it is forgotten. Of a film that ended nothing is kept: who ends it calls leave.
 */
export function usePlace(recordingId: string, player: Player, watchable: boolean) {
  const [cameBackMs, setCameBackMs] = useState<number | null>(null);
  const mayKeep = useRef(watchable);
  mayKeep.current = watchable;
  useEffect(() => {
    if (!watchable) return undefined;
    let over = false;
    const keeper = new Keeper(recordingId, player);
    const cameBack = (ms: number | null) => {
      if (!over) setCameBackMs(ms);
    };
    if (player.snapshot().positionMs === 0) keeper.comeBack().then(cameBack, () => {});
    const stop = keepWhile(player, keeper);
    return () => {
      over = true;
      stop();
      if (mayKeep.current) keeper.keep();
    };
  }, [player, recordingId, watchable]);
  const forget = useCallback(() => setCameBackMs(null), []);
  const leave = useCallback(() => {
    mayKeep.current = false;
  }, []);
  return { cameBackMs, forget, leave };
}
