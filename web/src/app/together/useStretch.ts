import { useMemo } from 'react';
import type { Stretch } from '../../features/session-run/live';
import type { SessionFragment } from '../../features/session-run/types';

/** Where the file of a fragment lies in its recording. A whole film lies where it is. */
export function useStretch({ n, startMs = 0, endMs, leadMs = 0, durationMs }: SessionFragment): Stretch {
  return useMemo(
    () => ({
      n,
      startMs,
      leadMs,
      endMs: endMs ?? (durationMs === undefined ? Number.POSITIVE_INFINITY : startMs + durationMs),
    }),
    [durationMs, endMs, leadMs, n, startMs],
  );
}
