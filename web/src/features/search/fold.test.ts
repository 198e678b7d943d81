import { describe, expect, it } from 'vitest';
import { has, wordsOf } from './fold';

// The same cases as review/search_test.go: what the browser filters and the server finds is the same.
describe('words', () => {
  const texts = ['Één keer WACHTEN helpt', 'cafe\u0301 in de straat', 'STRASSE en ﬁets'];
  it.each([
    ['een wachten', 1],
    ['wacht', 1],
    ['WACHTEN Eén', 1],
    ['een straat', 0],
    ['café', 1],
    ['CAFE', 1],
    ['straße', 1],
    ['fiets', 1],
    ['stra', 2],
    ['niets', 0],
    ['%', 0],
    ['  ', 3],
  ])('%s are in %i of the texts', (query, count) => {
    expect(texts.filter((text) => has(wordsOf(query), [text]))).toHaveLength(count);
  });
});
