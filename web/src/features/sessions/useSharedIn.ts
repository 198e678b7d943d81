import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Session } from './types';
import { useSessions } from './useSessions';

/** Sessions that have not ended and hold something of this recording of one's own. */
export function useSharedIn(recordingId: string) {
  const list = useSessions();
  const mine = list.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ state, me }) => me.owns.length > 0 && state !== 'finished' && state !== 'cancelled');
  const read = useQueries({
    queries: (mine ?? []).map(({ id: sessionId }) =>
      api.queryOptions('get', '/review-sessions/{sessionId}', { params: { path: { sessionId } } }),
    ),
  });
  const failed = read.find(({ error }) => error);
  const sessions = read.flatMap(({ data }) => data ?? []);
  const complete = mine !== undefined && sessions.length === mine.length;
  const data: Session[] | undefined = complete
    ? sessions.filter(({ fragments }) => fragments.some((fragment) => fragment.recordingId === recordingId))
    : undefined;
  return {
    data,
    error: list.error ?? failed?.error ?? null,
    refetch: () => Promise.all([list.refetch(), ...read.map((one) => one.refetch())]),
  };
}
