import { formatTimecode, parseTimecode } from '../../time/timecode';
import type { Draft, Piece } from './draft';
import type { Contribution, ContributionKind } from './types';

/** Where a contribution lies when it is about the film that is on. */
export interface Place {
  /** Of the fragment. */
  n: number;
  /** Where its film is now, in ms of the recording. */
  now: () => number;
  /** The same for reading: in ms from the start of the fragment. */
  shown: (ms: number) => number;
  /** And back: a moment of the fragment as one of the recording, in ms. */
  recorded: (ms: number) => number;
  /** How long the fragment is, in ms; infinite while unknown. */
  lengthMs: number;
}

export type Side = 'start' | 'end';
type PieceFault = 'time' | 'outside' | 'before_start';

/** What one just saw: a piece of which only the end was marked begins so long before it. */
const JUST_NOW_MS = 5000;

/** What is sent. */
export interface Written extends At {
  kind: ContributionKind;
  body: string;
  n?: number;
  parentId?: string;
  /** Of what is changed: where it is from now on. */
  at?: At;
}

/** In ms of the recording; a moment without an end. */
interface At {
  startMs?: number;
  endMs?: number;
}

const timecode = (place: Place, ms: number) => formatTimecode(Math.max(0, place.shown(ms)), true);

/** The piece that is chosen of the film that is on; null where it is a moment. */
export function pieceOf({ piece, here }: Draft, place: Place): Piece | null {
  return here && piece?.n === place.n ? piece : null;
}

/** The moment of what is written: where this film was at the first letter, and before it where it is now. */
export function momentOf({ startMs, n }: Draft, place: Place): number {
  return startMs !== null && (n === null || n === place.n) ? startMs : place.now();
}

/** Where something stands that was written before, in the words of the composer. */
export function placeOf({ startMs, endMs }: Contribution, place: Place) {
  const edge = (ms: number) => timecode(place, ms);
  return {
    here: startMs !== undefined,
    startMs: startMs ?? null,
    piece:
      startMs === undefined || endMs === undefined
        ? null
        : { n: place.n, start: edge(startMs), end: edge(endMs) },
  };
}

/** Whether where it is can be told: for what is new, and for one's own of the film that is on. */
export function isPlaced({ changes, answers, n }: Draft, place: Place | undefined): place is Place {
  return place !== undefined && !answers && (!changes || (changes.placed && n === place.n));
}

/** A piece that begins at the moment and has no end yet. */
export function begunAt(draft: Draft, place: Place): Piece {
  return { n: place.n, start: timecode(place, momentOf(draft, place)), end: '' };
}

/** Marks a side where the film is now. What would make no piece lets the other side go. */
export function marked(draft: Draft, place: Place, side: Side): Piece {
  const at = place.shown(place.now());
  const now = timecode(place, place.now());
  const piece = pieceOf(draft, place);
  if (side === 'start') {
    const end = parseTimecode(piece?.end ?? '');
    return { n: place.n, start: now, end: piece && end !== null && end > at ? piece.end : '' };
  }
  const start = parseTimecode(piece?.start ?? '');
  if (piece && start !== null && start <= at) return { ...piece, end: now };
  return { n: place.n, start: formatTimecode(Math.max(0, at - JUST_NOW_MS), true), end: now };
}

/** What is wrong with a piece, by side. */
export function checkPiece({ start, end }: Piece, { lengthMs }: Place): Partial<Record<Side, PieceFault>> {
  const faults: Partial<Record<Side, PieceFault>> = {};
  const [from, to] = [parseTimecode(start), parseTimecode(end)];
  if (from === null) faults.start = 'time';
  else if (from > lengthMs) faults.start = 'outside';
  if (end.trim() === '') return faults;
  if (to === null) faults.end = 'time';
  else if (to > lengthMs) faults.end = 'outside';
  else if (from !== null && to < from) faults.end = 'before_start';
  return faults;
}

/** The place in the API's words, in ms of the recording. A piece without an end is a moment. */
function within(draft: Draft, place: Place): At {
  const piece = pieceOf(draft, place);
  if (!piece) return { startMs: Math.round(momentOf(draft, place)) };
  const end = parseTimecode(piece.end);
  return {
    startMs: Math.round(place.recorded(parseTimecode(piece.start) ?? 0)),
    ...(end !== null && { endMs: Math.round(place.recorded(end)) }),
  };
}

/** An answer has the place of its question; what is changed keeps its own where that cannot be told. */
export function whereOf(draft: Draft, place: Place | undefined): Omit<Written, 'kind' | 'body'> {
  if (draft.answers) return { parentId: draft.answers.id };
  if (!isPlaced(draft, place)) return {};
  const at = draft.here ? within(draft, place) : {};
  return draft.changes ? { at } : { n: place.n, ...at };
}
