import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { api, client } from '../../api/client';
import { toApiError } from '../../api/problem';
import type { LookBack, LookBackChange } from '../../api/types';
import { Keeper, type Keeping, over } from './keeper';

const PATH = '/recordings/{recordingId}/look-back';

/** No answer and a server in trouble pass; whatever else it says, it will say again. */
function isFinal(error: unknown): boolean {
  const { status } = toApiError(error);
  return status >= 400 && status < 500;
}

const paramsOf = (recordingId: string) => ({ params: { path: { recordingId } } });

/**
 * What is being kept of one look-back. Held above the screen that shows it, so that it outlives a lost connection;
 * in memory only.
 */
export function useKeeper(recordingId: string): Keeper {
  const queryClient = useQueryClient();
  const [keeper] = useState(
    () =>
      new Keeper(
        async (change, leaving) => {
          const answer = await client.PATCH(PATH, {
            ...paramsOf(recordingId),
            body: change,
            keepalive: leaving,
          });
          if (!answer.data) throw new TypeError('no answer');
          return answer.data;
        },
        (kept) => {
          // Not into a cache that was emptied because nobody may look now.
          const { queryKey } = api.queryOptions('get', PATH, paramsOf(recordingId));
          queryClient.setQueryData<LookBack>(queryKey, (known) => known && kept);
        },
        isFinal,
      ),
  );
  useEffect(() => {
    const leave = () => void keeper.flush(true);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [keeper]);
  return keeper;
}

export interface KeptLookBack {
  /** As it is now, with what was just typed; undefined until the server told. */
  lookBack: LookBack | undefined;
  error: unknown;
  keeping: Keeping;
  keep: (change: LookBackChange) => void;
  /** Sends at once what waits. */
  flush: () => Promise<void>;
  retry: () => void;
}

/** Where one is in looking back on a recording, kept as it changes: a reload or another device goes on there. */
export function useLookBack(recordingId: string, keeper: Keeper): KeptLookBack {
  const params = useMemo(() => paramsOf(recordingId), [recordingId]);
  const { data, error, refetch, isFetchedAfterMount } = api.useQuery('get', PATH, params);
  const { unkept, keeping } = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  // Not what this device knew before: another may have gone on since.
  const known = isFetchedAfterMount ? data : undefined;
  const lookBack = useMemo(() => known && over(known, unkept), [known, unkept]);
  return {
    lookBack,
    error: known ? null : error,
    keeping,
    keep: keeper.keep,
    flush: keeper.flush,
    retry: () => void refetch(),
  };
}
