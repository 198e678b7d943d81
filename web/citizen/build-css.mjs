// Builds dist/citizen.css: the rules of the design system's components that the
// templates use, the design tokens that those rules use, and citizen.css. The
// whole bundle and token file are ten times what a citizen's page may weigh.
//
//   npm run citizen-css        (in web)
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

// In the order in which the design system's own bundle has them.
const components = [
  'document', 'alert', 'button', 'checkbox', 'form-field', 'form-field-error-message', 'form-fieldset',
  'form-label', 'heading-1', 'heading-2', 'link', 'page-footer', 'paragraph', 'skip-link', 'textbox',
];
const tokens = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';

/** Every class name that stands in a template. */
function usedClasses() {
  const folder = join(here, 'templates');
  const markup = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const classes = new Set();
  for (const [, value] of markup.matchAll(/class="([^"]*)"/g)) {
    for (const name of value.replace(/\{\{[^}]*\}\}/g, ' ').split(/\s+/)) classes.add(name);
  }
  return classes;
}

/** States that no element of these pages is ever in. */
const neverStates = /:disabled|:indeterminate|:read-only|::placeholder|:visited|\[aria-(disabled|pressed|busy)/;

/** Drops selectors that no element of a template can match, and rules without selectors. */
function prune(root, classes) {
  const used = (selector) => {
    const positive = selector.replace(/:not\([^)]*\)/g, '');
    if (neverStates.test(positive)) return false;
    return [...positive.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].every(([, name]) => classes.has(name));
  };
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    rule.selectors = rule.selectors.filter(used);
    if (rule.selector === '') rule.remove();
  });
}

function dropEmpty(root) {
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
}

/** Splits `var(--name, fallback)` at `start`, where "var(" stands; fallback may be undefined. */
function readVar(value, start) {
  let depth = 0;
  let comma = -1;
  for (let i = start + 3; i < value.length; i++) {
    if (value[i] === '(') depth++;
    if (value[i] === ',' && depth === 1 && comma < 0) comma = i;
    if (value[i] === ')' && --depth === 0) {
      const name = value.slice(start + 4, comma < 0 ? i : comma).trim();
      return { name, fallback: comma < 0 ? undefined : value.slice(comma + 1, i).trim(), end: i + 1 };
    }
  }
  throw new Error(`unbalanced: ${value}`);
}

/** A value without the variables that nobody sets; undefined when nothing is left of it. */
function fold(value, isSet) {
  let folded = '';
  let rest = 0;
  for (let at = value.indexOf('var('); at >= 0; at = value.indexOf('var(', rest)) {
    const { name, fallback, end } = readVar(value, at);
    const inner = fallback === undefined ? undefined : fold(fallback, isSet);
    folded += value.slice(rest, at);
    if (isSet(name)) folded += inner === undefined ? `var(${name})` : `var(${name},${inner})`;
    else if (inner === undefined) return undefined;
    else folded += inner;
    rest = end;
  }
  return folded + value.slice(rest);
}

/** Folds until nothing changes: what reads only unset variables goes, and what nobody reads. */
function foldAll(root, tokenNames) {
  for (let changed = true; changed; ) {
    changed = false;
    const set = new Set(tokenNames);
    const read = new Set();
    root.walkDecls((declaration) => {
      set.add(declaration.prop);
      for (const name of reads(declaration.value)) read.add(name);
    });
    for (const value of tokenValues.values()) for (const name of reads(value)) read.add(name);
    root.walkDecls((declaration) => {
      const unread = declaration.prop.startsWith('--') && !read.has(declaration.prop) && !tokenValues.has(declaration.prop);
      const folded = unread ? undefined : fold(declaration.value, (name) => set.has(name));
      if (folded === declaration.value) return;
      changed = true;
      if (folded === undefined) declaration.remove();
      else declaration.value = folded;
    });
  }
}

/** The names of all variables that a value reads, fallbacks too. */
const reads = (value) => [...value.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);

/** The tokens that the rules read, with the tokens that those read. */
function neededTokens(root) {
  const needed = new Map();
  const wanted = [];
  root.walkDecls((rule) => wanted.push(...reads(rule.value)));
  while (wanted.length > 0) {
    const name = wanted.pop();
    if (needed.has(name) || !tokenValues.has(name)) continue;
    needed.set(name, tokenValues.get(name));
    wanted.push(...reads(tokenValues.get(name)));
  }
  const sorted = [...needed].sort(([a], [b]) => (a < b ? -1 : 1));
  return `.voorbeeld-theme{${sorted.map(([name, value]) => `${name}:${value}`).join(';')}}`;
}

/**
 * Writes out the tokens that no rule sets anew: a chain of names becomes the
 * value at its end, and most of the sheet's weight goes.
 */
function inline(root) {
  const own = new Set();
  root.walkDecls((declaration) => {
    if (declaration.prop.startsWith('--')) own.add(declaration.prop);
  });
  const write = (value) => {
    let written = '';
    let rest = 0;
    for (let at = value.indexOf('var('); at >= 0; at = value.indexOf('var(', rest)) {
      const { name, fallback, end } = readVar(value, at);
      written += value.slice(rest, at);
      if (tokenValues.has(name) && !own.has(name)) written += write(tokenValues.get(name));
      else written += fallback === undefined ? `var(${name})` : `var(${name},${write(fallback)})`;
      rest = end;
    }
    return written + value.slice(rest);
  };
  root.walkDecls((declaration) => {
    declaration.value = write(declaration.value);
  });
  for (const [name, value] of tokenValues) tokenValues.set(name, write(value));
}

/** One rule on a line, nothing that a browser does not need. */
function compact(root) {
  root.walk((node) => {
    node.raws = node.type === 'decl'
      ? { before: '', between: ':', important: node.important ? '!important' : undefined }
      : { before: '\n', between: '', after: '', afterName: ' ', semicolon: false };
    if (node.type === 'decl') node.value = node.value.replace(/\s+/g, ' ').replace(/\(\s+/g, '(').replace(/\s+\)/g, ')');
    if (node.type === 'rule') node.selector = node.selectors.join(',');
  });
  return root.toString();
}

const tokenValues = new Map();
postcss.parse(readFileSync(require.resolve(tokens), 'utf8')).walkDecls((token) => {
  tokenValues.set(token.prop, token.value.replace(/\s+/g, ' '));
});

const design = components.map((name) => readFileSync(require.resolve(`@utrecht/${name}-css/dist/index.css`), 'utf8'));
const root = postcss.parse(design.join('\n'));
prune(root, usedClasses());
root.append(postcss.parse(readFileSync(join(here, 'citizen.css'), 'utf8')));
root.walkComments((comment) => comment.remove());
foldAll(root, [...tokenValues.keys()]);
inline(root);
dropEmpty(root);

const header = '/* EUPL-1.2. NL Design System: Gemeente Utrecht, Frameless B.V., NL Design System Community. */\n';
const sheet = `${header}${neededTokens(root)}${compact(root)}\n`;
mkdirSync(join(here, 'dist'), { recursive: true });
writeFileSync(join(here, 'dist', 'citizen.css'), sheet);
process.stdout.write(`citizen.css: ${Buffer.byteLength(sheet)} bytes\n`);
