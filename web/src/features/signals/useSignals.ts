import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, client } from '../../api/client';
import type { Signal, SignalChange } from '../../api/types';

const PATH = '/signals';
const ONE = '/signals/{signalId}';

const one = ({ id, version }: Signal) => ({ path: { signalId: id }, header: { 'If-Match': `"${version}"` } });

/** What a keeper does with signals. Each rejects with an ApiError. */
function actionsOn(refresh: () => Promise<void>) {
  // Also after a refusal: another keeper was first, and what stands there now is to be seen.
  const changing = async (change: Promise<unknown>) => {
    try {
      await change;
    } finally {
      await refresh();
    }
  };
  return {
    change: (signal: Signal, body: SignalChange) =>
      changing(client.PATCH(ONE, { params: one(signal), body })),
    putAway: (signal: Signal) => changing(client.DELETE(ONE, { params: one(signal) })),
  };
}

export type SignalActions = ReturnType<typeof actionsOn>;

export function useSignalActions(): SignalActions {
  const queryClient = useQueryClient();
  return useMemo(
    () => actionsOn(() => queryClient.invalidateQueries({ queryKey: ['get', PATH] })),
    [queryClient],
  );
}

export function useSignals() {
  return api.useQuery('get', PATH);
}
