import type { Fragment } from '../../api/types';
import { formatTimecode, parseTimecode } from '../../time/timecode';

/** Limits of the contract. */
const MIN_MS = 1000;
export const TITLE_MAX = 80;
export const REASON_MAX = 1000;
/** Around now: Video Interaction Guidance looks at moments of at most 10 s. */
const AROUND_MS = 5000;

/** A part of the film, in milliseconds from its start. */
export interface Interval {
  startMs: number;
  endMs: number;
}

/** A fragment as it is being typed. It lives in memory only: nothing readable stays on the device. */
export interface Passage {
  start: string;
  end: string;
  title: string;
  reason: string;
}

export type Side = 'start' | 'end';

const timecode = (ms: number) => formatTimecode(ms, true);

/** Within the film and long enough; the film's length is 0 while unknown. */
function fitted({ startMs, endMs }: Interval, durationMs: number): Interval {
  const last = durationMs > 0 ? durationMs : Number.MAX_SAFE_INTEGER;
  const start = Math.max(0, Math.min(startMs, last - MIN_MS));
  return { startMs: start, endMs: Math.min(last, Math.max(endMs, start + MIN_MS)) };
}

/** What "Kies dit stuk" begins with: the interval that is marked, or else what is around now. */
export function passageAt(nowMs: number, marked: Interval | null, durationMs: number): Passage {
  const around = { startMs: nowMs - AROUND_MS, endMs: nowMs + AROUND_MS };
  const { startMs, endMs } = fitted(marked ?? around, durationMs);
  return { start: timecode(startMs), end: timecode(endMs), title: '', reason: '' };
}

export function passageOf({ startMs, endMs, title, reason }: Fragment): Passage {
  return { start: timecode(startMs), end: timecode(endMs), title, reason };
}

/** Where a side stands; what is not a time counts as 0. */
export function positionOf(passage: Passage, side: Side): number {
  return parseTimecode(passage[side]) ?? 0;
}

/** Moves a side to a position, within the film and never closer to the other side than a fragment is long. */
export function moved(passage: Passage, side: Side, toMs: number, durationMs: number): Passage {
  const last = durationMs > 0 ? durationMs : Number.MAX_SAFE_INTEGER;
  const [min, max] =
    side === 'start'
      ? [0, Math.max(0, (parseTimecode(passage.end) ?? last) - MIN_MS)]
      : [positionOf(passage, 'start') + MIN_MS, last];
  return { ...passage, [side]: timecode(Math.max(min, Math.min(max, Math.round(toMs)))) };
}

type PassageFault =
  | 'time'
  | 'after_end'
  | 'before_start'
  | 'too_short'
  | 'empty'
  | 'long_title'
  | 'long_reason';
type PassageFaults = Partial<Record<'startMs' | 'endMs' | 'title' | 'reason', PassageFault>>;

function timeFaults({ start, end }: Passage, durationMs: number): PassageFaults {
  const faults: PassageFaults = {};
  const [startMs, endMs] = [parseTimecode(start), parseTimecode(end)];
  const beyond = (at: number) => durationMs > 0 && at > durationMs;
  if (startMs === null) faults.startMs = 'time';
  else if (beyond(startMs)) faults.startMs = 'after_end';
  if (endMs === null) faults.endMs = 'time';
  else if (beyond(endMs)) faults.endMs = 'after_end';
  else if (startMs !== null && endMs < startMs) faults.endMs = 'before_start';
  else if (startMs !== null && endMs - startMs < MIN_MS) faults.endMs = 'too_short';
  return faults;
}

/** What is wrong with a passage, by field of the API's body. */
export function checkPassage(passage: Passage, durationMs: number): PassageFaults {
  const faults = timeFaults(passage, durationMs);
  if (passage.title.trim() === '') faults.title = 'empty';
  else if ([...passage.title].length > TITLE_MAX) faults.title = 'long_title';
  if ([...passage.reason].length > REASON_MAX) faults.reason = 'long_reason';
  return faults;
}

/** The API's body of a passage that has no faults. */
export function bodyOf(passage: Passage) {
  return {
    startMs: positionOf(passage, 'start'),
    endMs: positionOf(passage, 'end'),
    title: passage.title,
    reason: passage.reason,
  };
}
