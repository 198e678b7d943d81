import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api/client';
import type { Session } from './types';
import { SESSIONS } from './useSessions';
import { SHARING } from './useSharing';

/** How long until it is asked again whether a fragment is ready. */
const SOON_MS = 2000;

const PATH = '/review-sessions/{sessionId}';
const at = (sessionId: string) => ({ params: { path: { sessionId } } });

const isMaking = (session: Session | undefined) =>
  session?.fragments.some(({ state }) => state === 'cutting') ?? false;

/** One session; asked again by itself while a fragment of it is being made. */
export function useSession(sessionId: string) {
  return api.useQuery('get', PATH, at(sessionId), {
    refetchInterval: ({ state }) => (isMaking(state.data) ? SOON_MS : false),
  });
}

/** What to do after something of a session changed: read it again, and what it stands in. */
export function useRefreshSession(sessionId: string) {
  const queryClient = useQueryClient();
  return useCallback(async () => {
    const { queryKey } = api.queryOptions('get', PATH, at(sessionId));
    await Promise.all([
      queryClient.invalidateQueries({ queryKey }),
      queryClient.invalidateQueries({ queryKey: SESSIONS }),
      queryClient.invalidateQueries({ queryKey: ['get', SHARING] }),
    ]);
  }, [queryClient, sessionId]);
}
