import { type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { API_BASE, client } from '../../api/client';
import type { RegisterRecord } from '../../api/types';

const names = [
  'state',
  'role',
  'method',
  'language',
  'from',
  'until',
  'pseudonym',
  'awaitingErasure',
] as const;

export type FilterName = (typeof names)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** The filters that stand in the address, so that "back" brings them back. */
export function filtersOf(search: URLSearchParams): Filters {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

export function csvAddress(filters: Filters): string {
  const query = new URLSearchParams(filters).toString();
  return `${API_BASE}/register/records.csv${query && `?${query}`}`;
}

interface PageOfRecords {
  items: RegisterRecord[];
  next?: string | undefined;
}

const PAGE_SIZE = 25;

async function fetchPage(filters: Filters, cursor: string | undefined): Promise<PageOfRecords> {
  const query = { ...filters, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
  // The words come from the contract's own lists, or from the address: the API judges them.
  const { data } = await client.GET('/register/records', { params: { query: query as never } });
  return data ?? { items: [] };
}

export function useRegister(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['get', '/register/records', filters],
    queryFn: ({ pageParam }) => fetchPage(filters, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOfRecords) => page.next,
  });
}

function refresh(queryClient: QueryClient) {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/register'),
  });
}

/** Reads the register again after something was decided. */
export function useRefreshRegister() {
  const queryClient = useQueryClient();
  return useCallback(() => void refresh(queryClient), [queryClient]);
}
