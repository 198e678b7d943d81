import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { client, reportUnauthorised } from '../../api/client';
import { announceSignOut } from './session';

/** Ends the session on the server and empties every tab of this browser. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    const leave = () => {
      announceSignOut();
      void navigate('/inloggen');
      reportUnauthorised();
    };
    // Without an answer there is no session to trust either: leave the screen empty all the same.
    client.POST('/logout').then(leave, leave);
  }, [navigate]);
}
