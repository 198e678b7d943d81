import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, client } from '../../api/client';

const LIST = '/recordings/{recordingId}/captions';
const ONE = '/recordings/{recordingId}/captions/{language}';

/** As the server takes it (bytes). */
export const CAPTIONS_MAX = 1 << 20;

/** In which languages the captions of a recording can be read, and the ways to change that. Each change rejects with an ApiError. */
export function useCaptions(recordingId: string) {
  const queryClient = useQueryClient();
  const query = api.useQuery('get', LIST, { params: { path: { recordingId } } });
  const refresh = useCallback(
    () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[1] === LIST && JSON.stringify(queryKey).includes(recordingId),
      }),
    [queryClient, recordingId],
  );
  const replace = useCallback(
    async (language: string, file: Blob) => {
      await client.PUT(ONE, {
        params: { path: { recordingId, language } },
        headers: { 'Content-Type': 'text/vtt' },
        body: '',
        // The bytes as they are: read as text, what is no text would be lost, and not be told.
        bodySerializer: () => file,
      });
      await refresh();
    },
    [recordingId, refresh],
  );
  const remove = useCallback(
    async (language: string) => {
      await client.DELETE(ONE, { params: { path: { recordingId, language } } });
      await refresh();
    },
    [recordingId, refresh],
  );
  const items = query.data?.items;
  return useMemo(() => ({ tracks: items ?? [], replace, remove }), [items, remove, replace]);
}

export type Captions = ReturnType<typeof useCaptions>;
