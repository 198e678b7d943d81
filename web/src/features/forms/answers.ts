import { formatTimecode, parseTimecode } from '../../time/timecode';

/** Where in the film something was seen. */
export interface Seen {
  startMs: number;
  endMs?: number;
}

/** What someone answered to one entry of a form. */
export interface Answer {
  text: string;
  moments: readonly Seen[];
}

/** Answers by the code of their entry; what was not answered is not there. */
export type Answers = Readonly<Record<string, Answer>>;

export const MAX_MOMENTS = 20;
export const noAnswer: Answer = { text: '', moments: [] };

export const answerOf = (answers: Answers, code: string): Answer => answers[code] ?? noAnswer;

export const spanOf = ({ startMs, endMs }: Seen): string =>
  endMs === undefined ? formatTimecode(startMs) : `${formatTimecode(startMs)} – ${formatTimecode(endMs)}`;

const order = (one: Seen, other: Seen) =>
  one.startMs - other.startMs || (one.endMs ?? one.startMs) - (other.endMs ?? other.startMs);

/** Adds a moment in the order of the film; the same one twice is one. */
export function withMoment(answer: Answer, moment: Seen): Answer {
  if (answer.moments.some((known) => order(known, moment) === 0)) return answer;
  return { ...answer, moments: [...answer.moments, moment].sort(order) };
}

export const withoutMoment = (answer: Answer, moment: Seen): Answer => ({
  ...answer,
  moments: answer.moments.filter((known) => known !== moment),
});

/**
 * Reads "1:15" or "1:15 - 1:30" as a moment of a film of durationMs (0 while unknown);
 * null when it is none, or lies outside the film.
 */
export function momentOf(text: string, durationMs: number): Seen | null {
  const [from = '', to, ...more] = text.split(/[-–—]/);
  const startMs = parseTimecode(from);
  const endMs = to === undefined ? undefined : parseTimecode(to);
  if (startMs === null || endMs === null || more.length > 0) return null;
  const last = endMs ?? startMs;
  if (last < startMs || (durationMs > 0 && last > durationMs)) return null;
  return endMs === undefined || endMs === startMs ? { startMs } : { startMs, endMs };
}
