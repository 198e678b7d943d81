import { Button } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';

interface MoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  /** What the button says. */
  children: ReactNode;
}

/** Under a list that comes in parts: the next one, as long as there is one. */
export function More({ query, children }: MoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      appearance="secondary-action-button"
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {children}
    </Button>
  );
}
