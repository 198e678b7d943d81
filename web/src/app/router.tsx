import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { FaultPage, NotFoundPage } from './ErrorPage';
import { Frame } from './Frame';
import { AdministrationPage } from './pages/AdministrationPage';
import { AfterSessionPage } from './pages/AfterSessionPage';
import { AgreementPage } from './pages/AgreementPage';
import { AskedPage } from './pages/AskedPage';
import { ChangeSessionPage } from './pages/ChangeSessionPage';
import { ConversationPage } from './pages/ConversationPage';
import { LookBackPage } from './pages/LookBackPage';
import { MyPhotoPage } from './pages/MyPhotoPage';
import { MyReceiptsPage } from './pages/MyReceiptsPage';
import { NewConversationPage } from './pages/NewConversationPage';
import { NewSessionPage } from './pages/NewSessionPage';
import { NextStepsPage } from './pages/NextStepsPage';
import { RegisterPage } from './pages/RegisterPage';
import { RegisterRecordPage } from './pages/RegisterRecordPage';
import { SearchPage } from './pages/SearchPage';
import { SessionPage } from './pages/SessionPage';
import { SessionRunPage } from './pages/SessionRunPage';
import { SessionsPage } from './pages/SessionsPage';
import { SignalsPage } from './pages/SignalsPage';
import { SignInPage } from './pages/SignInPage';
import { StartPage } from './pages/StartPage';
import { TenMinutesPage } from './pages/TenMinutesPage';
import { RequireSignIn } from './RequireSignIn';

export const routes: RouteObject[] = [
  {
    element: <Outlet />,
    errorElement: <FaultPage />,
    children: [
      {
        element: <RequireSignIn />,
        children: [
          { index: true, element: <StartPage /> },
          { path: 'gesprekken/nieuw', element: <NewConversationPage /> },
          { path: 'gesprekken/:conversationId', element: <ConversationPage /> },
          { path: 'gevraagd/:participantId', element: <AskedPage /> },
          { path: 'opnames/:recordingId', element: <LookBackPage /> },
          { path: 'opnames/:recordingId/tien-minuten', element: <TenMinutesPage /> },
          { path: 'sessies/:sessionId/samen', element: <SessionRunPage view="own" /> },
          { path: 'sessies/:sessionId/telefoon', element: <SessionRunPage view="phone" /> },
          { path: 'sessies/:sessionId/scherm', element: <SessionRunPage view="screen" /> },
          { path: 'sessies/:sessionId/erna', element: <AfterSessionPage /> },
          { path: 'sessies', element: <SessionsPage /> },
          { path: 'sessies/nieuw', element: <NewSessionPage /> },
          { path: 'sessies/:sessionId', element: <SessionPage /> },
          { path: 'sessies/:sessionId/wijzigen', element: <ChangeSessionPage /> },
          { path: 'sessies/:sessionId/afspraak', element: <AgreementPage /> },
          { path: 'voornemens', element: <NextStepsPage /> },
          { path: 'zoeken', element: <SearchPage /> },
          { path: 'mijn-foto', element: <MyPhotoPage /> },
          { path: 'verklaringen', element: <MyReceiptsPage /> },
          { path: 'signalen', element: <SignalsPage /> },
          { path: 'register', element: <RegisterPage /> },
          { path: 'register/:recordId', element: <RegisterRecordPage /> },
          { path: 'beheer/:screen?', element: <AdministrationPage /> },
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
