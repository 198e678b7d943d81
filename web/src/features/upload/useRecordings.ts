import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Recording } from '../../api/types';

const PROCESSING_POLL_MS = 3000;

/** The films of a conversation that are there; erased ones are left out. */
export function useRecordings(ids: readonly string[]): Recording[] {
  const results = useQueries({
    queries: ids.map((recordingId) => ({
      ...api.queryOptions('get', '/recordings/{recordingId}', { params: { path: { recordingId } } }),
      // An event tells when it is ready; asking too costs little when one is missed.
      refetchInterval: ({ state }: { state: { data?: Recording | undefined } }) =>
        state.data?.state === 'processing' ? PROCESSING_POLL_MS : (false as const),
    })),
  });
  return results.flatMap(({ data, error }) => (data && !error ? [data] : []));
}
