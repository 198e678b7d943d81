import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useDates } from '../../time/useDates';
import { ActionLink } from '../../ui/ActionLink';

/** What is left to do of sessions that were: for two weeks, skippable, never late. Nothing where there is none. */
export function AfterTasks() {
  const { t } = useTranslation('afterSession');
  const dates = useDates();
  const { data } = api.useQuery('get', '/review-sessions', {});
  const asked = data?.items.filter(({ me }) => me.takeAlong) ?? [];
  if (asked.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('tasks.title')}</h2>
      <ul className="vs-cards">
        {asked.map(({ id, title, startsAt }) => (
          <li key={id} className="vs-card">
            <div className="vs-card__text">
              <h3 className="utrecht-heading-3">{title}</h3>
              {startsAt && <p className="vs-subtle">{dates.day(startsAt)}</p>}
              <p>{t('tasks.what')}</p>
              <div className="vs-actions">
                <ActionLink to={`/sessies/${id}/erna`} appearance="secondary-action">
                  {t('tasks.go')}
                </ActionLink>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
