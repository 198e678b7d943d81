import { describe, expect, it } from 'vitest';
import { contribution, sessionFor } from './sessionForTest';
import { byStep, forEveryone, justRevealed, onScreen } from './shown';

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('what was written', () => {
  const all = [contribution('a', { n: 1 }), contribution('b', { n: 2 }), contribution('c')];

  it('about a fragment that closed is not on the screen, whatever came first', () => {
    expect(ids(onScreen(all, [1, 2]))).toEqual(['a', 'b', 'c']);
    expect(ids(onScreen(all, [2]))).toEqual(['b', 'c']);
    expect(ids(onScreen(all, []))).toEqual(['c']);
  });

  it('in a blind step is on no screen that everyone sees, not even of who is signed in there', () => {
    const own = [
      contribution('blind', { step: 2 }),
      contribution('before', { step: -1 }),
      contribution('open', { step: 1 }),
    ];
    expect(ids(forEveryone(own, sessionFor({ step: 2 })))).toEqual(['open']);
    expect(ids(forEveryone(own, sessionFor({ step: 2, revealed: [-1, 2] })))).toEqual([
      'blind',
      'before',
      'open',
    ]);
  });

  it('stands under its step, the newest first, in the order of the film', () => {
    const groups = byStep([
      contribution('late', { step: 1, startMs: 9000 }),
      contribution('newest', { step: 2 }),
      contribution('early', { step: 1, startMs: 2000 }),
    ]);
    expect(groups.map(({ step, items }) => [step, ids(items)])).toEqual([
      [2, ['newest']],
      [1, ['early', 'late']],
    ]);
  });
});

describe('a reveal', () => {
  it('is new once, and nothing that was so when one came', () => {
    const before = sessionFor({ revealed: [-1] });
    expect(justRevealed(undefined, before)).toEqual([]);
    expect(justRevealed(before, sessionFor({ revealed: [-1, 2] }))).toEqual([2]);
    expect(justRevealed(before, before)).toEqual([]);
    expect(justRevealed(sessionFor({ id: 'other' }), before)).toEqual([]);
  });
});
