import { useTranslation } from 'react-i18next';
import { useDates } from '../../time/useDates';
import { SessionCard } from './SessionCard';
import { isToday } from './todo';
import { useSessions } from './useSessions';

/** Sessions of this day, among what there is to do now; the others stand under "Sessies". */
export function TodaySessions() {
  const { t } = useTranslation('sessions');
  const dates = useDates();
  const { data } = useSessions();
  const today = dates.day(new Date().toISOString());
  const sessions =
    data?.pages
      .flatMap(({ items }) => items)
      .filter((session) => isToday(session, today, (iso) => dates.day(iso))) ?? [];
  if (sessions.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('today.title')}</h2>
      <ul className="vs-cards">
        {sessions.map((session) => (
          <SessionCard key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}
