import { Button } from '@utrecht/component-library-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from './Message';
import { Placeholder } from './Placeholder';

interface AskedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** What was asked of the server, while it comes, when it fails, and when it is there. */
export function Asked<T>({ query, children }: AskedProps<T>) {
  const { t } = useTranslation('app');
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error) return <Placeholder size="card" />;
  return (
    <ErrorMessage error={query.error}>
      <Button appearance="secondary-action-button" onClick={() => void query.refetch()}>
        {t('tryAgain')}
      </Button>
    </ErrorMessage>
  );
}
