import { describe, expect, it } from 'vitest';
import { bodyOf, checkDraft, codeOf, type DraftEntry, draftOf, emptyForm, moved, sameContent } from './draft';

const version = {
  version: 2,
  current: true,
  entries: [
    { code: 'flow', label: { nl: 'Flow' } },
    { code: 'lach', label: { nl: 'Een lach', en: 'A laugh' } },
  ],
};
const added = (nl: string): DraftEntry => ({ key: nl, code: '', kind: undefined, nl, en: '' });

describe('a draft of a list', () => {
  it('publishes what it was made from when nothing changed', () => {
    const draft = draftOf(version);
    expect(bodyOf(draft, 'moments', new Set())).toEqual({ current: true, entries: version.entries });
    expect(sameContent(draft, draftOf(version))).toBe(true);
  });

  it('gives a new entry a code that no version ever had, and an old one keeps its own', () => {
    const draft = draftOf(version);
    const entries = [
      ...draft.entries.map((e) => ({ ...e, nl: `${e.nl}!` })),
      added('Stilte'),
      added('Stilte '),
    ];
    const { entries: published } = bodyOf({ ...draft, entries }, 'moments', new Set(['stilte']));
    expect(published.map(({ code }) => code)).toEqual(['flow', 'lach', 'stilte-2', 'stilte-3']);
  });

  it.each([
    ['Één keer!', 'een-keer'],
    ['  7 tellen stil', 'tellen-stil'],
    ['…', 'item'],
    ['سؤال', 'item'],
    ['a'.repeat(60), 'a'.repeat(34)],
  ])('makes of the name %s the code %s', (name, code) => {
    expect(codeOf(name, new Set())).toBe(code);
  });

  it('moves an entry and never past an end', () => {
    const { entries } = draftOf(version);
    expect(moved(entries, 0, 1).map(({ code }) => code)).toEqual(['lach', 'flow']);
    expect(moved(entries, 0, -1)).toBe(entries);
    expect(moved(entries, 1, 1)).toBe(entries);
  });

  it('says what is wrong with every field at once', () => {
    const entries = [added(' '), added('Flow'), added('flow '), added('a'.repeat(61))];
    expect(checkDraft({ ...draftOf(version), entries }, 'codes')).toEqual({
      'entries[0].label.nl': 'required',
      'entries[2].label.nl': 'same',
      'entries[3].label.nl': 'too_long',
    });
    expect(checkDraft({ ...emptyForm(), lead: { nl: '', en: 'Read this' } }, 'form')).toEqual({
      'title.nl': 'required',
      'lead.nl': 'required',
      'entries[0].label.nl': 'required',
    });
  });

  it('leaves out what a form does not have', () => {
    const draft = { ...emptyForm(), title: { nl: 'Eerste minuut', en: ' ' } };
    const body = bodyOf(
      { ...draft, entries: [{ ...added('Hoe begon het?'), kind: 'question' }] },
      'form',
      new Set(),
    );
    expect(body).toEqual({
      title: { nl: 'Eerste minuut' },
      current: true,
      entries: [{ code: 'hoe-begon-het', kind: 'question', label: { nl: 'Hoe begon het?' } }],
    });
  });
});
