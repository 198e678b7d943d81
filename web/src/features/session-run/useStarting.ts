import { useMutation } from '@tanstack/react-query';
import { client } from '../../api/client';
import { useAgain } from './useSession';

/** Who is there. At a distance nobody is named: everyone who accepted the agreement takes part. */
interface Start {
  present?: string[];
  onPaper?: string[];
  agreed?: string[];
}

/** Begins the session. */
export function useStarting(sessionId: string) {
  const again = useAgain(sessionId);
  return useMutation({
    mutationFn: (body: Start) =>
      client.POST('/review-sessions/{sessionId}/start', { params: { path: { sessionId } }, body }),
    onSettled: again,
  });
}
