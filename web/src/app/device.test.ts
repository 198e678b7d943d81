import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');
const components = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'),
);

// To bring back a tab Chrome writes what is typed in a form to its disk, unless the form says so.
it('no form lets the browser keep what is typed in it', () => {
  const keeping = components.filter((name) =>
    /<form\b(?!\s+autoComplete="off")/.test(readFileSync(join(SRC, name), 'utf8')),
  );
  expect(keeping).toEqual([]);
});
