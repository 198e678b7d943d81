import { describe, expect, it } from 'vitest';
import { type Mark, placeMarks, ticks } from './timelineLayout';

const mark = (id: string, startMs: number, endMs?: number): Mark => ({
  id,
  startMs,
  endMs,
  label: id,
  kind: 'question',
});

describe('the timeline', () => {
  it.each([
    [64_000, 10],
    [600_000, 8],
    [3_600_000, 12],
    [10_000, 4],
  ])('has round ticks for %i ms, at most about %i', (durationMs, most) => {
    const at = ticks(durationMs, most);
    expect(at[0]).toBe(0);
    expect(at.length).toBeGreaterThan(2);
    expect(at.length).toBeLessThanOrEqual(most + 1);
    expect(at.at(-1)).toBeLessThanOrEqual(durationMs);
  });

  it('has none without a length', () => {
    expect(ticks(0, 10)).toEqual([]);
  });

  it('puts what overlaps on lanes of its own, and what follows on the first again', () => {
    const placed = placeMarks([mark('a', 0, 5000), mark('b', 3000), mark('c', 6000, 9000)], 1000);
    expect(placed.map(({ id, lane }) => [id, lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
  });

  it('never lets two marks of one lane touch', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const marks = Array.from({ length: 200 }, (_, index) => {
      const start = random(60_000);
      return mark(String(index), start, random(2) ? start + random(5000) : undefined);
    });
    const placed = placeMarks(marks, 800);
    for (const a of placed) {
      for (const b of placed) {
        if (a === b || a.lane !== b.lane || a.startMs > b.startMs) continue;
        expect(Math.max(a.endMs ?? 0, a.startMs + 800)).toBeLessThanOrEqual(b.startMs);
      }
    }
  });
});
