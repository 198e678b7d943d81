import { useMutation } from '@tanstack/react-query';
import { client } from '../../api/client';
import { useAgain } from './useSession';

/** What the leader says of someone while the session runs. */
interface Attendance {
  personId: string;
  /** False: they left, and nobody waits for them. */
  present: boolean;
  onPaper?: boolean;
  /** They said yes to the agreement aloud, in the room. */
  agreed?: boolean;
}

/** Lets someone take part in a session that runs, or says that they left. Every name passes the guard at the server. */
export function useAttendance(sessionId: string) {
  const again = useAgain(sessionId);
  return useMutation({
    mutationFn: ({ personId, ...body }: Attendance) =>
      client.PUT('/review-sessions/{sessionId}/people/{personId}', {
        params: { path: { sessionId, personId } },
        body,
      }),
    onSettled: again,
  });
}
