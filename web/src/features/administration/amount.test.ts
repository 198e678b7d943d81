import { describe, expect, it } from 'vitest';
import { duration, size } from './amount';

describe('amounts of settings', () => {
  it('says a duration in the largest unit that leaves nothing over', () => {
    expect(duration('nl', 60 * 24 * 3600)).toBe('60 dagen');
    expect(duration('nl', 72 * 3600)).toBe('3 dagen');
    expect(duration('nl', 36 * 3600)).toBe('36 uur');
    expect(duration('nl', 3660)).toBe('61 minuten');
    expect(duration('en', 3661)).toBe('3,661 seconds');
  });

  it('says a size in giga- or megabytes', () => {
    expect(size('nl', 12884901888)).toBe('12,9 gigabyte');
    expect(size('en', 1 << 20)).toBe('1 megabyte');
  });
});
