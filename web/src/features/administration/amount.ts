const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const GIGABYTE = 1_000_000_000;
const MEGABYTE = 1_000_000;

function unit(language: string, value: number, name: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(value);
}

/** A duration in the largest unit that leaves nothing over. */
export function duration(language: string, seconds: number): string {
  if (seconds >= 2 * DAY && seconds % DAY === 0) return unit(language, seconds / DAY, 'day');
  if (seconds >= HOUR && seconds % HOUR === 0) return unit(language, seconds / HOUR, 'hour');
  if (seconds >= MINUTE && seconds % MINUTE === 0) return unit(language, seconds / MINUTE, 'minute');
  return unit(language, seconds, 'second');
}

export function size(language: string, bytes: number): string {
  return bytes >= GIGABYTE
    ? unit(language, bytes / GIGABYTE, 'gigabyte')
    : unit(language, bytes / MEGABYTE, 'megabyte');
}
