import type { ReactNode } from 'react';
import { ErrorMessage } from './Message';
import { Placeholder } from './Placeholder';

interface AskedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** What was asked of the server, while it comes, when it fails, and when it is there. */
export function Asked<T>({ query, children }: AskedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error) return <Placeholder size="card" />;
  return <ErrorMessage error={query.error} again={query.refetch} />;
}
