/**
 * Lint: the habits of the house that a compiler does not see. Rules that need type information are left out: tsc is strict already,
 * and `npm run check` has to stay fast.
 */
import litPlugin from 'eslint-plugin-lit';
import { configs, plugin as typescriptPlugin } from 'typescript-eslint';

const markup = ['innerHTML', 'outerHTML'].map((name) => ({
  selector: `AssignmentExpression[left.type='MemberExpression'][left.property.name='${name}']`,
  message: `${name}: only privacy/html turns text into markup.`,
}));
const markupCalls = [
  { selector: "CallExpression[callee.property.name='insertAdjacentHTML']", message: 'Only privacy/html turns text into markup.' },
  { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", message: 'document.write is not used.' },
  { selector: "CallExpression[callee.property.name=/^(setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/]", message: 'Only privacy/html turns text into markup.' },
];
const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import the file.' },
];
const templates = [
  { selector: "TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]", message: 'A style attribute is blocked by the content security policy: use a class, a custom property, or element.style.setProperty.' },
  { selector: "CallExpression[callee.name='styleMap']", message: 'styleMap writes a style attribute, which the content security policy blocks.' },
  { selector: "CallExpression[callee.name='unsafeHTML'], CallExpression[callee.name='unsafeSVG']", message: 'Only privacy/html turns text into markup.' },
  { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']", message: 'A style attribute is blocked by the content security policy: use element.style.setProperty.' },
];
const world = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'fetch', 'indexedDB', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'localStorage', 'sessionStorage', 'BroadcastChannel', 'requestIdleCallback'];
const worldMessage = 'Use a port of platform/ports.ts: only platform/browser, transports and privacy/vault touch it.';
const worldGlobals = world.map((name) => ({ name, message: worldMessage }));
const worldProperties = ['window', 'globalThis', 'self'].flatMap((object) => world.map((property) => ({ object, property, message: worldMessage })));

const browserRooms = ['src/**/*.ts'];
const nodeRooms = ['src/server/**/*.ts', 'src/cli/**/*.ts', 'src/conformance/**/*.ts', 'src/protocol/generate/**/*.ts'];
const worldRooms = ['src/platform/browser/**/*.ts', 'src/transports/**/*.ts', 'src/privacy/vault/**/*.ts', 'src/preview/preview.ts'];

export default [
  { ignores: ['dist/', 'node_modules/', 'types/', 'screenshots/', '.data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  ...configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': typescriptPlugin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: {
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-alert': 'error',
      'no-debugger': 'error',
      'no-restricted-syntax': ['error', ...everywhere, ...markup, ...markupCalls, ...templates],
    },
  },
  { files: browserRooms, ignores: nodeRooms, rules: { 'no-console': 'error' } },
  {
    files: browserRooms,
    ignores: [...nodeRooms, ...worldRooms],
    rules: { 'no-restricted-globals': ['error', ...worldGlobals], 'no-restricted-properties': ['error', ...worldProperties] },
  },
  {
    // One producer of strings in co-browsing: nothing else says of a text that it passed the gate.
    files: ['src/cobrowse/**/*.ts'],
    ignores: ['src/cobrowse/record/string-table.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...markup, ...markupCalls, ...templates, { selector: "TSAsExpression TSTypeReference[typeName.name='PublicText']", message: 'Only the gate of record/string-table.ts makes a public text.' }] },
  },
  { files: ['src/privacy/html/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...templates] } },
  {
    files: ['src/ui/**/*.ts', 'src/form-view/**/*.ts', 'src/preview/**/*.ts', 'src/element/**/*.ts', 'src/desk/**/*.ts'],
    plugins: { lit: litPlugin },
    rules: {
      'lit/attribute-value-entities': 'error',
      'lit/binding-positions': 'error',
      'lit/no-duplicate-template-bindings': 'error',
      'lit/no-invalid-escape-sequences': 'error',
      'lit/no-invalid-html': 'error',
      'lit/no-legacy-template-syntax': 'error',
      'lit/no-private-properties': 'error',
      'lit/quoted-expressions': ['error', 'never'],
      'lit/no-value-attribute': 'error',
    },
  },
  {
    // `.only` hides the other tests; a test that is skipped for good is deleted.
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        { selector: "MemberExpression[object.name=/^(it|test|describe|suite|context|specify)$/][property.name='only']", message: '`.only` hides the other tests.' },
        { selector: "CallExpression[callee.name=/^(fit|fdescribe)$/]", message: '`.only` hides the other tests.' },
      ],
      // Chai's assertions are expressions.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['test/types/**/*.ts'], rules: { '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true }] } },
  {
    // Tools read their configuration as a default export.
    files: ['*.config.mjs'],
    rules: { 'no-restricted-syntax': ['error', ...markup, ...markupCalls] },
  },
];
