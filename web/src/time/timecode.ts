const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/**
 * A position in a film as people type it: 0:07, 12:34, 1:02:03.
 * With precise, milliseconds follow when there are any: 0:07.250.
 */
export function formatTimecode(ms: number, precise = false): string {
  const position = Math.max(0, precise ? Math.round(ms) : Math.floor(ms / SECOND) * SECOND);
  const hours = Math.floor(position / HOUR);
  const minutes = Math.floor((position % HOUR) / MINUTE);
  const seconds = Math.floor((position % MINUTE) / SECOND);
  const rest = position % SECOND;
  const tail = rest > 0 ? `.${pad(rest, 3)}` : '';
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(seconds)}${tail}`;
  return `${minutes}:${pad(seconds)}${tail}`;
}

const PATTERN = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,3}))?$/;

/** Reads 75, 1:15, 01:15.250 or 1:02:03 (a comma will do) as milliseconds; null when it is none of these. */
export function parseTimecode(text: string): number | null {
  const match = PATTERN.exec(text.trim());
  if (!match) return null;
  const [, hours, minutes, seconds, fraction] = match;
  const h = Number(hours ?? 0);
  const m = Number(minutes ?? 0);
  const s = Number(seconds);
  if (hours !== undefined && m > 59) return null;
  if (minutes !== undefined && s > 59) return null;
  return h * HOUR + m * MINUTE + s * SECOND + Number((fraction ?? '').padEnd(3, '0') || 0);
}
