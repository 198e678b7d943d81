import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useDates } from '../../time/useDates';
import { receiptAddress, statementAddress } from './address';

/** The receipts of one's own record, and the statement once there is one. Nothing where there is no record (yet). */
export function OwnReceipts({ recordId }: { recordId: string }) {
  const { t, i18n } = useTranslation('roster');
  const dates = useDates();
  const { data } = api.useQuery('get', '/participations/{participantId}/receipts', {
    params: { path: { participantId: recordId } },
  });
  if (!data) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-3">{t('receipts.own')}</h2>
      <ul className="vs-receipts">
        {data.statement && (
          <li>
            <a className="utrecht-link utrecht-link--html-a" href={statementAddress(recordId, i18n.language)}>
              {t('receipts.statement')}
            </a>
          </li>
        )}
        {data.items.map(({ number, kind, at }) => (
          <li key={number}>
            <a
              className="utrecht-link utrecht-link--html-a"
              href={receiptAddress(recordId, i18n.language, number)}
            >
              {t(`receipts.kind.${kind}`)}
            </a>
            <span className="vs-subtle">{dates.moment(at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
