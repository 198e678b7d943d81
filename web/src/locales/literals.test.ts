import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'),
);

/** Attributes whose value people read or hear. */
const spoken = new Set([
  'aria-label',
  'aria-valuetext',
  'aria-description',
  'title',
  'alt',
  'placeholder',
  'label',
  'lead',
]);
const hasWords = (text: string) => /\p{L}/u.test(text);

function literals(path: string): string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(SRC, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && hasWords(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxExpression(node) &&
      node.expression &&
      ts.isStringLiteralLike(node.expression) &&
      ts.isJsxElement(node.parent) &&
      hasWords(node.expression.text)
    ) {
      found.push(node.expression.text);
    }
    if (
      ts.isJsxAttribute(node) &&
      spoken.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    ) {
      found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('components', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('%s holds no text of its own', (path) => {
    expect(literals(path)).toEqual([]);
  });
});
