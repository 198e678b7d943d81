import { useMutation } from '@tanstack/react-query';
import { client } from '../../api/client';

/** One's own "Ik ben klaar". */
export function useReady(sessionId: string, step: number, onDone: () => void) {
  return useMutation({
    mutationFn: (ready: boolean) =>
      client.POST('/review-sessions/{sessionId}/ready', {
        params: { path: { sessionId } },
        body: { step, ready },
      }),
    onSettled: onDone,
  });
}
