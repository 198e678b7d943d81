import { toApiError } from '../../api/problem';

const PAUSE_MS = 1500;

/** Resolves after the pause, or at once when the browser says that there is a connection again. */
export function pause(ms = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    globalThis.addEventListener('online', go);
  });
}

/** Whether the server itself said no: trying the same again is of no use. */
export function isRefusal(error: unknown): boolean {
  const { status } = toApiError(error);
  return status >= 400 && status < 500 && status !== 429;
}

/**
 * Does something until the server answers it: what it does must bear being asked twice, for an answer may be
 * lost on its way. Rejects with what the server refuses, and with an AbortError when nobody waits any more.
 */
export async function untilAnswered<T>(
  act: () => Promise<T>,
  onSilence: () => void,
  signal: AbortSignal,
  wait: () => Promise<void> = pause,
): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (isRefusal(error)) throw error;
      onSilence();
      await wait();
      signal.throwIfAborted();
    }
  }
}
