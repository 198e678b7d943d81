import { API_BASE, client } from '../../../api/client';
import type { Connect } from './feed';

const EVENTS = ['session', 'film', 'people', 'alive', 'over'] as const;

/** The stream of one session. The browser reconnects by itself when it breaks; not after a refusal. */
export function connectTo(sessionId: string): Connect {
  return (receive, refused) => {
    const source = new EventSource(`${API_BASE}/review-sessions/${sessionId}/live`);
    for (const event of EVENTS) {
      source.addEventListener(event, (message: MessageEvent<string>) => receive(event, message.data));
    }
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      // An EventSource does not tell why. Asking who we are tells whether the sign-in ended (client.ts).
      client.GET('/me').catch(() => {});
      refused();
    };
    return () => source.close();
  };
}
