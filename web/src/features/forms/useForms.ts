import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, client } from '../../api/client';
import { isGone } from '../../api/problem';
import type { ObservationForm } from '../../api/types';
import type { Server } from './keeping';

const PATH = '/recordings/{recordingId}/forms';

/** The forms of a recording, and what one does with one's own. Each change rejects with an ApiError. */
export function useForms(recordingId: string) {
  const queryClient = useQueryClient();
  const query = api.useQuery('get', PATH, { params: { path: { recordingId } } });
  const refresh = useCallback(
    () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] === PATH && JSON.stringify(queryKey).includes(recordingId),
      }),
    [queryClient, recordingId],
  );
  const begin = useCallback(
    async (code: string): Promise<ObservationForm> => {
      const { data } = await client.POST(PATH, { params: { path: { recordingId } }, body: { code } });
      await refresh();
      return data as ObservationForm;
    },
    [recordingId, refresh],
  );
  const remove = useCallback(
    async ({ id, version }: { id: string; version: number }) => {
      await client.DELETE('/forms/{formId}', {
        params: { path: { formId: id }, header: { 'If-Match': `"${version}"` } },
      });
      await refresh();
    },
    [refresh],
  );
  const server = useMemo(() => serverOf(recordingId), [recordingId]);
  return { query, begin, remove, refresh, server };
}

export type Forms = ReturnType<typeof useForms>;

function serverOf(recordingId: string): Server {
  return {
    send: async (formId, version, answers) => {
      const { data } = await client.PATCH('/forms/{formId}', {
        params: { path: { formId }, header: { 'If-Match': `"${version}"` } },
        body: { answers },
        // The page may be about to go.
        keepalive: true,
      });
      return data as ObservationForm;
    },
    read: async (formId) => {
      try {
        const { data } = await client.GET(PATH, { params: { path: { recordingId } } });
        return data?.items.find(({ id }) => id === formId);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
  };
}
