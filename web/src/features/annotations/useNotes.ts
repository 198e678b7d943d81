import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, client } from '../../api/client';
import type { Annotation, NewAnnotation } from '../../api/types';
import type { NoteBody } from './draft';
import { threadsOf } from './threads';

type Versioned = Pick<Annotation, 'id' | 'version'>;

const PATH = '/recordings/{recordingId}/annotations';
const NOTE = '/annotations/{annotationId}';

/** What there is to do with notes. Each rejects with an ApiError. */
function actionsOn(recordingId: string, refresh: () => Promise<void>) {
  const note = ({ id, version }: Versioned) => ({
    path: { annotationId: id },
    header: { 'If-Match': `"${version}"` },
  });
  // kept is called as soon as the server has it, before the list is asked again.
  const create = async (body: NewAnnotation, kept?: () => void): Promise<Versioned> => {
    const { data } = await client.POST(PATH, { params: { path: { recordingId } }, body });
    kept?.();
    await refresh();
    return data as Annotation;
  };
  return {
    refresh,
    create,
    update: async (
      id: string,
      version: number,
      body: NoteBody & Pick<NewAnnotation, 'draft'>,
      kept?: () => void,
    ) => {
      await client.PATCH(NOTE, { params: note({ id, version }), body });
      kept?.();
      await refresh();
    },
    remove: async (of: Versioned) => {
      await client.DELETE(NOTE, { params: note(of) });
      await refresh();
    },
    restore: async ({ id }: Pick<Annotation, 'id'>) => {
      await client.POST('/annotations/{annotationId}/restore', { params: { path: { annotationId: id } } });
      await refresh();
    },
  };
}

/** The notes on a recording by position, the replies to each, and the ways to change one's own. */
export function useNotes(recordingId: string) {
  const queryClient = useQueryClient();
  const query = api.useQuery('get', PATH, { params: { path: { recordingId } } }, { select: threadsOf });
  const actions = useMemo(
    () =>
      actionsOn(recordingId, () =>
        queryClient.invalidateQueries({
          predicate: ({ queryKey }) => queryKey[1] === PATH && JSON.stringify(queryKey).includes(recordingId),
        }),
      ),
    [queryClient, recordingId],
  );
  return { query, actions };
}

export type NoteActions = ReturnType<typeof actionsOn>;
export type Notes = ReturnType<typeof useNotes>;
