import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import type { OwnRecord } from '../../api/types';

interface PageOfRecords {
  items: OwnRecord[];
  next?: string | undefined;
}

const PAGE_SIZE = 25;

async function fetchPage(cursor: string | undefined): Promise<PageOfRecords> {
  const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
  const { data } = await client.GET('/me/records', { params: { query } });
  return data ?? { items: [] };
}

export function useOwnRecords() {
  return useInfiniteQuery({
    queryKey: ['get', '/me/records'],
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOfRecords) => page.next,
  });
}
