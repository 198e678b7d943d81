import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');

function fileOf(path: string): string | undefined {
  return [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find(
    (name) => /\.tsx?$/.test(name) && existsSync(name),
  );
}

/** Everything that the first page brings along: what main.tsx imports, and that, but for what comes later. */
function reached(path: string, seen: Set<string>): Set<string> {
  const file = fileOf(path);
  if (!file || seen.has(file)) return seen;
  seen.add(file);
  // Types are erased; `import('…')` comes later.
  const text = readFileSync(file, 'utf8').replaceAll(/^import type [^;]*;/gm, '');
  for (const [, target] of text.matchAll(/(?:from|^import) '(\.[^']+)'/gm))
    reached(resolve(dirname(file), target ?? ''), seen);
  return seen;
}

const first = [...reached(join(SRC, 'main'), new Set())].map((file) => relative(SRC, file));

describe('the first page', () => {
  it('is that of signing in and of one’s own conversations', () => {
    expect(first).toContain('app/pages/SignInPage.tsx');
    expect(first).toContain('app/pages/MyConversationsPage.tsx');
  });

  it.each([
    'app/workspace',
    'app/together',
    'app/ten-minutes',
    'features/session-run',
    'features/administration',
    'features/register',
    'features/forms',
    'features/captions',
    'features/protocols',
  ])('brings nothing of %s along', (folder) => {
    expect(first.filter((file) => file.startsWith(`${folder}/`))).toEqual([]);
  });
});
