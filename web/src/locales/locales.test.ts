import { describe, expect, it } from 'vitest';
import { resources } from '.';

function flatten(value: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(flatten(inner, `${prefix}${key}.`))
        : [[`${prefix}${key}`, String(inner)]],
    ),
  );
}

const nl = flatten(resources.nl);
const en = flatten(resources.en);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

/** Words that mean nothing to people at a desk, and are never on the screen (screens.md). */
const jargon = /\b(consent|upload|recording|token|annotati\w*|file|error|server|cookie|sessie-?id)\b/i;

describe('the texts', () => {
  it('have the same keys in Dutch and English', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  });

  it('are all filled in', () => {
    const empty = [...Object.entries(nl), ...Object.entries(en)].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it.each(Object.keys(nl))('%s has the same blanks in both languages', (key) => {
    expect(placeholders(en[key] ?? '')).toEqual(placeholders(nl[key] ?? ''));
  });

  it('use no jargon in Dutch', () => {
    expect(Object.entries(nl).filter(([, text]) => jargon.test(text))).toEqual([]);
  });

  it('say "je" to colleagues, never "u"', () => {
    expect(Object.entries(nl).filter(([, text]) => /\b(u|uw)\b/i.test(text))).toEqual([]);
  });
});
