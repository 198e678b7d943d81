import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import type { ConversationLine } from '../../api/types';

interface PageOfLines {
  items: ConversationLine[];
  next?: string | undefined;
}

/** What one sees first comes quickly; who asks for more looks for something from long ago. */
const FIRST_PAGE = 20;
const LATER_PAGE = 100;

async function fetchPage(cursor: string | undefined): Promise<PageOfLines> {
  const query = cursor === undefined ? { limit: FIRST_PAGE } : { limit: LATER_PAGE, cursor };
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
