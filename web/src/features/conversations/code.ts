/** 13 digits as people read them out: 123 456 789 0123. The last group takes what is left. */
export function groupCode(code: string): string {
  const groups: string[] = [];
  let rest = code;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...groups, rest].join(' ');
}
