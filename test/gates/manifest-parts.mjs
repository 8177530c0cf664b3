/**
 * The parts that an element's templates carry, for comparing them with the `@csspart` of its class comment. Follows the imports from the
 * element's own file, lazy ones included and types excluded, so that a shared template counts for each element that can show it.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../../demo/prepare.mjs';

/** Files where a part's name is computed from something else than a literal: how to read the names there. */
const computedParts = {
  // The last of a piece's class names.
  'src/element/shell.ts': (text) => [...text.matchAll(/\bmake\('\w+', '([^']+)'/g)].map(([, names]) => names.split(' ').at(-1)),
};

const importsOf = (text) => [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^;]*?from\s*'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)|(?:^|\n)import\s*'(\.[^']+)'/g)].map((match) => match[1] ?? match[2] ?? match[3]);

const namesIn = (text) => [...text.matchAll(/[a-z][a-z0-9-]*/g)].map(([name]) => name);
const literalsIn = (expression) => [...expression.matchAll(/'([^']*)'/g)].flatMap(([, literal]) => namesIn(literal));

/** Parts in one file's templates; `problems` gets what cannot be read. */
export const partsIn = (path, text, problems = []) => {
  const parts = new Set(computedParts[path]?.(text));
  for (const [, value] of text.matchAll(/\bpart="([^"]*)"/g)) {
    for (const name of namesIn(value.replace(/\$\{[^}]*\}/g, ' '))) parts.add(name);
    for (const [, expression] of value.matchAll(/\$\{([^}]*)\}/g)) for (const name of literalsIn(expression)) parts.add(name);
  }
  const computed = [...text.matchAll(/\bpart=\$\{([^}]*)\}/g), ...text.matchAll(/setAttribute\(\s*'part',\s*([^\n]*?)\);/g)];
  for (const [, expression] of computed) {
    // A comparison's operand is no part: only what stands after the question mark.
    const names = literalsIn(expression.slice(expression.indexOf('?') + 1));
    if (names.length === 0 || /split\(/.test(expression)) {
      if (computedParts[path] === undefined) problems.push(`${path}: the part ${expression.trim()} is computed: say how in test/gates/manifest-parts.mjs`);
    } else for (const name of names) parts.add(name);
  }
  return parts;
};

/** Part → the first file it stands in, for everything reachable from `entry`. */
export const usedParts = (entry, problems = []) => {
  const used = new Map();
  const queue = [join(root, entry)];
  const seen = new Set(queue);
  for (const path of queue) {
    const text = readFileSync(path, 'utf8');
    const file = relative(root, path).replaceAll('\\', '/');
    for (const part of partsIn(file, text, problems)) if (!used.has(part)) used.set(part, file);
    for (const specifier of importsOf(text)) {
      const target = join(dirname(path), specifier.replace(/\.js$/, '.ts'));
      if (!seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  return used;
};

/** What differs between the parts of the templates and the documented ones. */
export const compareParts = (tagName, used, documented) => [
  ...[...used].filter(([part]) => !documented.includes(part)).map(([part, file]) => `<${tagName}> Parts: ${part} (${file}) has no @csspart`),
  ...documented.filter((part) => !used.has(part)).map((part) => `<${tagName}> Parts: ${part} is documented, but no template has it`),
];
