import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { api } from '../../api/client';
import type { Session } from './types';

const SESSION = '/review-sessions/{sessionId}';
const CONTRIBUTIONS = '/review-sessions/{sessionId}/contributions';

const at = (sessionId: string) => ({ params: { path: { sessionId } } });
const sessionKey = (sessionId: string) => api.queryOptions('get', SESSION, at(sessionId)).queryKey;
const writtenKey = (sessionId: string) => api.queryOptions('get', CONTRIBUTIONS, at(sessionId)).queryKey;

/** How long until it is asked again whether a fragment is ready. */
const SOON_MS = 2000;

const isMaking = (session: Session | undefined) =>
  session?.fragments.some(({ state }) => state === 'cutting') ?? false;

/**
 * The session as this person sees it; asked again whenever the stream tells another version. While a fragment is being
 * made it is asked again by itself too: a server that falls away in the middle of it tells nobody that it is ready.
 */
export function useSession(sessionId: string, version: number | null) {
  const query = api.useQuery('get', SESSION, at(sessionId), {
    refetchInterval: ({ state }) => (isMaking(state.data) ? SOON_MS : false),
  });
  const { refetch } = query;
  const known = useRef<number>();
  known.current = query.data?.version;
  useEffect(() => {
    if (version !== null && known.current !== undefined && version !== known.current) void refetch();
  }, [refetch, version]);
  return query;
}

/** Asks again for the session and what was written in it: after everything one did oneself. */
export function useAgain(sessionId: string): () => void {
  const queryClient = useQueryClient();
  return useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: sessionKey(sessionId) });
    void queryClient.invalidateQueries({ queryKey: writtenKey(sessionId) });
  }, [queryClient, sessionId]);
}

/** What this person may read of what was written, asked again with every version of the session. */
export function useWritten(session: Session) {
  const { id, version } = session;
  const query = api.useQuery('get', CONTRIBUTIONS, at(id));
  const { refetch } = query;
  const asked = useRef(version);
  useEffect(() => {
    if (asked.current === version) return;
    asked.current = version;
    void refetch();
  }, [refetch, version]);
  return query;
}

/**
 * When a fragment closes, what was written leaves the memory before the next picture is drawn; what may still be read
 * is asked for anew. Nothing is kept of a session that is no longer on the screen. Returns the numbers that closed
 * just now to onClosed, once.
 */
export function useClosing(
  sessionId: string,
  open: readonly number[],
  onClosed: (ns: readonly number[]) => void,
): void {
  const queryClient = useQueryClient();
  const before = useRef(open);
  useLayoutEffect(() => {
    const closed = before.current.filter((n) => !open.includes(n));
    before.current = open;
    if (closed.length === 0) return;
    const queryKey = writtenKey(sessionId);
    void queryClient.cancelQueries({ queryKey });
    void queryClient.resetQueries({ queryKey });
    void queryClient.invalidateQueries({ queryKey: sessionKey(sessionId) });
    onClosed(closed);
  }, [onClosed, open, queryClient, sessionId]);
  useEffect(
    () => () => {
      const queryKey = writtenKey(sessionId);
      void queryClient.cancelQueries({ queryKey });
      queryClient.removeQueries({ queryKey });
    },
    [queryClient, sessionId],
  );
}
