import type { Annotation, AnnotationKind, NewAnnotation } from '../../api/types';
import { formatTimecode, parseTimecode } from '../../time/timecode';
import type { Words } from './autosave';

export const BODY_MAX = 10_000;
export const kinds: readonly AnnotationKind[] = [
  'observation',
  'question',
  'strength',
  'feeling',
  'alternative',
  'moment',
];

/** A note as it is being typed: nothing readable of it stays on the device. */
export interface Draft {
  start: string;
  /** Empty for a moment. */
  end: string;
  kind: AnnotationKind;
  body: string;
  tags: readonly string[];
  /** Of a moment: its code in the moment list. */
  marker?: string | undefined;
}

/** What a new note is asked for: a question in place of the usual one, and the kinds it may be, the likeliest first. */
export interface Prompt {
  question: string;
  kinds: readonly AnnotationKind[];
}

export function emptyDraft(atMs: number, prompt?: Prompt): Draft {
  const kind = prompt?.kinds[0] ?? 'observation';
  return { start: formatTimecode(atMs, true), end: '', kind, body: '', tags: [] };
}

/** A reply; it has the place of the note it hangs on. */
export function replyTo(note: Annotation, kind: AnnotationKind): Draft {
  return { ...draftOf(note), kind, body: '', tags: [], marker: undefined };
}

export function draftOf(note: Annotation): Draft {
  return {
    start: formatTimecode(note.startMs, true),
    end: note.endMs === undefined ? '' : formatTimecode(note.endMs, true),
    kind: note.kind,
    body: note.body,
    tags: note.tags,
    marker: note.marker,
  };
}

/** What is being written, and about what, as the server keeps it. */
export function wordsOf(
  draft: Draft,
  about: Pick<Words, 'annotationId' | 'baseVersion' | 'parentId'> = {},
): Words {
  const { start, end, kind, body, tags, marker } = draft;
  return { start, end, kind, body, tags: [...tags], ...(marker !== undefined && { marker }), ...about };
}

export function draftOfWords({ start, end, kind, body, tags, marker }: Words): Draft {
  return { start, end, kind, body, tags, marker };
}

type DraftFault = 'time' | 'after_end' | 'end_before_start' | 'empty' | 'too_long';
type DraftFaults = Partial<Record<'startMs' | 'endMs' | 'body', DraftFault>>;

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

/** A note as one changes it: an end of null makes it a moment again. */
export interface NoteBody {
  startMs: number;
  endMs: number | null;
  kind: AnnotationKind;
  body: string;
  tags: string[];
  marker?: string;
}

/** The API's body of a draft that has no faults. An end that equals the start makes it a moment. */
export function noteOf(draft: Draft): NoteBody {
  const startMs = parseTimecode(draft.start) ?? 0;
  const endMs = draft.end.trim() === '' ? null : parseTimecode(draft.end);
  return {
    startMs,
    endMs: endMs === startMs ? null : endMs,
    kind: draft.kind,
    body: draft.body,
    tags: [...draft.tags],
    ...(draft.kind === 'moment' && draft.marker !== undefined && { marker: draft.marker }),
  };
}

/** The same as the API takes it for a new note. */
export function newNoteOf(draft: Draft): NewAnnotation {
  const { endMs, tags, ...note } = noteOf(draft);
  return { ...note, ...(endMs !== null && { endMs }), ...(tags.length > 0 && { tags }) };
}
