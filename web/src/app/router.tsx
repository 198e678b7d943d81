import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { Code } from './code';
import { FaultPage, NotFoundPage } from './ErrorPage';
import { Frame } from './Frame';
import { Later } from './Later';
import { SignInPage } from './pages/SignInPage';
import { StartPage } from './pages/StartPage';
import { RequireSignIn } from './RequireSignIn';

// What is only used after the first screens comes when it is needed.
const administrationPage = new Code(
  async () => (await import('./pages/AdministrationPage')).AdministrationPage,
);
const afterSessionPage = new Code(async () => (await import('./pages/AfterSessionPage')).AfterSessionPage);
const agreementPage = new Code(async () => (await import('./pages/AgreementPage')).AgreementPage);
const askedPage = new Code(async () => (await import('./pages/AskedPage')).AskedPage);
const changeSessionPage = new Code(async () => (await import('./pages/ChangeSessionPage')).ChangeSessionPage);
const conversationPage = new Code(async () => (await import('./pages/ConversationPage')).ConversationPage);
const lookBackPage = new Code(async () => (await import('./pages/LookBackPage')).LookBackPage);
const myPhotoPage = new Code(async () => (await import('./pages/MyPhotoPage')).MyPhotoPage);
const myReceiptsPage = new Code(async () => (await import('./pages/MyReceiptsPage')).MyReceiptsPage);
const newConversationPage = new Code(
  async () => (await import('./pages/NewConversationPage')).NewConversationPage,
);
const newSessionPage = new Code(async () => (await import('./pages/NewSessionPage')).NewSessionPage);
const nextStepsPage = new Code(async () => (await import('./pages/NextStepsPage')).NextStepsPage);
const registerPage = new Code(async () => (await import('./pages/RegisterPage')).RegisterPage);
const registerRecordPage = new Code(
  async () => (await import('./pages/RegisterRecordPage')).RegisterRecordPage,
);
const searchPage = new Code(async () => (await import('./pages/SearchPage')).SearchPage);
const sessionPage = new Code(async () => (await import('./pages/SessionPage')).SessionPage);
const sessionRunPage = new Code(async () => (await import('./pages/SessionRunPage')).SessionRunPage);
const sessionsPage = new Code(async () => (await import('./pages/SessionsPage')).SessionsPage);
const signalsPage = new Code(async () => (await import('./pages/SignalsPage')).SignalsPage);
const tenMinutesPage = new Code(async () => (await import('./pages/TenMinutesPage')).TenMinutesPage);

/** What a route has of a screen that comes later: `handle` is for usePreloading. */
function screen<P extends object>(code: Code<P>, props: NoInfer<P>): Pick<RouteObject, 'element' | 'handle'> {
  return { element: <Later code={code} props={props} />, handle: code };
}

export const routes: RouteObject[] = [
  {
    element: <Outlet />,
    errorElement: <FaultPage />,
    children: [
      {
        element: <RequireSignIn />,
        children: [
          { index: true, element: <StartPage /> },
          { path: 'gesprekken/nieuw', ...screen(newConversationPage, {}) },
          { path: 'gesprekken/:conversationId', ...screen(conversationPage, {}) },
          { path: 'gevraagd/:participantId', ...screen(askedPage, {}) },
          { path: 'opnames/:recordingId', ...screen(lookBackPage, {}) },
          { path: 'opnames/:recordingId/tien-minuten', ...screen(tenMinutesPage, {}) },
          {
            path: 'sessies/:sessionId/samen',
            ...screen(sessionRunPage, { view: 'own' }),
          },
          {
            path: 'sessies/:sessionId/telefoon',
            ...screen(sessionRunPage, { view: 'phone' }),
          },
          {
            path: 'sessies/:sessionId/scherm',
            ...screen(sessionRunPage, { view: 'screen' }),
          },
          { path: 'sessies/:sessionId/erna', ...screen(afterSessionPage, {}) },
          { path: 'sessies', ...screen(sessionsPage, {}) },
          { path: 'sessies/nieuw', ...screen(newSessionPage, {}) },
          { path: 'sessies/:sessionId', ...screen(sessionPage, {}) },
          { path: 'sessies/:sessionId/wijzigen', ...screen(changeSessionPage, {}) },
          { path: 'sessies/:sessionId/afspraak', ...screen(agreementPage, {}) },
          { path: 'voornemens', ...screen(nextStepsPage, {}) },
          { path: 'zoeken', ...screen(searchPage, {}) },
          { path: 'mijn-foto', ...screen(myPhotoPage, {}) },
          { path: 'verklaringen', ...screen(myReceiptsPage, {}) },
          { path: 'signalen', ...screen(signalsPage, {}) },
          { path: 'register', ...screen(registerPage, {}) },
          { path: 'register/:recordId', ...screen(registerRecordPage, {}) },
          { path: 'beheer/:screen?', ...screen(administrationPage, {}) },
        ],
      },
      {
        element: <Frame />,
        children: [
          { path: 'inloggen', element: <SignInPage /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
