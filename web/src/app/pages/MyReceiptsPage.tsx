import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { OwnRecordLine } from '../../features/receipts/OwnRecordLine';
import { useOwnRecords } from '../../features/receipts/useOwnRecords';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

/** What one allowed oneself, in every conversation, also in those that were erased. */
export function MyReceiptsPage() {
  const { t } = useTranslation(['roster', 'app']);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useOwnRecords();
  const records = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      title={t('receipts.title')}
      lead={t(data && records.length === 0 ? 'receipts.none' : 'receipts.lead')}
    >
      {isPending && <Placeholder size="card" />}
      {error && (
        <ErrorMessage error={error}>
          <Button appearance="secondary-action-button" onClick={() => void refetch()}>
            {t('app:tryAgain')}
          </Button>
        </ErrorMessage>
      )}
      {records.length > 0 && (
        <ul className="vs-cards">
          {records.map((record) => (
            <OwnRecordLine key={record.id} record={record} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          appearance="secondary-action-button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('receipts.more')}
        </Button>
      )}
    </Page>
  );
}
