import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name),
);

function room(path: string): string {
  const parts = path.split(sep);
  return parts[0] === 'features' ? `features/${parts[1]}` : (parts[0] ?? '');
}

function imports(path: string): string[] {
  const text = readFileSync(join(SRC, path), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target]) =>
    relative(SRC, resolve(SRC, dirname(path), target ?? '')),
  );
}

const lower = new Set(['api', 'ui', 'time', 'locales']);

describe('the rooms of the front end', () => {
  it.each(files.filter((path) => path.startsWith('features')))(
    '%s imports no other feature and not the app',
    (path) => {
      const others = imports(path)
        .map(room)
        .filter((other) => other !== room(path) && !lower.has(other));
      expect(others).toEqual([]);
    },
  );

  it.each(files.filter((path) => lower.has(room(path))))('%s knows no feature and not the app', (path) => {
    expect(
      imports(path)
        .map(room)
        .filter((other) => !lower.has(other)),
    ).toEqual([]);
  });
});
