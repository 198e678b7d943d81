import { useParams } from 'react-router';
import { Together, type View } from '../together/Together';

/** A session that is looked at together: on one's own screen, on a phone, or on the one screen in the room. */
export function SessionRunPage({ view }: { view: View }) {
  const { sessionId = '' } = useParams();
  return <Together key={sessionId} sessionId={sessionId} view={view} />;
}
