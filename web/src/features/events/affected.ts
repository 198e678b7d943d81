import type { ChangeEvent } from '../../api/types';

/** Where sessions are told of under another address than their own. */
const OF_SESSIONS = new Set(['/review-sessions', '/recordings/{recordingId}/sharing']);
const LISTS = new Set(['/conversations', '/recordings', '/originals', '/search', '/review-sessions']);

function mentions(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value);
  if (Array.isArray(value)) return value.some((item) => mentions(item, ids));
  if (typeof value === 'object' && value !== null)
    return Object.values(value).some((item) => mentions(item, ids));
  return false;
}

/** Whether the answer to a query (by its key: method, path, init) may have changed with the event. */
export function isAffected(queryKey: readonly unknown[], event: ChangeEvent): boolean {
  const [, path, init] = queryKey;
  if (event.kind === 'learning_lists') return typeof path === 'string' && path.startsWith('/learning-lists');
  if (event.kind === 'session')
    return (typeof path === 'string' && OF_SESSIONS.has(path)) || mentions(init, new Set([event.id]));
  if (typeof path === 'string' && LISTS.has(path)) return true;
  const ids = new Set([event.id, ...(event.conversationId ? [event.conversationId] : [])]);
  return mentions(init, ids);
}
