import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDates } from '../../time/useDates';
import { SessionPicture } from './SessionPicture';
import { useSaid } from './said';
import { cardStep } from './todo';
import type { SessionSummary } from './types';

/** One session among one's own: what, when, and what it asks of one now. */
export function SessionCard({ session }: { session: SessionSummary }) {
  const { t } = useTranslation('sessions');
  const dates = useDates();
  const said = useSaid();
  const step = cardStep(session);
  const { id, title, startsAt, round, rounds } = session;
  return (
    <li className="vs-card">
      <div className="vs-poster vs-poster--empty">
        <SessionPicture of="people" />
      </div>
      <div className="vs-card__text">
        <h3 className="vs-card__title">
          <Link to={`/sessies/${id}`}>{title}</Link>
        </h3>
        <p className="vs-subtle">{startsAt ? dates.moment(startsAt) : t('untimed')}</p>
        <p className="vs-subtle">
          {said(session.protocol.name)}
          {round !== undefined && rounds !== undefined && rounds > 1 && (
            <>
              {' · '}
              {t('round', { round, rounds })}
            </>
          )}
        </p>
        <p className={`vs-card__step vs-session-step--${step}`}>{t(`card.${step}`)}</p>
      </div>
    </li>
  );
}
