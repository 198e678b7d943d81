import type { Annotation, AnnotationKind, NewAnnotation } from '../../api/types';
import { formatTimecode, parseTimecode } from '../../time/timecode';

export const BODY_MAX = 10_000;
export const kinds: readonly AnnotationKind[] = [
  'observation',
  'question',
  'strength',
  'feeling',
  'alternative',
  'moment',
];

/** A note as it is being typed. It lives in memory only: nothing readable stays on the device. */
export interface Draft {
  start: string;
  /** Empty for a moment. */
  end: string;
  kind: AnnotationKind;
  body: string;
}

export function emptyDraft(atMs: number): Draft {
  return { start: formatTimecode(atMs, true), end: '', kind: 'observation', body: '' };
}

export function draftOf(note: Annotation): Draft {
  return {
    start: formatTimecode(note.startMs, true),
    end: note.endMs === undefined ? '' : formatTimecode(note.endMs, true),
    kind: note.kind,
    body: note.body,
  };
}

export type DraftFault = 'time' | 'after_end' | 'end_before_start' | 'empty' | 'too_long';
export type DraftFaults = Partial<Record<'startMs' | 'endMs' | 'body', DraftFault>>;

/** What is wrong with a draft, by field of the API's body; the film's length is 0 while unknown. */
export function checkDraft(draft: Draft, durationMs: number): DraftFaults {
  const faults: DraftFaults = {};
  const start = parseTimecode(draft.start);
  const end = draft.end.trim() === '' ? null : parseTimecode(draft.end);
  const beyond = (at: number | null) => at !== null && durationMs > 0 && at > durationMs;
  if (start === null) faults.startMs = 'time';
  else if (beyond(start)) faults.startMs = 'after_end';
  if (draft.end.trim() !== '' && end === null) faults.endMs = 'time';
  else if (beyond(end)) faults.endMs = 'after_end';
  else if (start !== null && end !== null && end < start) faults.endMs = 'end_before_start';
  if (draft.body.trim() === '' && draft.kind !== 'moment') faults.body = 'empty';
  if ([...draft.body].length > BODY_MAX) faults.body = 'too_long';
  return faults;
}

/** The API's body of a draft that has no faults. An end that equals the start makes it a moment. */
export function noteOf(
  draft: Draft,
): Required<Pick<NewAnnotation, 'startMs' | 'kind' | 'body'>> & { endMs: number | null } {
  const startMs = parseTimecode(draft.start) ?? 0;
  const endMs = draft.end.trim() === '' ? null : parseTimecode(draft.end);
  return { startMs, endMs: endMs === startMs ? null : endMs, kind: draft.kind, body: draft.body };
}
