import { api } from '../../api/client';

/** Words of a session stay in memory no longer than they are on the screen. */
const shortly = { gcTime: 0 } as const;

/** What was said about one's own recording in sessions that have ended, the last one first. */
export function useSaid(recordingId: string) {
  return api.useQuery(
    'get',
    '/recordings/{recordingId}/contributions',
    { params: { path: { recordingId } } },
    shortly,
  );
}

/** One's own insights of a session: one for each own recording. */
export function useInsights(sessionId: string) {
  return api.useQuery(
    'get',
    '/review-sessions/{sessionId}/insight',
    { params: { path: { sessionId } } },
    shortly,
  );
}

export function useThread(sessionId: string) {
  return api.useQuery(
    'get',
    '/review-sessions/{sessionId}/thread',
    { params: { path: { sessionId } } },
    shortly,
  );
}
