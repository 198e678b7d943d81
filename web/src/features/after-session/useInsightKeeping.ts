import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client } from '../../api/client';

/** Keeps what someone takes along about fragment n; an empty text says that there is nothing. Rejects with an ApiError. */
export function useInsightKeeping(sessionId: string) {
  const queryClient = useQueryClient();
  return useCallback(
    async (n: number, text: string) => {
      await client.PUT('/review-sessions/{sessionId}/insight', {
        params: { path: { sessionId } },
        body: { n, text },
      });
      // Also the list: it no longer asks.
      void queryClient.invalidateQueries({ queryKey: ['get', '/review-sessions'] });
      await queryClient.invalidateQueries({ queryKey: ['get', '/review-sessions/{sessionId}/insight'] });
    },
    [queryClient, sessionId],
  );
}
