import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { api } from '../../api/client';
import { Notices } from '../../features/notices/Notices';
import { Participations } from '../../features/participations/Participations';
import { useMe } from '../../features/sign-in/useMe';
import { Placeholder } from '../../ui/Placeholder';
import { Page } from '../Page';
import { MyConversationsPage } from './MyConversationsPage';

/** Of who makes no conversations: what is asked of oneself, or else the sessions, the register or "Beheer" where that is the work. */
function OthersStart({ work }: { work: string | undefined }) {
  const { t } = useTranslation('roster');
  const { data, isPending } = api.useQuery('get', '/participations', {});
  const notices = api.useQuery('get', '/me/notices', {});
  // What one is told comes first, also for who was a klantmanager before.
  if (work && data?.items.length === 0 && notices.data?.items.length === 0)
    return <Navigate to={work} replace />;
  return (
    <Page title={t('mine.start')} lead={t('mine.startLead')}>
      {isPending && <Placeholder size="card" />}
      <Notices />
      <Participations />
    </Page>
  );
}

/** The first screen. */
export function StartPage() {
  const { data: me } = useMe();
  if (me?.can.createConversation) return <MyConversationsPage />;
  if (me?.can.readRegister) return <OthersStart work="/register" />;
  if (me?.can.administer) return <OthersStart work="/beheer/teksten" />;
  if (me?.can.joinSessions) return <OthersStart work="/sessies" />;
  return <OthersStart work={me?.can.keepSignals ? '/signalen' : undefined} />;
}
