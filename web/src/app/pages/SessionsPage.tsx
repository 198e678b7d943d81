import { useTranslation } from 'react-i18next';
import { EmptySessions } from '../../features/sessions/EmptySessions';
import { Request } from '../../features/sessions/Request';
import { SessionCard } from '../../features/sessions/SessionCard';
import { bySoonest, type Shelf, shelfOf } from '../../features/sessions/todo';
import type { SessionSummary } from '../../features/sessions/types';
import { useSessions } from '../../features/sessions/useSessions';
import { useMe } from '../../features/sign-in/useMe';
import { ActionLink } from '../../ui/ActionLink';
import { ErrorMessage } from '../../ui/Message';
import { More } from '../../ui/More';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';

interface LinesProps {
  title: string;
  sessions: readonly SessionSummary[];
  /** Of a coach: what they are asked comes first. */
  requests?: readonly SessionSummary[];
}

function Lines({ title, sessions, requests = [] }: LinesProps) {
  if (sessions.length + requests.length === 0) return null;
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{title}</h2>
      <ul className="vs-cards">
        {requests.map((session) => (
          <Request key={session.id} session={session} />
        ))}
        {sessions.map((session) => (
          <SessionCard key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

/** The sessions one is in: what asks something now, what comes, what has been. */
export function SessionsPage() {
  const { t } = useTranslation('sessions');
  const { data: me } = useMe();
  const query = useSessions();
  const { data, error, isPending, refetch } = query;
  const sessions = data?.pages.flatMap(({ items }) => items) ?? [];
  const now = new Date();
  const on = (shelf: Shelf) => sessions.filter((session) => shelfOf(session, now) === shelf).sort(bySoonest);
  const empty = data !== undefined && sessions.length === 0;
  const canMake = me?.can.createSession === true;
  return (
    <Page
      title={t('title')}
      lead={empty ? t(canMake ? 'empty.lead' : 'empty.leadOther') : undefined}
      actions={canMake && <ActionLink to="/sessies/nieuw">{t('new')}</ActionLink>}
    >
      {isPending && <Placeholder size="page" />}
      {error && <ErrorMessage error={error} again={refetch} />}
      {empty && <EmptySessions />}
      <Lines title={t('now')} requests={on('request')} sessions={on('now')} />
      <Lines title={t('later')} sessions={on('later')} />
      <Lines title={t('earlier')} sessions={on('earlier').reverse()} />
      <More query={query}>{t('more')}</More>
    </Page>
  );
}
