import { describe, expect, it } from 'vitest';
import { fromWall, toWall } from './wall';

describe('Dutch wall time', () => {
  it.each([
    ['2026-11-03T10:15', '2026-11-03T09:15:00.000Z'],
    ['2026-07-01T10:15', '2026-07-01T08:15:00.000Z'],
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is %s', (wall, utc) => {
    expect(fromWall(wall)?.toISOString()).toBe(utc);
    expect(toWall(new Date(utc))).toBe(wall);
  });

  it('takes the first of the hour that comes twice', () => {
    expect(fromWall('2026-10-25T02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it.each(['', '2026-11-03', 'x'])('is nothing for "%s"', (wall) => {
    expect(fromWall(wall)).toBeNull();
  });

  it('goes there and back for every hour of a year but the repeated one', () => {
    for (let hour = 0; hour < 365 * 24; hour += 7) {
      const moment = new Date(Date.UTC(2026, 0, 1, hour));
      if (moment.toISOString() === '2026-10-25T01:00:00.000Z') continue;
      expect(fromWall(toWall(moment))?.getTime()).toBe(moment.getTime());
    }
  });
});
