/**
 * Generates what is published about the elements from their class comments: types/custom-elements.json, the reference in README.md, JSX
 * typings, editor data, and the declarations of the public entries (types/dts). Fails on an entry without a description, and on a part that only
 * the templates or only the class comment knows.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { create } from '@custom-elements-manifest/analyzer/src/create.js';
import { filesUnder, root } from '../../demo/prepare.mjs';
import { compareParts, usedParts } from './manifest-parts.mjs';

// The analyser brings a TypeScript of its own, and takes its syntax trees only from that one.
const ts = createRequire(import.meta.resolve('@custom-elements-manifest/analyzer/cli.js'))('typescript');

const kinds = [
  { key: 'attributes', title: 'Attributes', tag: '@attr' },
  { key: 'properties', title: 'Properties' },
  { key: 'methods', title: 'Methods' },
  { key: 'events', title: 'Events', tag: '@fires' },
  { key: 'slots', title: 'Slots', tag: '@slot' },
  { key: 'cssParts', title: 'Parts', tag: '@csspart' },
  { key: 'cssProperties', title: 'Custom properties', tag: '@cssprop' },
  { key: 'cssStates', title: 'States', tag: '@cssstate' },
];
const eventTargetMethods = new Set(['addEventListener', 'removeEventListener']);
/** In a constructor `x.className = …` looks like a property of the element to the analyser. */
const platformProperties = new Set(['adoptedStyleSheets', 'className', 'id', 'lang', 'dir', 'hidden', 'tabIndex', 'textContent', 'type', 'href']);
const isAssignmentToSomethingElse = (member) => platformProperties.has(member.name) && !member.description;

const isPublic = (member) => member.name !== undefined && member.privacy !== 'private' && member.privacy !== 'protected' && !member.name.startsWith('#') && member.static !== true;

const describeElement = (declaration) => {
  const members = (declaration.members ?? []).filter(isPublic);
  return {
    ...declaration,
    members: members.filter((member) => !eventTargetMethods.has(member.name) && !isAssignmentToSomethingElse(member)).map(({ privacy: _privacy, default: _default, ...member }) => member),
    // For a dispatched event object the analyser adds an entry without a name, or with the constructor's argument for one: ours come from @fires.
    events: (declaration.events ?? []).filter((event) => event.name?.startsWith('care-')),
  };
};

const analyse = () => {
  const files = ['src/element', 'src/desk', 'src/define.ts', 'src/define-desk.ts'].flatMap(filesUnder).filter((path) => path.endsWith('.ts'));
  const sources = files.map((path) => ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022, true));
  const manifest = create({ modules: sources, plugins: [], context: { dev: false, thirdPartyCEMs: [] } });
  const modules = manifest.modules
    .filter((module) => module.declarations?.some((one) => one.customElement && one.tagName))
    .map((module) => {
      const declarations = module.declarations.filter((one) => one.customElement && one.tagName).map(describeElement);
      const names = new Set(declarations.map((one) => one.name));
      return {
        kind: module.kind,
        path: module.path.replace(/^src\//, 'dist/src/').replace(/\.ts$/, '.js'),
        declarations,
        exports: module.exports.filter((one) => names.has(one.declaration?.name)).map((one) => ({ ...one, declaration: { ...one.declaration, module: one.declaration.module?.replace(/^src\//, 'dist/src/').replace(/\.ts$/, '.js') } })),
      };
    })
    .sort((left, right) => left.path.localeCompare(right.path));
  return { schemaVersion: manifest.schemaVersion, readme: 'README.md', modules };
};

const entriesOf = (element, key) => {
  if (key === 'properties') return element.members.filter((one) => one.kind === 'field');
  if (key === 'methods') return element.members.filter((one) => one.kind === 'method');
  return element[key] ?? [];
};

const findMistakes = (element) => {
  const mistakes = element.summary === undefined && element.description === undefined ? [`<${element.tagName}> has no @summary`] : [];
  for (const { key, title, tag } of kinds) {
    const seen = new Set();
    for (const entry of entriesOf(element, key)) {
      const name = entry.name ?? '';
      if (!entry.description?.trim()) mistakes.push(`<${element.tagName}> ${title}: ${name || '(default)'} has no description${tag === undefined ? '' : ` (${tag})`}`);
      if (seen.has(name)) mistakes.push(`<${element.tagName}> ${title}: ${name || '(default)'} is described twice`);
      seen.add(name);
    }
  }
  return mistakes;
};

const cell = (text) => (text ?? '').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|').trim();
const code = (text) => (text === undefined || text === '' ? '' : `\`${cell(text).replaceAll('`', '')}\``);

const signature = (method) => {
  const parameters = (method.parameters ?? []).map((one) => `${one.name}${one.optional ? '?' : ''}${one.type?.text ? `: ${one.type.text}` : ''}`).join(', ');
  return `${method.name}(${parameters})${method.return?.type?.text ? `: ${method.return.type.text}` : ''}`;
};

const rowOf = (key, entry) => {
  const text = cell(entry.description);
  if (key === 'attributes') return [code(entry.name), code(entry.type?.text), text];
  if (key === 'properties') return [code(entry.name), code(entry.type?.text), entry.readonly ? `${text} (read only)` : text];
  if (key === 'methods') return [code(signature(entry)), text];
  if (key === 'events') return [code(entry.name), code(entry.type?.text), text];
  if (key === 'slots') return [entry.name ? code(entry.name) : '(default)', text];
  if (key === 'cssProperties') return [code(entry.name), code(entry.default), text];
  return [code(entry.name), text];
};
const headOf = {
  attributes: ['Attribute', 'Type', 'Meaning'],
  properties: ['Property', 'Type', 'Meaning'],
  methods: ['Method', 'Meaning'],
  events: ['Event', 'Type', 'When'],
  slots: ['Slot', 'Meaning'],
  cssParts: ['Part', 'Piece'],
  cssProperties: ['Property', 'Default', 'Meaning'],
  cssStates: ['State', 'When'],
};

const toMarkdown = (element) => {
  const sections = kinds.flatMap(({ key, title }) => {
    const entries = entriesOf(element, key);
    if (entries.length === 0) return [];
    const line = (cells) => `| ${cells.join(' | ')} |`;
    const head = headOf[key];
    return [`**${title}**`, [line(head), line(head.map(() => '---')), ...entries.map((entry) => line(rowOf(key, entry)))].join('\n')];
  });
  return [element.summary ?? '', ...sections].filter(Boolean).join('\n\n');
};

const writeReadme = (elements) => {
  const path = join(root, 'README.md');
  if (!existsSync(path)) return;
  const before = readFileSync(path, 'utf8');
  const after = elements.reduce((text, element) => {
    const marker = new RegExp(`(<!-- generated:${element.tagName} -->)[\\s\\S]*?(<!-- /generated -->)`);
    return text.replace(marker, (_, open, close) => `${open}\n\n${toMarkdown(element)}\n\n${close}`);
  }, before);
  if (after !== before) writeFileSync(path, after);
};

const attributeType = (text) => {
  if (text === undefined || text === 'string') return 'string | undefined';
  if (text === 'boolean') return "boolean | '' | undefined";
  if (text === 'number') return 'number | string | undefined';
  return `${text} | undefined`;
};

const toJsx = (elements) => {
  const bodies = elements.map((element) => {
    const name = `${element.name}Attributes`;
    const lines = entriesOf(element, 'attributes').map((one) => `  /** ${cell(one.description)} */\n  '${one.name}'?: ${attributeType(one.type?.text)};`);
    return { element, name, text: `/** Attributes of \`<${element.tagName}>\` in a template. */\nexport interface ${name} {\n${lines.join('\n')}\n}\n` };
  });
  const map = bodies.map(({ element, name }) => `  '${element.tagName}': ${name} & CareCommonAttributes;`).join('\n');
  return [
    '/**\n * Typings of the elements for JSX. Generated from the class comments: do not edit.\n * A framework with a global JSX namespace (Preact, Solid) needs `import \'care-chat/jsx\'` alone; React 19 needs `import \'care-chat/react\'`.\n */\n',
    ...bodies.map(({ text }) => text),
    '/** What every element takes. */\nexport interface CareCommonAttributes {\n  id?: string | undefined;\n  class?: string | undefined;\n  className?: string | undefined;\n  slot?: string | undefined;\n  hidden?: boolean | undefined;\n  children?: unknown;\n  ref?: unknown;\n  key?: string | number | null | undefined;\n}\n',
    `/** The elements by tag name. */\nexport interface CareIntrinsicElements {\n${map}\n}\n`,
    'declare global {\n  namespace JSX {\n    interface IntrinsicElements extends CareIntrinsicElements {}\n  }\n}\n',
  ].join('\n');
};

const reactTypings = "/** Typings of the elements for React 19. Generated: do not edit. */\nimport type { CareIntrinsicElements } from './jsx.js';\n\ndeclare module 'react' {\n  namespace JSX {\n    interface IntrinsicElements extends CareIntrinsicElements {}\n  }\n}\n";

/** Custom data that HTML editors complete from (VS Code: `html.customData`). */
const toEditorData = (elements) => ({
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: element.summary ?? element.description ?? '',
    attributes: entriesOf(element, 'attributes').map((one) => ({ name: one.name, description: cell(one.description), ...(one.type?.text === 'boolean' ? { valueSet: 'v' } : {}) })),
  })),
});

const specifiersOf = (text) => [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map((match) => match[1]);

/** The compiler orders the members of a union by when it met them, which an incremental compile changes: ordered by name they stay the same. */
const orderUnions = (text) => text.replace(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (union) => union.split(' | ').sort().join(' | '));

/** Copies the emitted declarations of the public entries, and everything they name, to types/dts. */
const copyDeclarations = () => {
  const from = join(root, 'dist/src');
  const to = join(root, 'types/dts');
  const queue = ['index', 'define', 'define-desk'].map((name) => join(from, `${name}.d.ts`)).filter((path) => existsSync(path));
  const seen = new Set(queue);
  for (const path of queue) {
    for (const specifier of specifiersOf(readFileSync(path, 'utf8'))) {
      const target = join(dirname(path), specifier.replace(/\.js$/, '.d.ts'));
      if (!existsSync(target)) throw new Error(`${relative(root, path)} names ${specifier}, which has no declarations`);
      if (!seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  rmSync(to, { recursive: true, force: true });
  for (const path of queue) {
    const target = join(to, relative(from, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, orderUnions(readFileSync(path, 'utf8')));
  }
};

const manifest = analyse();
const elements = manifest.modules.flatMap((module) => module.declarations);
const mistakes = elements.flatMap(findMistakes);
for (const { path, declarations } of manifest.modules) {
  const entry = path.replace(/^dist\/src\//, 'src/').replace(/\.js$/, '.ts');
  const used = usedParts(entry, mistakes);
  for (const element of declarations) mistakes.push(...compareParts(element.tagName, used, (element.cssParts ?? []).map((part) => part.name)));
}
for (const wanted of ['care-chat', 'care-desk']) if (!elements.some((one) => one.tagName === wanted)) mistakes.push(`<${wanted}> is not in the manifest`);
if (mistakes.length > 0) {
  for (const mistake of mistakes) console.error(mistake);
  process.exit(1);
}
mkdirSync(join(root, 'types'), { recursive: true });
const write = (path, text) => writeFileSync(join(root, 'types', path), text);
write('custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`);
write('jsx.d.ts', toJsx(elements));
write('react.d.ts', reactTypings);
write('html-data.json', `${JSON.stringify(toEditorData(elements), null, 2)}\n`);
writeReadme(elements);
copyDeclarations();
