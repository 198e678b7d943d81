import { API_BASE, client } from '../../api/client';
import type { ChangeEvent } from '../../api/types';

/** What comes down the stream, and from one tab to the others. */
export type Heard = { type: 'alive' } | { type: 'changed'; event: ChangeEvent };
type Receive = (heard: Heard) => void;

const RETRY_MS = 2000;
const CHANNEL = 'vakspiegel-events';
const LOCK = 'vakspiegel-events';

function readEvent(data: string): ChangeEvent | null {
  try {
    const parsed: unknown = JSON.parse(data);
    const event = parsed as Partial<ChangeEvent> | null;
    return typeof event?.id === 'string' ? (event as ChangeEvent) : null;
  } catch {
    return null;
  }
}

/** Opens the stream and keeps it open. The browser reconnects by itself, but not after a refusal. */
function openStream(receive: Receive): () => void {
  let source: EventSource | undefined;
  let retry: number | undefined;
  const connect = () => {
    const opened = new EventSource(`${API_BASE}/events`);
    source = opened;
    opened.addEventListener('alive', () => receive({ type: 'alive' }));
    opened.addEventListener('changed', (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event) receive({ type: 'changed', event });
    });
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      // An EventSource does not tell why. Asking who we are tells whether the session ended (client.ts).
      client.GET('/me').catch(() => {});
      retry = window.setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    window.clearTimeout(retry);
    source?.close();
  };
}

function canShare(): boolean {
  // Web Locks need a secure context; on a plain http address every tab has a stream of its own.
  return typeof BroadcastChannel !== 'undefined' && 'locks' in navigator;
}

/**
 * One stream per browser: the tab that holds the lock listens and passes on
 * (a browser allows six connections to one HTTP/1.1 server, over all tabs together).
 * When that tab closes, the lock and the listening go to the next.
 */
export function shareStream(receive: Receive): () => void {
  if (!canShare()) return openStream(receive);
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (message: MessageEvent<Heard>) => receive(message.data);
  const stopped = new AbortController();
  navigator.locks
    .request(LOCK, { signal: stopped.signal }, () => {
      const close = openStream((heard) => {
        channel.postMessage(heard);
        receive(heard);
      });
      return new Promise<void>((release) => {
        stopped.signal.addEventListener('abort', () => {
          close();
          release();
        });
      });
    })
    .catch(() => {}) // stopped before its turn came
    .finally(() => channel.close());
  return () => stopped.abort();
}
