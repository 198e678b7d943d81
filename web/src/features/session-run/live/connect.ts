import { API_BASE, client } from '../../../api/client';
import { ApiError } from '../../../api/problem';
import type { Connect } from './feed';

const EVENTS = ['session', 'film', 'people', 'alive', 'over'] as const;

/** The stream of one session. The browser reconnects by itself when it breaks; not after a refusal. */
export function connectTo(sessionId: string): Connect {
  return (receive, refused) => {
    const source = new EventSource(`${API_BASE}/review-sessions/${sessionId}/live`);
    let closed = false;
    for (const event of EVENTS) {
      source.addEventListener(event, (message: MessageEvent<string>) => receive(event, message.data));
    }
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      // An EventSource does not tell why. The session itself does: it may be gone, or the sign-in (client.ts).
      client.GET('/review-sessions/{sessionId}', { params: { path: { sessionId } } }).then(
        () => closed || refused(false),
        (error: unknown) => closed || refused(error instanceof ApiError && error.status === 404),
      );
    };
    return () => {
      closed = true;
      source.close();
    };
  };
}
