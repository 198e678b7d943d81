import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import type { ConversationLine } from '../../api/types';

interface PageOfLines {
  items: ConversationLine[];
  next?: string | undefined;
}

const PAGE_SIZE = 20;

async function fetchPage(cursor: string | undefined): Promise<PageOfLines> {
  const query = cursor === undefined ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, cursor };
  const { data } = await client.GET('/conversations', { params: { query } });
  return data ?? { items: [] };
}

export function useConversations() {
  return useInfiniteQuery({
    queryKey: ['get', '/conversations'],
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOfLines) => page.next,
  });
}
