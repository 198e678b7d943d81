import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, client } from '../../api/client';
import type { Annotation } from '../../api/types';
import type { noteOf } from './draft';

type NoteBody = ReturnType<typeof noteOf>;

const PATH = '/recordings/{recordingId}/annotations';

/** The notes on a recording by position, and the ways to change one's own. Each change rejects with an ApiError. */
export function useNotes(recordingId: string) {
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
    async ({ endMs, ...note }: NoteBody) => {
      await client.POST(PATH, {
        params: { path: { recordingId } },
        body: { ...note, ...(endMs !== null && { endMs }) },
      });
      await refresh();
    },
    [recordingId, refresh],
  );
  const update = useCallback(
    async (annotationId: string, version: number, note: NoteBody) => {
      await client.PATCH('/annotations/{annotationId}', {
        params: { path: { annotationId }, header: { 'If-Match': `"${version}"` } },
        body: note,
      });
      await refresh();
    },
    [refresh],
  );
  const remove = useCallback(
    async ({ id, version }: Pick<Annotation, 'id' | 'version'>) => {
      await client.DELETE('/annotations/{annotationId}', {
        params: { path: { annotationId: id }, header: { 'If-Match': `"${version}"` } },
      });
      await refresh();
    },
    [refresh],
  );
  return { query, create, update, remove, refresh };
}

export type Notes = ReturnType<typeof useNotes>;
