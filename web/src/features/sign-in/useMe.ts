import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import { toApiError } from '../../api/problem';
import type { Me } from '../../api/types';

export const meKey = ['get', '/me'] as const;

async function fetchMe(): Promise<Me | null> {
  try {
    const { data } = await client.GET('/me');
    return data ?? null;
  } catch (error) {
    if (toApiError(error).status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null for nobody. */
export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: fetchMe, staleTime: 60_000 });
}
