import { useTranslation } from 'react-i18next';
import { isBlindNow, leaderOf } from './steps';
import type { Session } from './types';

interface PeopleProps {
  session: Session;
  meId: string | undefined;
  /** The ids of who has the session on a screen now. */
  present: readonly string[];
}

/** Who is there, and outside blind steps who is ready. Never what anyone wrote, nor how much. */
export function People({ session, meId, present }: PeopleProps) {
  const { t } = useTranslation('sessionRun');
  const leaderId = leaderOf(session);
  return (
    <section className="vs-together" aria-labelledby="together-title">
      <h2 id="together-title" className="vs-together__title">
        {t('people.title')}
      </h2>
      <ul className="vs-together__list">
        {session.people.map(({ id, name, ready, onPaper }) => {
          const here = onPaper || present.includes(id);
          return (
            <li
              key={id}
              className={here ? 'vs-together__person' : 'vs-together__person vs-together__person--away'}
            >
              <span className="vs-together__name">{id === meId ? t('people.you', { name }) : name}</span>
              <span className="vs-together__how">
                {[
                  id === leaderId && t('people.leads'),
                  onPaper ? t('people.onPaper') : t(here ? 'people.here' : 'people.away'),
                  ready && t('people.ready'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
      {isBlindNow(session) && session.step >= 0 && <p className="vs-subtle">{t('people.blind')}</p>}
    </section>
  );
}
