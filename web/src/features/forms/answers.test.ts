import { describe, expect, it } from 'vitest';
import { answerOf, momentOf, noAnswer, spanOf, withMoment, withoutMoment } from './answers';

describe('a moment that is typed', () => {
  it.each([
    ['1:15', { startMs: 75_000 }],
    [' 75 ', { startMs: 75_000 }],
    ['1:15 - 1:30', { startMs: 75_000, endMs: 90_000 }],
    ['0:05–0:05', { startMs: 5000 }],
  ])('%s is read', (text, moment) => {
    expect(momentOf(text, 120_000)).toEqual(moment);
  });

  it.each(['', 'nu', '1:75', '2:01', '1:30 - 1:15', '1:00 - 2:30', '1 - 2 - 3', '1:00 -'])(
    '%s is not read',
    (text) => {
      expect(momentOf(text, 120_000)).toBeNull();
    },
  );

  it('may lie anywhere in a film of unknown length', () => {
    expect(momentOf('59:00', 0)).toEqual({ startMs: 3_540_000 });
  });
});

describe('an answer', () => {
  it('keeps its moments in the order of the film, each once', () => {
    const later = withMoment(noAnswer, { startMs: 9000 });
    const both = withMoment(withMoment(later, { startMs: 1000, endMs: 2000 }), { startMs: 9000 });
    expect(both.moments.map(spanOf)).toEqual(['0:01 – 0:02', '0:09']);
    const [first = { startMs: 0 }] = both.moments;
    expect(withoutMoment(both, first).moments.map(spanOf)).toEqual(['0:09']);
  });

  it('is empty where none was given', () => {
    expect(answerOf({}, 'flow')).toEqual({ text: '', moments: [] });
  });
});
