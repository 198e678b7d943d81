import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, useParams } from 'react-router';
import { Health } from '../../features/administration/Health';
import { Organisation } from '../../features/administration/Organisation';
import { Settings } from '../../features/administration/Settings';
import { Texts } from '../../features/administration/Texts';
import { useMe } from '../../features/sign-in/useMe';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';

/** The addresses are Dutch, as everywhere; each is a screen of its own. */
const screens = {
  teksten: { name: 'texts', Screen: Texts },
  organisatie: { name: 'organisation', Screen: Organisation },
  bewaren: { name: 'settings', Screen: Settings },
  gezondheid: { name: 'health', Screen: Health },
} as const;

type Path = keyof typeof screens;

const isPath = (path: string): path is Path => path in screens;

/** "Beheer": only to read, because texts and settings are versioned files, never edited in place. */
export function AdministrationPage() {
  const { t } = useTranslation('administration');
  const { screen } = useParams();
  const { data: me } = useMe();
  if (screen === undefined) return <Navigate to="/beheer/teksten" replace />;
  if (!me?.can.administer || !isPath(screen)) return <NotFoundPage />;
  const { name, Screen } = screens[screen];
  return (
    <Page title={t(`${name}.title`)} lead={t(`${name}.lead`)}>
      <nav className="vs-nav vs-nav--within" aria-label={t('navigation')}>
        {Object.entries(screens).map(([path, { name: other }]) => (
          <NavLink key={path} to={`/beheer/${path}`}>
            {t(`${other}.title`)}
          </NavLink>
        ))}
      </nav>
      <p className="vs-subtle">{t('readOnly')}</p>
      <Screen />
    </Page>
  );
}
