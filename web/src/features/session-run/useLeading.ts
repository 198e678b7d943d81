import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../api/client';

type Act =
  | { act: 'step'; to: number; choose?: number }
  | { act: 'reveal'; step: number }
  | { act: 'finish'; signal: string }
  | { act: 'readyFor'; step: number; people: readonly string[] };

function send(sessionId: string, what: Act): Promise<unknown> {
  const params = { path: { sessionId } };
  switch (what.act) {
    case 'step': {
      const { to, choose } = what;
      return client.POST('/review-sessions/{sessionId}/steps', {
        params,
        body: { to, ...(choose !== undefined && { choose }) },
      });
    }
    case 'reveal':
      return client.POST('/review-sessions/{sessionId}/reveal', { params, body: { step: what.step } });
    case 'finish':
      return client.POST('/review-sessions/{sessionId}/finish', {
        params,
        body: what.signal === '' ? {} : { signal: what.signal },
      });
    case 'readyFor':
      return readyFor(sessionId, what.step, what.people);
  }
}

/** One after the other: whoever writes on a phone says so themselves. */
async function readyFor(sessionId: string, step: number, people: readonly string[]): Promise<void> {
  for (const personId of people) {
    await client.POST('/review-sessions/{sessionId}/ready', {
      params: { path: { sessionId } },
      body: { step, ready: true, personId },
    });
  }
}

/** What the leader does to the session, one thing at a time. */
export function useLeading(sessionId: string, step: number, onDone: () => void) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (what: Act) => send(sessionId, what),
    // Also after a refusal: the screen was then behind.
    onSettled: onDone,
  });
  return useMemo(
    () => ({
      saving: isPending,
      error,
      reset,
      goTo: (to: number, choose?: number) =>
        mutate({ act: 'step', to, ...(choose !== undefined && { choose }) }),
      reveal: () => mutate({ act: 'reveal', step }),
      finish: (signal: string) => mutate({ act: 'finish', signal }),
      /** For who writes on paper, or whose connection fell away. */
      readyFor: (people: readonly string[]) => mutate({ act: 'readyFor', step, people }),
    }),
    [error, isPending, mutate, reset, step],
  );
}

export type Leading = ReturnType<typeof useLeading>;
