/**
 * Who may import whom under src/: the table of src/README.md as data. A room is a folder (the longest prefix that matches counts);
 * every import is checked, type imports too. Change the table and the map together.
 */

/** Each room and the rooms it may import, besides itself. */
export const rooms = {
  base: [],
  protocol: ['base'],
  'platform/ports.ts': ['base'],
  'platform/browser': ['base', 'platform/ports.ts'],
  'privacy/mask': ['base', 'platform/ports.ts'],
  'privacy/html': ['base', 'platform/ports.ts'],
  'privacy/vault': ['base', 'platform/ports.ts'],
  i18n: ['base'],
  questionnaire: ['base', 'protocol'],
  transports: ['base', 'protocol', 'platform/ports.ts'],
  core: ['base', 'protocol', 'platform/ports.ts', 'privacy/mask', 'transports/transport.ts'],
  triage: ['base', 'protocol', 'questionnaire', 'i18n'],
  invites: ['base', 'protocol', 'platform/ports.ts'],
  bots: ['base', 'protocol', 'i18n'],
  'cobrowse/frame-codec.ts': ['base'],
  'element/load-chunk.ts': ['platform/browser'],
  'cobrowse/private-field.ts': [],
  'cobrowse/act': ['base', 'platform/ports.ts', 'cobrowse/frame-codec.ts', 'cobrowse/private-field.ts'],
  'cobrowse/session': ['base', 'protocol', 'platform/ports.ts', 'cobrowse/link', 'cobrowse/frame-codec.ts', 'cobrowse/private-field.ts', 'cobrowse/act'],
  'cobrowse/record': ['base', 'protocol', 'platform/ports.ts', 'privacy/mask', 'cobrowse/frame-codec.ts'],
  'cobrowse/replay': ['base', 'protocol', 'platform/ports.ts', 'privacy/mask', 'cobrowse/frame-codec.ts'],
  'cobrowse/link': ['base', 'protocol'],
  ui: ['base', 'i18n', 'privacy/html'],
  'form-view': ['base', 'i18n', 'ui', 'questionnaire'],
  preview: ['base', 'i18n', 'privacy/html', 'questionnaire', 'triage', 'ui', 'form-view'],
  element: [
    'base', 'protocol', 'platform/ports.ts', 'platform/browser', 'privacy', 'i18n', 'questionnaire', 'transports', 'core',
    'element/load-chunk.ts', 'triage', 'invites', 'cobrowse/frame-codec.ts', 'cobrowse/act', 'cobrowse/session', 'cobrowse/record', 'cobrowse/replay', 'cobrowse/link', 'ui', 'form-view',
  ],
  desk: [
    'base', 'protocol', 'platform/ports.ts', 'platform/browser', 'privacy', 'i18n', 'questionnaire', 'transports', 'core',
    'element/load-chunk.ts', 'triage', 'invites', 'cobrowse/frame-codec.ts', 'cobrowse/act', 'cobrowse/session', 'cobrowse/replay', 'cobrowse/link', 'ui', 'form-view',
  ],
  server: ['base', 'protocol', 'privacy/mask', 'questionnaire', 'triage', 'bots', 'i18n'],
  conformance: ['base', 'protocol'],
  cli: ['server', 'conformance', 'questionnaire', 'triage', 'privacy/mask', 'base'],
  'index.ts': [
    'base', 'protocol', 'platform/ports.ts', 'platform/browser', 'privacy', 'i18n', 'questionnaire', 'transports', 'core',
    'triage', 'invites', 'bots', 'ui', 'form-view', 'element', 'desk',
  ],
  'define.ts': ['element'],
  'define-desk.ts': ['desk'],
};

/** Doors: a package, and the only places that may import it. */
export const doors = {
  dompurify: ['privacy/html'],
  'idb-keyval': ['privacy/vault'],
  lit: ['ui', 'form-view', 'preview', 'element', 'desk'],
  typebox: ['protocol', 'server/config', 'server/admin'],
  'flesch-kincaid': ['cli'],
  syllable: ['cli'],
  parse5: ['cli'],
};

/** Packages only `server/` may import, each from one folder of it (or by the protocol's generator, which runs at build). */
export const serverDoors = ['ajv', 'ajv-formats', 'jose', 'libsql', 'pino', 'ws'];

/** What an entry must not reach by static imports: these rooms and packages load lazily. */
export const lazyRooms = [
  { entry: 'define.ts', never: ['form-view', 'questionnaire', 'triage', 'cobrowse', 'core', 'transports', 'invites', 'privacy/html', 'privacy/vault'], packages: ['lit', 'lit-html', 'dompurify', 'idb-keyval', 'typebox'] },
  { entry: 'element/panel.ts', never: ['form-view', 'questionnaire', 'triage', 'cobrowse'], packages: ['dompurify', 'typebox'] },
  { entry: 'define-desk.ts', never: ['cobrowse'], packages: ['typebox'] },
  { entry: 'index.ts', never: [], packages: ['typebox'] },
];
