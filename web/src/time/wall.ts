/** Conversations are held in the Netherlands, wherever the browser thinks it is. */
export const ZONE = 'Europe/Amsterdam';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function wallParts(date: Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** A moment as the value of an <input type="datetime-local">, in Dutch wall time. */
export function toWall(date: Date): string {
  const p = wallParts(date);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

function offsetAt(date: Date): number {
  const p = wallParts(date);
  const asUtc = Date.UTC(
    Number(p.year),
    Number(p.month) - 1,
    Number(p.day),
    Number(p.hour),
    Number(p.minute),
    Number(p.second),
  );
  return asUtc - Math.floor(date.getTime() / 1000) * 1000;
}

/** The moment of a wall time; null when it is incomplete. In the repeated hour of October: the first. */
export function fromWall(value: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return null;
  const naive = Date.parse(`${value.slice(0, 16)}:00Z`);
  if (Number.isNaN(naive)) return null;
  // The offset before and after a change of the clock may differ: try the larger first.
  const before = offsetAt(new Date(naive - 3 * 3600_000));
  const first = new Date(naive - before);
  return toWall(first) === value.slice(0, 16) ? first : new Date(naive - offsetAt(first));
}
