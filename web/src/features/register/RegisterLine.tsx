import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisterRecord } from '../../api/types';
import { useDates } from '../../time/useDates';
import { useWords } from './words';

/** One consent in the list: who by role, what became of it, since when. */
export function RegisterLine({ record }: { record: RegisterRecord }) {
  const { t } = useTranslation('register');
  const dates = useDates();
  const words = useWords();
  return (
    <li className="vs-register__line">
      <h2 className="vs-register__title">
        <Link to={`/register/${record.id}`}>
          {t(`roles.${record.role}`)}
          <span className="vs-subtle">{t('line.given', { moment: dates.moment(record.givenAt) })}</span>
        </Link>
      </h2>
      <p className="vs-register__state">
        <span
          className={record.state === 'given' && !record.erasure ? 'vs-state vs-state--given' : 'vs-state'}
        >
          {t(`states.${record.state}`)}
        </span>
        {record.erasure && (
          <span className="vs-subtle">{t(record.erasure.erasedAt ? 'line.erased' : 'line.erasing')}</span>
        )}
      </p>
      <p className="vs-subtle vs-register__of">{words.of(record)}</p>
    </li>
  );
}
