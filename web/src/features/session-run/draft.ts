import { newId } from '../../api/newId';
import type { ContributionChange, ContributionKind } from './types';

/** The most characters of one contribution. */
export const BODY_MAX = 4000;

/** A piece of the film as it is typed, in time from the start of fragment n. An empty end is a moment. */
export interface Piece {
  n: number;
  start: string;
  end: string;
}

/** One's own that is being changed. */
export interface Changes {
  id: string;
  version: number;
  /** Its film was on as one began: where it is can be changed too. */
  placed: boolean;
  /** What one wished for what is new: it comes back afterwards. */
  hereBefore: boolean;
  /** What was sent and got no answer. */
  sent?: ContributionChange | undefined;
}

/** What is being written. It lives in memory only, above what a silence takes off the screen. */
export interface Draft {
  changes?: Changes;
  /** Of the question that is answered. */
  answers?: { id: string; body: string };
  kind: ContributionKind | null;
  body: string;
  /** Whether it belongs to this moment of the film. */
  here: boolean;
  /** The moment, in ms of the recording, since the first letter; null before it. */
  startMs: number | null;
  /** The piece of the film that was marked instead; null for a moment. */
  piece: Piece | null;
  /** Of the fragment that is written about; null for none, and before the first letter. */
  n: number | null;
  /** What it is called until it has an id: one name for every try to send these words, another for other words. */
  draftId: string;
  /** It was sent, and no answer came. */
  lost: boolean;
}

export const emptyDraft = (): Draft => ({
  kind: null,
  body: '',
  here: true,
  startMs: null,
  piece: null,
  n: null,
  draftId: newId(),
  lost: false,
});
