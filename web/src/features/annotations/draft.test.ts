import { describe, expect, it } from 'vitest';
import { currentNote } from './current';
import { BODY_MAX, checkDraft, type Draft, emptyDraft, noteOf } from './draft';

const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft(5000), body: 'x', ...change });

describe('a note being typed', () => {
  it.each([
    ['without words', { body: '  ' }, { body: 'empty' }],
    ['that is too long', { body: 'x'.repeat(BODY_MAX + 1) }, { body: 'too_long' }],
    ['with no time', { start: 'soon' }, { startMs: 'time' }],
    ['before the film', { start: '-1' }, { startMs: 'time' }],
    ['after the film', { start: '2:00' }, { startMs: 'after_end' }],
    ['that ends after the film', { end: '2:00' }, { endMs: 'after_end' }],
    ['that ends before it begins', { end: '0:04' }, { endMs: 'end_before_start' }],
    [
      'with everything wrong',
      { start: 'a', end: 'b', body: '' },
      { startMs: 'time', endMs: 'time', body: 'empty' },
    ],
  ] as const)('%s is refused, all faults at once', (_what, change, faults) => {
    expect(checkDraft(draft(change), 60_000)).toEqual(faults);
  });

  it.each([
    ['a moment', {}],
    ['an interval', { end: '0:09' }],
    ['at the very end', { start: '1:00' }],
    ['a touching moment without words', { kind: 'moment', body: '' }],
    ['of exactly the most', { body: '😀'.repeat(BODY_MAX) }],
  ] as const)('%s is fine', (_what, change) => {
    expect(checkDraft(draft(change), 60_000)).toEqual({});
  });

  it('may lie anywhere while the film’s length is unknown', () => {
    expect(checkDraft(draft({ start: '99:00' }), 0)).toEqual({});
  });

  it('becomes what the API takes', () => {
    expect(noteOf(draft({ start: '0:05.250', end: '0:09' }))).toMatchObject({ startMs: 5250, endMs: 9000 });
    expect(noteOf(draft({ end: '0:05' }))).toMatchObject({ startMs: 5000, endMs: null });
  });
});

describe('the note of the moment', () => {
  const notes = [
    { id: 'a', startMs: 5000 },
    { id: 'b', startMs: 12_000, endMs: 24_000 },
    { id: 'c', startMs: 20_000 },
  ];
  it.each([
    [0, null],
    [5000, 'a'],
    [8999, 'a'],
    [9000, null],
    [12_000, 'b'],
    [20_000, 'c'],
    [23_999, 'c'],
    [24_000, null],
  ])('at %i ms is %s', (at, id) => {
    expect(currentNote(notes, at)).toBe(id);
  });
});
