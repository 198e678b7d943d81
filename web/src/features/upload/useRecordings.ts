import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Recording } from '../../api/types';

const UNDER_WAY_POLL_MS = 3000;

/** The films of a conversation that are there; erased ones are left out. */
export function useRecordings(ids: readonly string[]): Recording[] {
  const results = useQueries({
    queries: ids.map((recordingId) => ({
      ...api.queryOptions('get', '/recordings/{recordingId}', { params: { path: { recordingId } } }),
      // An event tells when it is ready. But one that comes while the first answer is under way is lost
      // in it (a first fetch is never begun anew), so what is not ready yet is asked for again.
      refetchInterval: ({ state }: { state: { data?: Recording | undefined } }) =>
        state.data && state.data.state !== 'ready' && state.data.state !== 'failed'
          ? UNDER_WAY_POLL_MS
          : (false as const),
    })),
  });
  return results.flatMap(({ data, error }) => (data && !error ? [data] : []));
}
