import type { ContributionKind } from './types';
import type { Draft } from './useWriting';

/** Where a contribution lies when it is about the film that is on. */
export interface Place {
  /** Of the fragment. */
  n: number;
  /** Where its film is now, in ms of the recording. */
  now: () => number;
  /** The same for reading: in ms from the start of the fragment. */
  shown: (ms: number) => number;
}

/** What is sent. */
export interface Written {
  kind: ContributionKind;
  body: string;
  n?: number;
  startMs?: number;
  parentId?: string;
}

/** An answer has the place of its question, and what is changed keeps its own. */
export function whereOf(draft: Draft, place: Place | undefined): Omit<Written, 'kind' | 'body'> {
  if (draft.answers) return { parentId: draft.answers.id };
  if (!place || draft.changes) return {};
  return { n: place.n, ...(draft.here && { startMs: Math.round(draft.startMs ?? place.now()) }) };
}
