import { describe, expect, it } from 'vitest';
import { placeOf, written } from './places';

describe('where the film begins for a memory', () => {
  it.each([
    ['begin', 3_600_000, 0],
    ['middle', 3_600_000, 1_790_000],
    ['end', 3_600_000, 2_990_000],
    ['middle', 12_000, 0],
    ['end', 0, 0],
  ] as const)('at the %s of a film of %i ms it is %i', (part, durationMs, place) => {
    expect(placeOf(part, durationMs)).toBe(place);
  });

  it('is for lines with words only', () => {
    const kept = { text: 'zij keek weg', part: 'end' } as const;
    expect(written([{ text: ' ', part: 'begin' }, kept, { text: '', part: 'begin' }])).toEqual([kept]);
  });
});
