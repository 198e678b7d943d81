import { useTranslation } from 'react-i18next';
import type { OwnRecord } from '../../api/types';
import { useDates } from '../../time/useDates';
import { statementAddress } from './address';

/** One record: its newest receipt leads to the others. */
export function OwnRecordLine({ record }: { record: OwnRecord }) {
  const { t, i18n } = useTranslation('roster');
  const dates = useDates();
  const { id, role, givenAt, erased } = record;
  return (
    <li className="vs-card">
      <div className="vs-card__text">
        <h2 className="vs-card__title">
          <a href={`/verklaringen/${id}/verklaring?taal=${i18n.language}`}>
            {t('receipts.of', { moment: dates.moment(givenAt) })}
          </a>
        </h2>
        <p className="vs-card__step">{t(`receipts.role.${role}`)}</p>
        {erased && (
          <p className="vs-time__actions">
            <a className="utrecht-link utrecht-link--html-a" href={statementAddress(id, i18n.language)}>
              {t('receipts.statement')}
            </a>
          </p>
        )}
      </div>
    </li>
  );
}
