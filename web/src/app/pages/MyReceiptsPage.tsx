import { useTranslation } from 'react-i18next';
import { OwnRecordLine } from '../../features/receipts/OwnRecordLine';
import { useOwnRecords } from '../../features/receipts/useOwnRecords';
import { ErrorMessage } from '../../ui/Message';
import { More } from '../../ui/More';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

/** What one allowed oneself, in every conversation, also in those that were erased. */
export function MyReceiptsPage() {
  const { t } = useTranslation('roster');
  const query = useOwnRecords();
  const { data, error, isPending, refetch } = query;
  const records = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      title={t('receipts.title')}
      lead={t(data && records.length === 0 ? 'receipts.none' : 'receipts.lead')}
    >
      {isPending && <Placeholder size="card" />}
      {error && <ErrorMessage error={error} again={refetch} />}
      {records.length > 0 && (
        <ul className="vs-cards">
          {records.map((record) => (
            <OwnRecordLine key={record.id} record={record} />
          ))}
        </ul>
      )}
      <More query={query}>{t('receipts.more')}</More>
    </Page>
  );
}
