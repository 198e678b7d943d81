import { describe, expect, it } from 'vitest';
import { askedNow } from './prompt';

describe('what a note is asked for', () => {
  it('is nothing in particular before the viewer begins', () => {
    expect(askedNow({})).toBeUndefined();
    expect(askedNow({ begin: 'well' })).toBeUndefined();
  });

  it.each([
    ['touched', 'feeling'],
    ['well', 'strength'],
    [undefined, 'observation'],
  ] as const)('is recall first: who begins with %s begins with a %s', (begin, kind) => {
    const asked = askedNow({ phase: 'recall', ...(begin && { begin }) });
    expect(asked?.question).toBe('recall');
    expect(asked?.kinds[0]).toBe(kind);
    expect(new Set(asked?.kinds).size).toBe(asked?.kinds.length);
  });

  it('is never what could be otherwise while recalling, and first of all that when reflecting', () => {
    for (const begin of ['touched', 'well'] as const) {
      expect(askedNow({ phase: 'recall', begin })?.kinds).not.toContain('alternative');
      expect(askedNow({ phase: 'reflection', begin })).toMatchObject({
        question: 'reflection',
        kinds: expect.arrayContaining(['strength', 'feeling']),
      });
      expect(askedNow({ phase: 'reflection', begin })?.kinds[0]).toBe('alternative');
    }
  });
});
