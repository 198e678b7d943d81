import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, client } from '../../api/client';
import type { NewListVersion } from '../../api/types';
import type { ListKind } from './draft';

/** Moments and codes are one list each. */
export const STANDARD = 'standard';

export const useLists = () => api.useQuery('get', '/learning-lists');

/** Every version of one list, the newest first. */
export const useVersions = (listKind: ListKind, listCode: string) =>
  api.useQuery('get', '/learning-lists/{listKind}/{listCode}/versions', {
    params: { path: { listKind, listCode } },
  });

/** Publishes a version and has every screen here read the lists anew. Rejects with an ApiError. */
export function usePublish() {
  const queryClient = useQueryClient();
  const refresh = useCallback(
    () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/learning-lists'),
      }),
    [queryClient],
  );
  const publish = useCallback(
    async (listKind: ListKind, listCode: string, basedOn: number, body: NewListVersion) => {
      try {
        await client.POST('/learning-lists/{listKind}/{listCode}', {
          params: { path: { listKind, listCode }, header: { 'If-Match': `"${basedOn}"` } },
          body,
        });
      } finally {
        // Also when someone was first: then what they published is to be seen.
        await refresh();
      }
    },
    [refresh],
  );
  return publish;
}
