import type { Annotation } from '../../api/types';

export interface Threads {
  /** The notes that are no reply, by position. */
  items: Annotation[];
  /** By the id of their note, the oldest first. */
  replies: Record<string, Annotation[]>;
}

/** Sorts replies under the notes they hang on. One whose note is not there stands by itself: no word is hidden. */
export function threadsOf({ items }: { items: Annotation[] }): Threads {
  const ids = new Set(items.map(({ id }) => id));
  const threads: Threads = { items: [], replies: {} };
  for (const note of items) {
    if (note.parentId === undefined || !ids.has(note.parentId)) {
      threads.items.push(note);
      continue;
    }
    const thread = threads.replies[note.parentId] ?? [];
    thread.push(note);
    threads.replies[note.parentId] = thread;
  }
  for (const thread of Object.values(threads.replies)) {
    thread.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }
  return threads;
}
