import { describe, expect, it } from 'vitest';
import { bodyOf, checkPassage, moved, type Passage, passageAt, REASON_MAX, TITLE_MAX } from './passage';

const FILM = 60_000;
const passage = (change: Partial<Passage> = {}): Passage => ({
  start: '0:05',
  end: '0:09',
  title: 'Stil',
  reason: '',
  ...change,
});

describe('choosing a part', () => {
  it.each([
    ['around now', 30_000, null, '0:25', '0:35'],
    ['at the beginning', 1000, null, '0:00', '0:06'],
    ['at the end', 60_000, null, '0:55', '1:00'],
    ['of the marked interval', 30_000, { startMs: 2250, endMs: 4500 }, '0:02.250', '0:04.500'],
    ['of an interval that is too short', 0, { startMs: 59_900, endMs: 60_000 }, '0:59', '1:00'],
  ])('%s', (_what, now, marked, start, end) => {
    expect(passageAt(now, marked, FILM)).toMatchObject({ start, end });
  });

  it.each([
    ['start', 6100, '0:06.100', '0:09'],
    ['start', 20_000, '0:08', '0:09'],
    ['start', -5, '0:00', '0:09'],
    ['end', 5500, '0:05', '0:06'],
    ['end', 99_000, '0:05', '1:00'],
  ] as const)('%s moved to %i keeps the part whole', (side, to, start, end) => {
    expect(moved(passage(), side, to, FILM)).toMatchObject({ start, end });
  });
});

describe('a part being typed', () => {
  it.each([
    ['without a name', { title: ' ' }, { title: 'empty' }],
    ['with a long name', { title: 'x'.repeat(TITLE_MAX + 1) }, { title: 'long_title' }],
    ['with a long reason', { reason: 'x'.repeat(REASON_MAX + 1) }, { reason: 'long_reason' }],
    ['of half a second', { end: '0:05.500' }, { endMs: 'too_short' }],
    ['backwards', { end: '0:04' }, { endMs: 'before_start' }],
    ['beyond the film', { end: '1:01' }, { endMs: 'after_end' }],
    ['with no times', { start: 'a', end: '' }, { startMs: 'time', endMs: 'time' }],
  ])('%s is refused', (_what, change, faults) => {
    expect(checkPassage(passage(change), FILM)).toEqual(faults);
  });

  it('of exactly the most is fine', () => {
    const most = passage({ end: '0:06', title: '😀'.repeat(TITLE_MAX), reason: '😀'.repeat(REASON_MAX) });
    expect(checkPassage(most, FILM)).toEqual({});
    expect(bodyOf(most)).toMatchObject({ startMs: 5000, endMs: 6000 });
  });
});
