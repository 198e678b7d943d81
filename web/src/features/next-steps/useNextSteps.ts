import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, client } from '../../api/client';
import type { NextStep, NextStepChange } from '../../api/types';

const PATH = '/next-steps';
const ONE = '/next-steps/{nextStepId}';

export interface NewNextStep {
  text: string;
  date?: string;
}

const one = ({ id, version }: Pick<NextStep, 'id' | 'version'>) => ({
  path: { nextStepId: id },
  header: { 'If-Match': `"${version}"` },
});

/** What there is to do with next steps. Each rejects with an ApiError. */
function actionsOn(refresh: () => Promise<void>) {
  // Also after a refusal: another screen was first, and what stands there now is to be seen.
  const changing = async (change: Promise<unknown>) => {
    try {
      await change;
    } finally {
      await refresh();
    }
  };
  return {
    add: async (body: NewNextStep) => {
      await client.POST(PATH, { body });
      await refresh();
    },
    change: (of: Pick<NextStep, 'id' | 'version'>, body: NextStepChange) =>
      changing(client.PATCH(ONE, { params: one(of), body })),
    remove: (of: Pick<NextStep, 'id' | 'version'>) => changing(client.DELETE(ONE, { params: one(of) })),
  };
}

export type NextStepActions = ReturnType<typeof actionsOn>;

export function useNextStepActions(): NextStepActions {
  const queryClient = useQueryClient();
  return useMemo(
    () => actionsOn(() => queryClient.invalidateQueries({ queryKey: ['get', PATH] })),
    [queryClient],
  );
}

/** One's own next steps, newest first. */
export function useNextSteps() {
  return api.useQuery('get', PATH);
}
