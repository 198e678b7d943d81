import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../api/types';
import { lanesOf } from './noteLanes';

const note = (id: string, author: string, kind: Annotation['kind'] = 'observation') =>
  ({ id, startMs: 0, kind, author: { id: author, name: author.toUpperCase() } }) as Annotation;

const mark = ({ id, kind }: Annotation) => ({ id, startMs: 0, label: id, kind });
const words = { moments: 'moments', own: 'own' };

describe('the lanes of the notes', () => {
  it('are the moments, then one’s own notes, then each other person by name', () => {
    const notes = [
      note('1', 'sem'),
      note('2', 'me'),
      note('3', 'bram', 'moment'),
      note('4', 'bram'),
      note('5', 'sem'),
    ];
    const lanes = lanesOf(notes, 'me', mark, words).map(({ label, marks }) => [
      label,
      marks.map(({ id }) => id),
    ]);
    expect(lanes).toEqual([
      ['moments', ['3']],
      ['own', ['2']],
      ['BRAM', ['4']],
      ['SEM', ['1', '5']],
    ]);
  });

  it('begin with an empty line for moments and one for one’s own notes', () => {
    expect(lanesOf([], 'me', mark, words).map(({ id }) => id)).toEqual(['moments', 'own']);
  });
});
