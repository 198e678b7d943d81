import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, useParams } from 'react-router';
import { Health } from '../../features/administration/Health';
import { Organisation } from '../../features/administration/Organisation';
import { Settings } from '../../features/administration/Settings';
import { Texts } from '../../features/administration/Texts';
import { FormPreview } from '../../features/forms/FormPreview';
import { Forms } from '../../features/learning-lists/Forms';
import { ListDrafts } from '../../features/learning-lists/ListDrafts';
import { Codes, Moments } from '../../features/learning-lists/ListScreens';
import { Protocols } from '../../features/protocols/Protocols';
import { useMe } from '../../features/sign-in/useMe';
import { Keepers } from '../../features/signals/Keepers';
import { NotFoundPage } from '../ErrorPage';
import { Page } from '../Page';

/**
 * The addresses are Dutch, as everywhere; each is a screen of its own. Texts and settings are versioned files,
 * only to read here; the lists people learn with are changed here and published.
 */
const reading = {
  teksten: { name: 'texts', Screen: Texts },
  organisatie: { name: 'organisation', Screen: Organisation },
  bewaren: { name: 'settings', Screen: Settings },
  gezondheid: { name: 'health', Screen: Health },
} as const;

const FormTemplates = () => <Forms preview={(template) => <FormPreview template={template} />} />;

const learning = {
  raakmomenten: { name: 'moments', Screen: Moments },
  codes: { name: 'codes', Screen: Codes },
  kijkwijzers: { name: 'forms', Screen: FormTemplates },
} as const;

function useScreens() {
  const { t } = useTranslation(['administration', 'learningLists', 'protocols', 'signals']);
  const read = Object.entries(reading).map(([path, { name, Screen }]) => ({
    path,
    Screen,
    title: t(`${name}.title`),
    lead: t(`${name}.lead`),
    how: t('readOnly'),
  }));
  const learn = Object.entries(learning).map(([path, { name, Screen }]) => ({
    path,
    Screen,
    title: t(`learningLists:${name}.title`),
    lead: t(`learningLists:${name}.lead`),
    how: t('learningLists:how'),
  }));
  const together = {
    path: 'werkvormen',
    Screen: Protocols,
    title: t('protocols:title'),
    lead: t('protocols:lead'),
    how: t('readOnly'),
  };
  const naming = {
    path: 'signalen',
    Screen: Keepers,
    title: t('signals:keepers.title'),
    lead: t('signals:keepers.lead'),
    how: t('signals:keepers.how'),
  };
  return [...read, ...learn, together, naming];
}

const isAdministration = (address: string) => address.startsWith('/beheer/');

/** "Beheer". */
export function AdministrationPage() {
  const { t } = useTranslation('administration');
  const { screen: path } = useParams();
  const { data: me } = useMe();
  const screens = useScreens();
  const screen = screens.find((candidate) => candidate.path === path);
  if (path === undefined) return <Navigate to="/beheer/teksten" replace />;
  if (!me?.can.administer || !screen) return <NotFoundPage />;
  return (
    <ListDrafts isWithin={isAdministration}>
      <Page title={screen.title} lead={screen.lead}>
        <nav className="vs-nav vs-nav--within" aria-label={t('navigation')}>
          {screens.map((other) => (
            <NavLink key={other.path} to={`/beheer/${other.path}`}>
              {other.title}
            </NavLink>
          ))}
        </nav>
        <p className="vs-subtle">{screen.how}</p>
        <screen.Screen />
      </Page>
    </ListDrafts>
  );
}
