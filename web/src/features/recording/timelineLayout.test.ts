import { describe, expect, it } from 'vitest';
import { folded, inSight, type Mark, neighbour, type Sign, signsOf, strokes, ticks } from './timelineLayout';

const mark = (id: string, startMs: number, endMs?: number): Mark => ({
  id,
  startMs,
  endMs,
  label: id,
  kind: 'question',
});

/** Numbers by chance that are the same in every run (Park and Miller). */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function manyMarks(seed: number, count: number): Mark[] {
  const random = chance(seed);
  return Array.from({ length: count }, (_, index) => {
    const start = random(3_600_000);
    return mark(String(index), start, random(3) === 0 ? start + random(60_000) : undefined);
  });
}

const seeds = Array.from({ length: 20 }, (_, index) => index * 977 + 7);
const idsOf = (signs: readonly Sign[]) => signs.flatMap(({ marks }) => marks.map(({ id }) => id)).sort();

describe('the ruler', () => {
  it.each([
    [0, 64_000, 10],
    [0, 600_000, 8],
    [0, 3_600_000, 12],
    [1_234_567, 1_244_567, 5],
  ])('has round ticks from %i to %i ms, at most about %i', (fromMs, toMs, most) => {
    const at = ticks(fromMs, toMs, most);
    expect(at.length).toBeGreaterThan(2);
    expect(at.length).toBeLessThanOrEqual(most + 1);
    expect(at[0]).toBeGreaterThanOrEqual(fromMs);
    expect(at.at(-1)).toBeLessThanOrEqual(toMs);
    for (const ms of at) expect(ms % 1000).toBe(0);
  });

  it('has none without a length', () => {
    expect(ticks(0, 0, 10)).toEqual([]);
  });
});

describe('the signs of a lane', () => {
  it.each(seeds)('begin far enough apart, and every mark is in exactly one (%i)', (seed) => {
    const marks = manyMarks(seed, 300);
    for (const minMs of [0, 900, 20_000, 4_000_000]) {
      const signs = signsOf(marks, minMs);
      expect(idsOf(signs)).toEqual(marks.map(({ id }) => id).sort());
      signs.forEach((sign, index) => {
        const next = signs[index + 1];
        if (next) expect(next.startMs - sign.startMs).toBeGreaterThanOrEqual(minMs);
        for (const { startMs, endMs } of sign.marks) {
          expect(startMs).toBeGreaterThanOrEqual(sign.startMs);
          expect(startMs - sign.startMs).toBeLessThan(Math.max(1, minMs));
          expect(sign.endMs).toBeGreaterThanOrEqual(endMs ?? startMs);
        }
      });
    }
  });

  it.each(seeds)('are the same in whatever order the marks come (%i)', (seed) => {
    const marks = manyMarks(seed, 100);
    expect(signsOf([...marks].reverse(), 5000)).toEqual(signsOf(marks, 5000));
  });

  it.each(seeds)('keep the first one where it is, with its id, when one comes nearer (%i)', (seed) => {
    const marks = manyMarks(seed, 300);
    for (const sign of signsOf(marks, 20_000)) {
      const nearer = signsOf(sign.marks, 2000);
      expect(nearer[0]?.id).toBe(sign.id);
      expect(nearer[0]?.startMs).toBe(sign.startMs);
    }
  });

  it('stay few however many marks there are', () => {
    const width = 1200;
    const signs = signsOf(manyMarks(3, 2000), (28 / width) * 3_600_000);
    expect(signs.length).toBeLessThanOrEqual(width / 28 + 1);
  });

  it('that cannot be seen are not drawn, but an interval that reaches into sight is', () => {
    const signs = signsOf([mark('a', 0, 50_000), mark('b', 10_000), mark('c', 45_000), mark('d', 70_000)], 1);
    expect(inSight(signs, 40_000, 60_000).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

describe('the arrow keys on the timeline', () => {
  const lanes = [
    signsOf([mark('a', 0), mark('b', 10_000), mark('c', 30_000)], 1),
    [],
    signsOf([mark('x', 9000), mark('y', 29_000)], 1),
  ];
  it.each([
    ['b', 'ArrowRight', 'c'],
    ['b', 'ArrowLeft', 'a'],
    ['c', 'ArrowRight', undefined],
    ['c', 'Home', 'a'],
    ['a', 'End', 'c'],
    ['c', 'ArrowDown', 'y'],
    ['a', 'ArrowDown', 'x'],
    ['y', 'ArrowUp', 'c'],
    ['y', 'ArrowDown', undefined],
  ])('lead from %s by %s to %s', (from, key, to) => {
    expect(neighbour(lanes, from, key)?.id).toBe(to);
  });

  it('reach every sign of a lane', () => {
    const signs = signsOf(manyMarks(11, 200), 3000);
    let reached = 1;
    for (let at = signs[0]; at; reached++) {
      const next: Sign | undefined = neighbour([signs], at.id, 'ArrowRight');
      if (!next) break;
      at = next;
    }
    expect(reached).toBe(signs.length);
  });
});

describe('on a narrow screen', () => {
  const lanes = [
    { id: 'moments', label: 'm', marks: [mark('a', 0)] },
    { id: 'own', label: 'o', marks: [mark('b', 5)] },
  ];
  it('all lanes are one, or one of them is chosen', () => {
    expect(folded(lanes, '', 'Alles')).toEqual([
      { id: 'all', label: 'Alles', marks: [mark('a', 0), mark('b', 5)] },
    ]);
    expect(folded(lanes, 'own', 'Alles')).toEqual([lanes[1]]);
  });

  it('a lane that is gone again shows all', () => {
    expect(folded(lanes, 'gone', 'Alles')[0]?.marks).toHaveLength(2);
  });
});

describe('the overview', () => {
  it('draws at most one stroke per unit of its width', () => {
    const path = strokes([{ id: 'all', label: '', marks: manyMarks(5, 5000) }], 3_600_000);
    expect(path.match(/M/g)?.length).toBeLessThanOrEqual(1001);
    expect(strokes([], 1000)).toBe('');
  });
});
