import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { onUnauthorised } from '../api/client';
import { toApiError } from '../api/problem';
import { forgetUnsent } from '../features/annotations/sealedGap';
import { onSessionChanged, onSignedOut } from '../features/sign-in/session';
import { meKey } from '../features/sign-in/useMe';
import { abandonAll } from '../features/upload/tasks';
import { LiveRegion } from '../ui/LiveRegion';
import { useFocusKept } from '../ui/useFocusKept';
import { ErrorBoundary } from './ErrorPage';
import { usePreloading } from './preloading';
import { createRouter, routes } from './router';

const MAX_RETRIES = 2;

/** Only what may pass by itself is tried again: no answer, or a server that is down for a moment. */
function worthRetrying(failures: number, error: unknown): boolean {
  const { status } = toApiError(error);
  return failures < MAX_RETRIES && (status === 0 || status >= 500);
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Drops everything that was read for a session, keeping only who is signed in (nobody, or unknown). */
function forgetAll(queryClient: QueryClient): void {
  abandonAll();
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[1] !== '/me' && queryKey[1] !== '/settings',
  });
}

function useSessionEnds(queryClient: QueryClient): void {
  useEffect(() => {
    const stopUnauthorised = onUnauthorised(() => {
      queryClient.setQueryData(meKey, null);
      forgetAll(queryClient);
    });
    const stopChanged = onSessionChanged(() => {
      void queryClient.resetQueries({ queryKey: meKey });
      forgetAll(queryClient);
    });
    // Only who signs out leaves nothing behind: a session that merely ended is gone on with.
    const stopSignedOut = onSignedOut(() => forgetUnsent());
    return () => {
      stopSignedOut();
      stopUnauthorised();
      stopChanged();
    };
  }, [queryClient]);
}

export function App() {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createRouter);
  useSessionEnds(queryClient);
  useFocusKept();
  usePreloading(routes);
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <LiveRegion>
          <RouterProvider router={router} />
        </LiveRegion>
      </ErrorBoundary>
    </QueryClientProvider>
  );
}
