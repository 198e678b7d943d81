import { Paragraph } from '@utrecht/component-library-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { isGone } from '../../api/problem';
import { Finished } from '../../features/session-run/Finished';
import { useLive } from '../../features/session-run/live';
import { PresenceList } from '../../features/session-run/PresenceList';
import type { Session } from '../../features/session-run/types';
import { useSession } from '../../features/session-run/useSession';
import { useWriting } from '../../features/session-run/useWriting';
import { useMe } from '../../features/sign-in/useMe';
import { ActionLink } from '../../ui/ActionLink';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage, Message } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';
import { SessionTitled } from '../sessions/SessionTitled';
import { AtDistance } from './AtDistance';
import { OnBigScreen } from './OnBigScreen';
import { OnPhone } from './OnPhone';
import type { OnSession } from './onSession';

/** Which of its screens a session is on here. */
export type View = 'own' | 'phone' | 'screen';

/** Nothing can be done here now: why, and the way back to the session's page. */
function Elsewhere({ session, children, way }: { session: Session; children: string; way?: ReactNode }) {
  const { t } = useTranslation('sessionRun');
  return (
    <SessionTitled title={session.title}>
      <Message>{children}</Message>
      <div className="vs-actions">
        {way ?? <ActionLink to={`/sessies/${session.id}`}>{t('states.toSession')}</ActionLink>}
      </div>
    </SessionTitled>
  );
}

/** The session went with the last of its recordings, or is no longer this person's: one page for both. */
function Gone() {
  const { t } = useTranslation('sessionRun');
  return (
    <Page title={t('gone.title')}>
      <Paragraph>{t('gone.body')}</Paragraph>
      <div className="vs-actions">
        <ActionLink to="/sessies">{t('finish.toSessions')}</ActionLink>
      </div>
    </Page>
  );
}

/** A silence: film and notes are off the screen and out of the memory, and come back by themselves. */
function Silent({ title }: { title: string }) {
  const { t } = useTranslation('sessionRun');
  return (
    <SessionTitled title={title}>
      <Message type="warning">
        <Paragraph>{t('silent.body')}</Paragraph>
        <Paragraph>{t('silent.after')}</Paragraph>
      </Message>
    </SessionTitled>
  );
}

/** The screen of a session that runs, or is prepared. */
function Sitting({ view, ...on }: OnSession & { view: View }) {
  const { t } = useTranslation('sessionRun');
  const { session } = on;
  const path = `/sessies/${session.id}`;
  if (session.place === 'distance')
    return view === 'own' ? <AtDistance {...on} /> : <Navigate to={`${path}/samen`} replace />;
  if (view === 'phone') return <OnPhone {...on} />;
  if (session.state === 'running') {
    if (session.can.lead)
      return view === 'screen' ? <OnBigScreen {...on} /> : <Navigate to={`${path}/scherm`} replace />;
    return <Navigate to={`${path}/telefoon`} replace />;
  }
  if (view !== 'screen') return <AtDistance {...on} />;
  if (!session.can.start) return <Elsewhere session={session}>{t('phone.prepare')}</Elsewhere>;
  return (
    <Page title={t('room.title')} lead={session.title}>
      <PresenceList session={session} />
    </Page>
  );
}

/** Says that it is over, for who does not see the page change. */
function useEndNews(session: Session | undefined, gone: boolean): void {
  const { t } = useTranslation('sessionRun');
  const announce = useAnnounce();
  const went = useRef(false);
  const end = gone ? 'gone.title' : session?.state === 'finished' ? 'finish.thanks' : null;
  const goes = end === null && session !== undefined;
  useEffect(() => {
    if (end !== null && went.current) announce(t(end));
    went.current = goes;
  }, [announce, end, goes, t]);
}

/** Looking together: from preparing to the end, on the screen that this is. */
export function Together({ sessionId, view }: { sessionId: string; view: View }) {
  const { t } = useTranslation('sessionRun');
  const live = useLive(sessionId);
  const query = useSession(sessionId, live.version);
  const writing = useWriting();
  const meId = useMe().data?.id;
  const { data: session, error, refetch } = query;
  const over = live.status === 'over';
  useEffect(() => {
    if (over) void refetch();
  }, [over, refetch]);
  const seen = useRef(false);
  seen.current ||= session !== undefined;
  const gone = isGone(error);
  useEndNews(session, gone);
  if (gone) return seen.current ? <Gone /> : <NotFoundPage />;
  if (!session) {
    return (
      <Page title={t('film.title')}>
        {error ? <ErrorMessage error={error} /> : <Placeholder size="page" />}
      </Page>
    );
  }
  switch (session.state) {
    case 'draft':
      return <Elsewhere session={session}>{t('states.draft')}</Elsewhere>;
    case 'cancelled':
      return <Elsewhere session={session}>{t('states.cancelled')}</Elsewhere>;
    case 'finished':
      return (
        <Page title={t('finish.thanks')}>
          <Finished session={session} />
        </Page>
      );
  }
  const atPresence = view === 'screen' && session.state === 'preparing';
  if (!session.me.agreed && !atPresence)
    return (
      <Elsewhere
        session={session}
        way={<ActionLink to={`/sessies/${session.id}/afspraak`}>{t('states.toAgreement')}</ActionLink>}
      >
        {t('states.agreementFirst')}
      </Elsewhere>
    );
  if (live.status === 'silent') return <Silent title={session.title} />;
  if (live.status !== 'alive' && !atPresence) {
    return (
      <SessionTitled title={session.title}>
        <Placeholder size="page" />
      </SessionTitled>
    );
  }
  return <Sitting session={session} live={live} writing={writing} meId={meId} view={view} />;
}
