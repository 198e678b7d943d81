import { Navigate, useLocation } from 'react-router';
import { signInPath } from '../features/sign-in/returnPath';
import { useMe } from '../features/sign-in/useMe';
import { ErrorMessage } from '../ui/Message';
import { Placeholder } from '../ui/Placeholder';
import { EventsProvider } from './EventsProvider';
import { Frame } from './Frame';
import { NothingHerePage } from './pages/NothingHerePage';

/** Lets through who is signed in and has something to do here; the others read what is for them. */
export function RequireSignIn() {
  const { data: me, error, isPending, refetch } = useMe();
  const { pathname } = useLocation();
  if (isPending) {
    return (
      <Frame>
        <main id="main" className="vs-main">
          <Placeholder size="page" />
        </main>
      </Frame>
    );
  }
  if (error) {
    return (
      <Frame>
        <main id="main" className="vs-main">
          <ErrorMessage error={error} again={refetch} />
        </main>
      </Frame>
    );
  }
  if (!me) return <Navigate to={signInPath(pathname)} replace />;
  const { createConversation, joinSessions, readRegister, administer, keepSignals } = me.can;
  if (!createConversation && !joinSessions && !readRegister && !administer && !keepSignals) {
    return (
      <Frame me={me}>
        <NothingHerePage />
      </Frame>
    );
  }
  return (
    <EventsProvider key={me.id}>
      <Frame me={me} />
    </EventsProvider>
  );
}
