import { describe, expect, it } from 'vitest';
import type { Draft } from './draft';
import type { Contribution } from './types';
import { begunAt, checkPiece, marked, type Place, pieceOf, placeOf, whereOf } from './where';

/** A fragment of 30 s, from 10 s of its recording; the film is so far in it. */
const at = (ms: number, n = 1): Place => ({
  n,
  now: () => 10_000 + ms,
  shown: (recorded) => recorded - 10_000,
  recorded: (shown) => shown + 10_000,
  lengthMs: 30_000,
});

const draft = (more: Partial<Draft> = {}): Draft => ({
  kind: null,
  body: 'Hier',
  here: true,
  startMs: 14_000,
  piece: null,
  n: 1,
  draftId: '0',
  lost: false,
  ...more,
});

const piece = (start: string, end: string, n = 1) => ({ n, start, end });

describe('what one writes', () => {
  it('belongs to the moment of its first letter, unless one wants none', () => {
    expect(whereOf(draft(), at(9000))).toEqual({ n: 1, startMs: 14_000 });
    expect(whereOf(draft({ here: false }), at(9000))).toEqual({ n: 1 });
    expect(whereOf(draft(), undefined)).toEqual({});
  });

  it('belongs to now, when another film is on than at its first letter', () => {
    expect(whereOf(draft(), at(9000, 2))).toEqual({ n: 2, startMs: 19_000 });
  });

  it('belongs to a piece that was marked, in time of the recording', () => {
    expect(whereOf(draft({ piece: piece('0:02', '0:07.5') }), at(0))).toEqual({
      n: 1,
      startMs: 12_000,
      endMs: 17_500,
    });
    expect(whereOf(draft({ piece: piece('0:02', ' ') }), at(0))).toEqual({ n: 1, startMs: 12_000 });
    expect(whereOf(draft({ piece: piece('0:02', '0:07'), here: false }), at(0))).toEqual({ n: 1 });
  });

  it('has no piece of a film that is not on', () => {
    expect(pieceOf(draft({ piece: piece('0:02', '0:07') }), at(0, 2))).toBeNull();
  });

  it('has the place of what it answers', () => {
    const marked = { piece: piece('0:02', '0:07') };
    expect(whereOf(draft({ ...marked, answers: { id: 'q', body: '' } }), at(0))).toEqual({ parentId: 'q' });
  });

  it('that was written before goes to another place, or to none', () => {
    const changes = { id: 'c', version: 1, placed: true, hereBefore: true };
    expect(whereOf(draft({ changes }), at(9000))).toEqual({ at: { startMs: 14_000 } });
    expect(whereOf(draft({ changes, piece: piece('0:02', '0:07') }), at(0))).toEqual({
      at: { startMs: 12_000, endMs: 17_000 },
    });
    expect(whereOf(draft({ changes, here: false }), at(0))).toEqual({ at: {} });
  });

  it('keeps its place when its film is not on, now or when one began to change it', () => {
    const changes = { id: 'c', version: 1, placed: true, hereBefore: true };
    expect(whereOf(draft({ changes }), at(0, 2))).toEqual({});
    expect(whereOf(draft({ changes }), undefined)).toEqual({});
    expect(whereOf(draft({ changes: { ...changes, placed: false } }), at(0))).toEqual({});
  });

  it('stands in the composer where it was written', () => {
    const written = { startMs: 12_000, endMs: 17_500 } as Contribution;
    expect(placeOf(written, at(0))).toEqual({
      here: true,
      startMs: 12_000,
      piece: piece('0:02', '0:07.500'),
    });
    expect(placeOf({ startMs: 12_000 } as Contribution, at(0))).toEqual({
      here: true,
      startMs: 12_000,
      piece: null,
    });
    expect(placeOf({} as Contribution, at(0))).toEqual({ here: false, startMs: null, piece: null });
  });
});

describe('a piece', () => {
  it('begins at the moment that is written about', () => {
    expect(begunAt(draft(), at(9000))).toEqual(piece('0:04', ''));
    expect(begunAt(draft({ startMs: null, n: null }), at(9250))).toEqual(piece('0:09.250', ''));
  });

  it('is marked from its begin to its end', () => {
    const begun = marked(draft(), at(6000), 'start');
    expect(begun).toEqual(piece('0:06', ''));
    expect(marked(draft({ piece: begun }), at(8000), 'end')).toEqual(piece('0:06', '0:08'));
  });

  it('of which only the end was marked is what one just saw', () => {
    expect(marked(draft(), at(8000), 'end')).toEqual(piece('0:03', '0:08'));
    expect(marked(draft(), at(2000), 'end')).toEqual(piece('0:00', '0:02'));
  });

  it('lets its other side go when that would lie the wrong way round', () => {
    const one = draft({ piece: piece('0:06', '0:08') });
    expect(marked(one, at(9000), 'start')).toEqual(piece('0:09', ''));
    expect(marked(one, at(7000), 'start')).toEqual(piece('0:07', '0:08'));
    expect(marked(one, at(5500), 'end')).toEqual(piece('0:00.500', '0:05.500'));
  });

  it('says at which side it is wrong', () => {
    expect(checkPiece(piece('0:02', '0:07'), at(0))).toEqual({});
    expect(checkPiece(piece('0:02', ''), at(0))).toEqual({});
    expect(checkPiece(piece('straks', 'zo'), at(0))).toEqual({ start: 'time', end: 'time' });
    expect(checkPiece(piece('0:31', '0:40'), at(0))).toEqual({ start: 'outside', end: 'outside' });
    expect(checkPiece(piece('0:09', '0:07'), at(0))).toEqual({ end: 'before_start' });
    expect(checkPiece(piece('9:00', '9:01'), { ...at(0), lengthMs: Number.POSITIVE_INFINITY })).toEqual({});
  });
});
