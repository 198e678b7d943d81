import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { Request } from '../../features/sessions/Request';
import { SessionPlan, Standing } from '../../features/sessions/SessionPlan';
import { isRequest } from '../../features/sessions/todo';
import { useRefreshSession } from '../../features/sessions/useSession';
import { useMe } from '../../features/sign-in/useMe';
import { ActionLink } from '../../ui/ActionLink';
import { SessionTitled } from '../sessions/SessionTitled';
import { WithSession } from '../sessions/WithSession';

/** One session: its plan, and what it asks of one. */
export function SessionPage() {
  const { sessionId = '' } = useParams();
  const { t } = useTranslation('sessions');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const refresh = useRefreshSession(sessionId);
  const { data: me } = useMe();
  const { data: settings } = api.useQuery('get', '/settings', {}, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <WithSession sessionId={sessionId}>
      {(session) => (
        <SessionTitled title={session.title} lead={!isRequest(session) && <Standing session={session} />}>
          {isRequest(session) && (
            <ul className="vs-cards">
              <Request session={session} onAnswer={(accept) => (accept ? refresh() : navigate('/sessies'))} />
            </ul>
          )}
          <SessionPlan
            session={session}
            selfId={me?.id ?? ''}
            canBring={me?.can.createConversation === true}
            cuts={settings?.cuts !== false}
            from={search.get('opname')}
          />
          {(session.state === 'finished' || session.state === 'cancelled') && (
            <div className="vs-actions">
              {session.state === 'finished' && session.me.owns.length > 0 && (
                <ActionLink to={`/sessies/${session.id}/erna`}>{t('enter.after')}</ActionLink>
              )}
              <ActionLink to="/sessies" appearance="secondary-action">
                {t('toSessions')}
              </ActionLink>
            </div>
          )}
        </SessionTitled>
      )}
    </WithSession>
  );
}
