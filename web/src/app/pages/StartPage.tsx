import { Navigate } from 'react-router';
import { useMe } from '../../features/sign-in/useMe';
import { MyConversationsPage } from './MyConversationsPage';

/** The first screen: one's conversations, or the register or "Beheer" for whom that is the work. */
export function StartPage() {
  const { data: me } = useMe();
  if (me?.can.createConversation) return <MyConversationsPage />;
  return <Navigate to={me?.can.readRegister ? '/register' : '/beheer/teksten'} replace />;
}
