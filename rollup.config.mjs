/**
 * The bundles for a script tag: care-chat.js (the patient's tag) and care-desk.js, each one file plus lazy chunks with readable names, in
 * dist/cdn/<version>/. What the build guarantees, and fails without:
 * - the tag imports nothing statically: one request before the visitor shows intent;
 * - Lit's and DOMPurify's Trusted Types policies carry our names, so that a page's policy list never meets a second `lit-html`;
 * - every lazy chunk is loaded by loadChunk(name, …) and its hash is in the tag (__CARE_CHAT_CHUNKS__);
 * - no schema library and no server code reaches a browser.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform as transformCss } from 'lightningcss';
import htmlLiterals from 'rollup-plugin-html-literals';
import { buildSite } from './demo/build-site.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const outputFolder = `dist/cdn/${version}`;

// What an earlier build left would be measured and served as if it belonged to this one.
rmSync(outputFolder, { recursive: true, force: true });

const digest = (algorithm, text) => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;

const walk = (node, visit) => {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
    return;
  }
  if (typeof node.type === 'string') visit(node);
  for (const key of Object.keys(node)) if (key !== 'type' && key !== 'start' && key !== 'end') walk(node[key], visit);
};

const replaceRanges = (code, edits) =>
  [...edits].sort((left, right) => right.start - left.start).reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), code);

const isOurs = (id) => /[\\/]dist[\\/]src[\\/]/.test(id);

/** Minifies css`…`; one without expressions becomes a plain string, so that the tag function need not be shipped. */
const cssLiterals = () => {
  const minify = (text, id) => {
    const { code, warnings } = transformCss({ filename: id, code: Buffer.from(text), minify: true });
    if (warnings.length > 0) throw new Error(`${id}: ${warnings.map((one) => one.message).join('; ')}`);
    return code.toString();
  };
  const minifyParts = (parts, id) => {
    const marks = parts.slice(1).map((_, index) => `--care-hole-${index}-`);
    const joined = parts.reduce((text, part, index) => text + marks[index - 1] + part);
    try {
      const small = minify(joined, id);
      const split = small.split(/--care-hole-\d+-/);
      const order = [...small.matchAll(/--care-hole-(\d+)-/g)].map((match) => Number(match[1]));
      if (split.length === parts.length && order.every((value, index) => value === index)) return split;
    } catch {
      // An expression stands where CSS allows no name (a number with a unit, a whole rule): white space alone goes then.
    }
    return parts.map((part) => part.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n').replace(/\s*([{};])\s*/g, '$1'));
  };
  return {
    name: 'care-css-literals',
    transform(code, id) {
      if (!isOurs(id) || !/\bcss\s?`/.test(code)) return null;
      const edits = [];
      walk(this.parse(code), (node) => {
        if (node.type !== 'TaggedTemplateExpression' || node.tag.type !== 'Identifier' || node.tag.name !== 'css') return;
        const parts = node.quasi.quasis.map((quasi) => quasi.value.raw);
        if (parts.length === 1) {
          edits.push({ start: node.start, end: node.end, by: JSON.stringify(minify(parts[0], id)) });
          return;
        }
        const small = minifyParts(parts, id);
        if (small.some((part) => part.includes('`') || part.includes('${'))) this.error(`${id}: the minified CSS cannot stand in a template`);
        node.quasi.quasis.forEach((quasi, index) => edits.push({ start: quasi.start, end: quasi.end, by: small[index] }));
      });
      return edits.length === 0 ? null : { code: replaceRanges(code, edits), map: null };
    },
  };
};

/** Gives the Trusted Types policies of the libraries our names: `care-chat#html`, `care-chat#purify`. */
const renamePolicies = (prefix) => {
  const renames = [
    { library: /[\\/]lit-html[\\/]lit-html\.js$/, from: 'createPolicy("lit-html"', to: `createPolicy("${prefix}#html"` },
    { library: /[\\/]dompurify[\\/]dist[\\/]/, from: '"dompurify" + (suffix ? "#" + suffix : "")', to: `"${prefix}#purify"` },
  ];
  return {
    name: 'care-rename-policies',
    transform(code, id) {
      const rename = renames.find((one) => one.library.test(id));
      if (rename === undefined) return null;
      if (code.split(rename.from).length !== 2) this.error(`${id}: its Trusted Types policy is not made as it was when this build was written`);
      return { code: code.replace(rename.from, () => rename.to), map: null };
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (/createPolicy\((["'`])(lit-html|dompurify)/.test(chunk.code ?? '')) this.error(`${chunk.fileName} still makes a policy with a library's name`);
      }
    },
  };
};

/** Finds loadChunk('name', () => import('…')): the names of the lazy chunks, and that no chunk loads without one. */
const namedChunks = () => {
  const names = new Map();
  return {
    /** A chunk has the name of the lazy module in it; it may hold more modules, which other chunks share. */
    nameOf: (chunk) => chunk.moduleIds.map((id) => names.get(id)).find((name) => name !== undefined),
    names: () => [...names.values()],
    plugin: {
      name: 'care-named-chunks',
      async transform(code, id) {
        if (!isOurs(id) || !code.includes('import(')) return null;
        const found = [];
        const loose = new Set();
        const functions = new Map();
        const importOf = (node) => (node?.type === 'ArrowFunctionExpression' && node.body.type === 'ImportExpression' ? node.body : undefined);
        const tree = this.parse(code);
        walk(tree, (node) => {
          if (node.type === 'ImportExpression') loose.add(node.start);
          if (node.type === 'VariableDeclarator' && importOf(node.init) !== undefined) functions.set(node.id.name, node.init);
        });
        walk(tree, (node) => {
          if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'loadChunk') return;
          const [name, load] = node.arguments;
          const body = importOf(load?.type === 'Identifier' ? functions.get(load.name) : load);
          if (name?.type !== 'Literal' || body === undefined) return;
          found.push({ name: name.value, specifier: body.source.value, start: body.start });
        });
        for (const { name, specifier, start } of found) {
          loose.delete(start);
          const target = await this.resolve(specifier, id);
          if (target === null) this.error(`${id}: loadChunk('${name}') names a module that is not there: ${specifier}`);
          const known = names.get(target.id);
          if (known !== undefined && known !== name) this.error(`${target.id} is loaded as '${known}' and as '${name}'`);
          names.set(target.id, name);
        }
        if (loose.size > 0) this.error(`${id}: an import() outside loadChunk(name, () => import(…)) would load without an integrity check`);
        return null;
      },
    },
  };
};

const forbiddenInBrowsers = /[\\/]node_modules[\\/](typebox|ajv|ajv-formats|fast-uri|jose|libsql|pino|ws)[\\/]|[\\/]dist[\\/]src[\\/](protocol[\\/]schema|server|cli|conformance)[\\/]/;

/** In a bundle the map of hashes is always there: what asks for it is for the modules as they are. */
const knownHashes = {
  name: 'care-known-hashes',
  transform(code, id) {
    if (!/[\\/]element[\\/]load-chunk\.js$/.test(id)) return null;
    const guard = "typeof __CARE_CHAT_CHUNKS__ === 'undefined'";
    if (!code.includes(guard)) this.error(`${id} does not ask whether there is a map of hashes as it did when this build was written`);
    return { code: code.replace(guard, 'false'), map: null };
  },
};

/** Checks the finished chunks, writes the hashes into the entry, and describes the graph in chunks.json. */
const sealBundle = (entryName, chunkNames) => ({
  name: 'care-seal-bundle',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
    const entry = chunks.find((one) => one.isEntry);
    if (entry.imports.length > 0) this.error(`${entry.fileName} has to stay one file, but imports ${entry.imports.join(', ')} at once`);
    for (const chunk of chunks) {
      const bad = Object.keys(chunk.modules).find((id) => forbiddenInBrowsers.test(id) && chunk.modules[id].renderedLength > 0);
      if (bad !== undefined) this.error(`${chunk.fileName} has ${bad} in it, which is not for browsers`);
      if (chunk !== entry && chunk.code.includes('__CARE_CHAT_CHUNKS__')) this.error(`the map of hashes is read in ${chunk.fileName}; it belongs into the tag`);
    }
    const lazy = new Map();
    for (const chunk of chunks.filter((one) => one.isDynamicEntry)) {
      const name = chunkNames.nameOf(chunk);
      if (name === undefined) this.error(`${chunk.fileName} is loaded without a name`);
      lazy.set(name, chunk);
    }
    for (const name of chunkNames.names()) if (!lazy.has(name)) this.error(`loadChunk('${name}') has no chunk: something imports its module at once`);
    const filesOf = (chunk, seen = new Set()) => {
      if (chunk === entry || seen.has(chunk.fileName)) return [];
      seen.add(chunk.fileName);
      return [...chunk.imports.flatMap((file) => filesOf(bundle[file], seen)), chunk.fileName];
    };
    // The hash of a chunk stands where the chunk is asked for: in the tag for what the tag loads, else in the lazy chunk that loads it. So the tag
    // pays only for its own. A chunk's hash is taken after the hashes it carries are in it.
    const askers = (chunk) => chunks.filter((one) => one.dynamicImports.includes(chunk.fileName));
    const carried = new Map();
    for (const [name, chunk] of [...lazy].sort()) {
      const [asker, ...more] = askers(chunk);
      const carrier = asker === undefined || more.length > 0 || asker.isEntry || filesOf(chunk).length === 0 ? entry : asker;
      carried.set(carrier, [...(carried.get(carrier) ?? []), [name, chunk]]);
    }
    /** What is there when a chunk runs: its own files, and those of the one chunk that can have asked for it. */
    const presentIn = (chunk) => {
      if (chunk === entry) return [];
      const [asker, ...more] = askers(chunk);
      return [...filesOf(chunk), ...(asker === undefined || more.length > 0 ? [] : presentIn(asker))];
    };
    const sealed = new Set();
    const seal = (chunk) => {
      if (sealed.has(chunk)) return;
      sealed.add(chunk);
      const known = new Set(presentIn(chunk));
      const entries = (carried.get(chunk) ?? []).map(([name, target]) => {
        const files = filesOf(target).filter((file) => !known.has(file));
        for (const file of files) seal(bundle[file]);
        return [name, files.map((file) => [file, digest('sha256', bundle[file].code)])];
      });
      if (entries.length === 0) return;
      const map = JSON.stringify(Object.fromEntries(entries));
      if (chunk === entry) {
        // A constant of the module, so that the map stands there once.
        entry.code = `const $C=${map};${entry.code.replaceAll('__CARE_CHAT_CHUNKS__', '$C')}${carried.size > 1 ? 'export{$C};' : ''}`;
      } else {
        chunk.code = `import{$C}from"./${entry.fileName}";Object.assign($C,${map});${chunk.code}`;
      }
    };
    for (const chunk of [...carried.keys()].filter((one) => one !== entry)) seal(chunk);
    seal(entry);
    // Two chunks that carry each other's hash cannot both be right.
    for (const { code, fileName } of chunks) {
      for (const [, file, hash] of code.matchAll(/\["([^"]+\.js)","(sha256-[^"]+)"\]/g)) {
        if (digest('sha256', bundle[file].code) !== hash) this.error(`${fileName} carries a wrong hash of ${file}`);
      }
    }
    const map = Object.fromEntries([...lazy].sort().map(([name, chunk]) => [name, filesOf(chunk).map((file) => [file])]));
    if (lazy.size > 0 && !entry.code.includes('$C')) this.error(`${entry.fileName} loads chunks, but does not read __CARE_CHAT_CHUNKS__`);
    const graph = { entry: entry.fileName, chunks: Object.fromEntries(Object.entries(map).map(([name, files]) => [name, files.map(([file]) => file)])) };
    this.emitFile({ type: 'asset', fileName: `${entryName}.chunks.json`, source: `${JSON.stringify(graph, null, 2)}\n` });
  },
  writeBundle(_, bundle) {
    const entry = Object.values(bundle).find((one) => one.isEntry);
    const path = join(outputFolder, 'integrity.json');
    let known = {};
    try {
      known = JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      // The first of the two bundles writes the file.
    }
    known[entry.fileName] = digest('sha384', readFileSync(join(outputFolder, entry.fileName)));
    mkdirSync(outputFolder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(known, null, 2)}\n`);
    console.log(`<script type="module" src="https://YOUR-HOST/care-chat/${version}/${entry.fileName}" integrity="${known[entry.fileName]}" crossorigin="anonymous"></script>`);
  },
});

/** The site's pages carry the hashes of both tags: they are written when both are there. */
const siteAfter = { name: 'care-site', closeBundle: buildSite };

/**
 * Puts what the conversation's core and another lazy chunk both need into the core's own chunk, instead of into a third file: the core is always
 * loaded by then. Nothing of the tag is moved.
 */
const gatherShared = (entry, home) => {
  let shared;
  const reach = (start, getModuleInfo) => {
    const seen = new Set();
    const visit = (id) => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const next of getModuleInfo(id)?.importedIds ?? []) visit(next);
    };
    visit(start);
    return seen;
  };
  return (id, { getModuleInfo, getModuleIds }) => {
    if (shared === undefined) {
      const ids = [...getModuleIds()];
      const homeId = ids.find((one) => one.endsWith(home));
      const tag = reach(ids.find((one) => one.endsWith(entry)), getModuleInfo);
      // All that the core needs, and not only what is shared: a module between two of its modules would become a file of its own.
      shared = new Set(homeId === undefined ? [] : [...reach(homeId, getModuleInfo)].filter((one) => !tag.has(one)));
    }
    return shared.has(id) ? 'core' : undefined;
  };
};

const smallest = { ecma: 2022, module: true, compress: { passes: 3, unsafe_arrows: true, pure_getters: true }, format: { comments: false } };
const generatedCode = { preset: 'es2015', symbols: false };

const minifiedTemplates = () => htmlLiterals({ include: ['dist/src/**/*.js'], failOnError: true, options: { shouldMinifyCSS: () => false, minifyOptions: { keepClosingSlash: true, minifyCSS: false, minifyJS: false, removeEmptyAttributes: false, decodeEntities: false } } });

const bundle = ({ entry, name, chunkPrefix, home, after = [] }) => {
  const chunkNames = namedChunks();
  return {
    input: { [name]: entry },
    preserveEntrySignatures: 'allow-extension',
    treeshake: { moduleSideEffects: (id) => isOurs(id) === false || /[\\/]define(-desk)?\.js$/.test(id) },
    output: {
      dir: outputFolder,
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: (chunk) => `${chunkPrefix}${chunkNames.nameOf(chunk) ?? `part-${chunk.name}`}.js`,
      hoistTransitiveImports: false,
      ...(home === undefined ? {} : { manualChunks: gatherShared(entry, home), onlyExplicitManualChunks: true }),
      minifyInternalExports: true,
      generatedCode,
      freeze: false,
      externalLiveBindings: false,
    },
    plugins: [
      nodeResolve({ browser: true, exportConditions: ['production', 'browser'] }),
      chunkNames.plugin,
      knownHashes,
      renamePolicies(name),
      cssLiterals(),
      minifiedTemplates(),
      terser(smallest),
      sealBundle(name, chunkNames),
      ...after,
    ],
    onwarn(warning, warn) {
      if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.some((id) => id.includes('node_modules'))) return;
      warn(warning);
      throw new Error(`the bundle of ${name} has a warning: ${warning.message}`);
    },
  };
};

/** The page of `care-chat form preview`: one file, served on an author's own machine by the command. */
const previewPage = {
  input: 'dist/src/preview/preview.js',
  output: { dir: 'dist/preview', format: 'es', inlineDynamicImports: true, generatedCode },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production', 'browser'] }),
    renamePolicies('care-preview'),
    cssLiterals(),
    minifiedTemplates(),
    terser(smallest),
    { name: 'care-preview-page', generateBundle() { this.emitFile({ type: 'asset', fileName: 'index.html', source: readFileSync('src/preview/index.html', 'utf8') }); } },
  ],
};

/** A part alone, with all that it needs: only measured (`npm run size`), never served. The chunks of the elements share some of it with their core. */
const measuredAlone = (name, modules, external = []) => ({
  input: 'alone',
  external: external.map((module) => resolve('dist/src', `${module}.js`)),
  treeshake: { moduleSideEffects: false },
  output: { file: `dist/measured/${name}.js`, format: 'es', paths: () => './core.js', generatedCode, freeze: false, externalLiveBindings: false },
  plugins: [
    {
      name: 'care-alone',
      resolveId: (id) => (id === 'alone' ? id : null),
      load: (id) => (id === 'alone' ? modules.map((module) => `export * from '${resolve('dist/src', module)}.js';`).join('\n') : null),
    },
    terser(smallest),
  ],
});

export default [
  bundle({ entry: 'dist/src/define.js', name: 'care-chat', chunkPrefix: '', home: 'dist/src/element/chat-core.js' }),
  bundle({ entry: 'dist/src/define-desk.js', name: 'care-desk', chunkPrefix: 'desk-', after: [siteAfter] }),
  previewPage,
  // The engine of forms as an app of its own would have it; the recorder as the patient's page gets it after Allow, when the core is there.
  measuredAlone('questionnaire', ['questionnaire/load-questionnaire', 'questionnaire/form-session']),
  measuredAlone('cobrowse-recorder', ['cobrowse/record/recorder'], ['base/care-error']),
];
