import { Navigate } from 'react-router';
import { useMe } from '../../features/sign-in/useMe';
import { MyConversationsPage } from './MyConversationsPage';

/** The first screen: one's conversations, or the register for whom that is the work. */
export function StartPage() {
  const { data: me } = useMe();
  return me?.can.createConversation ? <MyConversationsPage /> : <Navigate to="/register" replace />;
}
