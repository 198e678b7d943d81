import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { problemOf } from './problem';
import type { paths } from './schema';

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls listener whenever any call learns that nobody is signed in. Returns the way to stop. */
export function onUnauthorised(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For callers that do not go through the client (the resumable sender). */
export function reportUnauthorised(): void {
  for (const listener of listeners) listener();
}

const rejectProblems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    if (response.status === 401) reportUnauthorised();
    throw problemOf(response.status, await response.text());
  },
};

export const API_BASE = '/api/v1';

/** Calls that fail reject with an ApiError; they never resolve with `error` set. */
export const client = createFetchClient<paths>({
  baseUrl: `${globalThis.location.origin}${API_BASE}`,
  // Looked up at each call, so that tests can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
client.use(rejectProblems);

export const api = createQueryHooks(client);
