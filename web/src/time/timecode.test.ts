import { describe, expect, it } from 'vitest';
import { formatTimecode, parseTimecode } from './timecode';

describe('a typed time code', () => {
  it.each([
    ['75', 75_000],
    ['0:07', 7000],
    ['1:15', 75_000],
    ['01:15.250', 75_250],
    ['1:15,5', 75_500],
    ['1:02:03', 3_723_000],
    [' 2:00 ', 120_000],
    ['90:00', 5_400_000],
  ])('reads %s as %i ms', (text, ms) => {
    expect(parseTimecode(text)).toBe(ms);
  });

  it.each(['', 'x', '-1', '1:60', '1:60:00', '1:2:3:4', '1.2345', '1e3', '٣:٠٠', '1:'])(
    'refuses "%s"',
    (text) => {
      expect(parseTimecode(text)).toBeNull();
    },
  );

  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [61_000, '1:01'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('is written for %i ms as %s', (ms, text) => {
    expect(formatTimecode(ms)).toBe(text);
  });

  it('comes back the same when written precisely, for any position', () => {
    for (let ms = 0; ms < 8_000_000; ms += 12_347) {
      expect(parseTimecode(formatTimecode(ms, true))).toBe(ms);
    }
  });
});
