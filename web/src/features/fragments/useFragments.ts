import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, client } from '../../api/client';
import type { Fragment } from '../../api/types';
import type { bodyOf } from './passage';

type FragmentBody = ReturnType<typeof bodyOf>;

const PATH = '/recordings/{recordingId}/fragments';

/** The fragments of one's own recording by position, and the ways to change them. Each change rejects with an ApiError. */
export function useFragments(recordingId: string) {
  const queryClient = useQueryClient();
  const query = api.useQuery('get', PATH, { params: { path: { recordingId } } });
  const refresh = useCallback(
    () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] === PATH && JSON.stringify(queryKey).includes(recordingId),
      }),
    [queryClient, recordingId],
  );
  const create = useCallback(
    async (body: FragmentBody) => {
      await client.POST(PATH, { params: { path: { recordingId } }, body });
      await refresh();
    },
    [recordingId, refresh],
  );
  const update = useCallback(
    async (fragmentId: string, version: number, body: FragmentBody) => {
      await client.PATCH('/fragments/{fragmentId}', {
        params: { path: { fragmentId }, header: { 'If-Match': `"${version}"` } },
        body,
      });
      await refresh();
    },
    [refresh],
  );
  const remove = useCallback(
    async ({ id, version }: Pick<Fragment, 'id' | 'version'>) => {
      await client.DELETE('/fragments/{fragmentId}', {
        params: { path: { fragmentId: id }, header: { 'If-Match': `"${version}"` } },
      });
      await refresh();
    },
    [refresh],
  );
  return { query, create, update, remove, refresh };
}

export type Fragments = ReturnType<typeof useFragments>;
