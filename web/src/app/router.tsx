import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { FaultPage, NotFoundPage } from './ErrorPage';
import { Frame } from './Frame';
import { ConversationPage } from './pages/ConversationPage';
import { LookBackPage } from './pages/LookBackPage';
import { MyConversationsPage } from './pages/MyConversationsPage';
import { NewConversationPage } from './pages/NewConversationPage';
import { SignInPage } from './pages/SignInPage';
import { RequireSignIn } from './RequireSignIn';

export const routes: RouteObject[] = [
  {
    element: <Outlet />,
    errorElement: <FaultPage />,
    children: [
      {
        element: <RequireSignIn />,
        children: [
          { index: true, element: <MyConversationsPage /> },
          { path: 'gesprekken/nieuw', element: <NewConversationPage /> },
          { path: 'gesprekken/:conversationId', element: <ConversationPage /> },
          { path: 'opnames/:recordingId', element: <LookBackPage /> },
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
