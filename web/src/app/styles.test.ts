import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const STYLES = join(import.meta.dirname, 'styles');

// With one such rule every change anywhere has the browser work out the style of the whole page: ui/useShowing.
test('no style of the frame of the page depends on what is somewhere in it', () => {
  const files = readdirSync(STYLES).filter((name) => name.endsWith('.css'));
  expect(files.length).toBeGreaterThan(5);
  const found = files.flatMap((name) => {
    const rules = readFileSync(join(STYLES, name), 'utf8').match(
      /^.*(?:html|body|:root|\.vs-main)\S*:has\(.*$/gm,
    );
    return (rules ?? []).map((rule) => `${name}: ${rule.trim()}`);
  });
  expect(found).toEqual([]);
});
