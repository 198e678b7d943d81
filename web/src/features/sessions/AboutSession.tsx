import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { API_BASE } from '../../api/client';
import { useDates } from '../../time/useDates';
import { useSaid } from './said';
import type { Session } from './types';

function Row({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** When, where and by which protocol; with the way to one's own calendar. */
export function AboutSession({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  const dates = useDates();
  const said = useSaid();
  const { id, startsAt, round = 1, rounds = 1, place, clock, protocol, can } = session;
  return (
    <>
      <dl className="vs-facts">
        <Row name={t('plan.protocol')}>{said(protocol.name)}</Row>
        <Row name={t('plan.when')}>
          {`${startsAt ? dates.moment(startsAt) : t('untimed')}${rounds > 1 ? ` · ${t('round', { round, rounds })}` : ''}`}
        </Row>
        <Row name={t('plan.place')}>{t(`plan.${place}`)}</Row>
        <Row name={t('plan.clock')}>{t(clock ? 'plan.clockOn' : 'plan.clockOff')}</Row>
      </dl>
      <div className="vs-actions">
        {startsAt && session.state !== 'finished' && (
          <a
            className="vs-ways__link utrecht-link utrecht-link--html-a"
            href={`${API_BASE}/review-sessions/${id}/calendar`}
            download
          >
            {t(session.state === 'cancelled' ? 'plan.calendarOff' : 'plan.calendar')}
          </a>
        )}
        {can.plan && (
          <Link className="vs-ways__link utrecht-link utrecht-link--html-a" to={`/sessies/${id}/wijzigen`}>
            {t('plan.edit')}
          </Link>
        )}
      </div>
    </>
  );
}
