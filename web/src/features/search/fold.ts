/** A text as it is compared: without case and accents, as the server does (review/searchtext.go). */
export function fold(text: string): string {
  return text
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '');
}

/** The words of a query, folded. */
export function wordsOf(query: string): string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether every word occurs in one of the texts. */
export function has(words: readonly string[], texts: readonly string[]): boolean {
  const all = fold(texts.join('\n'));
  return words.every((word) => all.includes(word));
}
