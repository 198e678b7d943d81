import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import type { SessionSummary } from './types';

export const SESSIONS = ['get', '/review-sessions'] as const;

interface PageOfSessions {
  items: SessionSummary[];
  next?: string | undefined;
}

async function fetchPage(cursor: string | undefined): Promise<PageOfSessions> {
  const query = cursor === undefined ? {} : { cursor };
  const { data } = await client.GET('/review-sessions', { params: { query } });
  return data ?? { items: [] };
}

/** The sessions one is in. */
export function useSessions(enabled = true) {
  return useInfiniteQuery({
    queryKey: SESSIONS,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled,
  });
}
