import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useDates } from '../../time/useDates';

/** Conversations of a colleague in which one is asked oneself: what a link is for others. */
export function Participations() {
  const { t } = useTranslation('roster');
  const dates = useDates();
  const { data } = api.useQuery('get', '/participations', {});
  if (!data || data.items.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('mine.title')}</h2>
      <ul className="vs-cards">
        {data.items.map((item) => (
          <li key={item.id} className="vs-card">
            <div className="vs-card__text">
              <h3 className="vs-card__title">
                <Link to={`/gevraagd/${item.id}`}>
                  {t('mine.with', { klantmanager: item.klantmanager, moment: dates.moment(item.heldAt) })}
                </Link>
              </h3>
              <p className="vs-card__step">{t(`mine.state.${item.state}`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
