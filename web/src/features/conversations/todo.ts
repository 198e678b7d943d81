import type { ConversationLine } from '../../api/types';

const WEEK_MS = 7 * 24 * 3600_000;

/**
 * What asks something of the klantmanager now: still waiting, a film to add, a fresh film to look back on.
 * After a week a film is no longer put forward, until its time is almost over or it lies unwatched; nothing is
 * ever "too late".
 */
export function isToDo(line: ConversationLine, now: Date): boolean {
  if (line.state === 'erased') return false;
  const recordings = line.recordings ?? [];
  if (line.state === 'waiting' || recordings.length === 0) return true;
  if (recordings.some(({ notice }) => notice !== undefined)) return true;
  if (recordings.some(({ paused }) => paused)) return false;
  if (recordings.some(({ state }) => state !== 'ready')) return true;
  return line.heldAt !== undefined && now.getTime() - Date.parse(line.heldAt) < WEEK_MS;
}
