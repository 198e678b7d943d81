import { Button } from '@utrecht/component-library-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet } from 'react-router';
import type { Me } from '../api/types';
import { useSignOut } from '../features/sign-in/useSignOut';
import { Placeholder } from '../ui/Placeholder';
import { Brand } from './Brand';
import { useScreenComing } from './code';
import { Footer } from './Footer';
import { LanguageSwitch } from './LanguageSwitch';

function Person({ me }: { me: Me }) {
  const { t } = useTranslation('app');
  const signOut = useSignOut();
  return (
    <div className="vs-person">
      {me.can.createConversation ? (
        <Link className="vs-person__name utrecht-link utrecht-link--html-a" to="/mijn-foto">
          {me.name}
        </Link>
      ) : (
        <span className="vs-person__name">{me.name}</span>
      )}
      <Button appearance="subtle-button" onClick={signOut}>
        {t('signOut')}
      </Button>
    </div>
  );
}

/** The screen of the route. The first one may still be on its way; after that the screen before it stays till then. */
function Screen() {
  const { t } = useTranslation('app');
  const coming = useScreenComing();
  const first = (
    <main id="main" className="vs-main">
      <Placeholder size="page" />
    </main>
  );
  return (
    <>
      {coming && (
        <div className="vs-coming" role="status">
          <span className="vs-visually-hidden">{t('loading')}</span>
        </div>
      )}
      <Suspense fallback={first}>
        <Outlet />
      </Suspense>
    </>
  );
}

interface FrameProps {
  me?: Me;
  /** Without children: the screen of the route. */
  children?: ReactNode;
}

/** What every screen shares: skip link, top bar, footer. */
export function Frame({ me, children }: FrameProps) {
  const { t } = useTranslation('app');
  return (
    <div className="vs-frame">
      <a className="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#main">
        {t('skip')}
      </a>
      <header className="vs-top">
        <Link to="/" className="vs-brand">
          <Brand />
          <span>{t('brand')}</span>
        </Link>
        <nav className="vs-nav" aria-label={t('navigation')}>
          {me?.can.createConversation && (
            <NavLink to="/" end>
              {t('myConversations')}
            </NavLink>
          )}
          {me?.can.joinSessions && <NavLink to="/sessies">{t('sessions')}</NavLink>}
          {me?.can.createConversation && <NavLink to="/voornemens">{t('nextSteps')}</NavLink>}
          {me?.can.keepSignals && <NavLink to="/signalen">{t('signals')}</NavLink>}
          {me?.can.readRegister && <NavLink to="/register">{t('register')}</NavLink>}
          {me?.can.administer && <NavLink to="/beheer">{t('administration')}</NavLink>}
        </nav>
        <LanguageSwitch />
        {me && <Person me={me} />}
      </header>
      {children ?? <Screen />}
      <Footer signedIn={me !== undefined} />
    </div>
  );
}
