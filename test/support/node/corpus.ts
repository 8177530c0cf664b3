/**
 * Questionnaires to try the engine and the views on: those of a folder, our own, and HL7's examples from npm. Every JSON file is read, Bundles are opened, and value
 * sets and code systems of the same folder are brought along, as a host would bring them.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadWithExpressions } from '../../../src/questionnaire/expressions.js';
import type { Form } from '../../../src/questionnaire/form.js';
import { refusalInWords } from '../../../src/questionnaire/refusal-words.js';
import { itemControl, hl7, item, preChat, questionnaire } from '../shared/questionnaires.js';
import { longForm } from '../shared/long-form.js';
import { packNames, readPackFile } from './content-packs.js';

type Json = Readonly<Record<string, unknown>>;

/** One Questionnaire, or a file in which there is none. */
export interface CorpusEntry {
  /** Of the file, beneath the folder; with a number where a Bundle holds several. */
  readonly name: string;
  readonly json: Json | null;
  /** Why there is no Questionnaire: `no-questionnaire` or `not-json`. */
  readonly missing: string | null;
}

export interface Corpus {
  readonly entries: readonly CorpusEntry[];
  readonly terminology: readonly Json[];
}

/** What became of it at load: a word for the checked-in table, and every reason in words. */
export interface Verdict {
  readonly word: string;
  readonly form: Form | null;
  readonly reasons: readonly string[];
}

const isResource = (value: unknown): value is Json => typeof value === 'object' && value !== null && typeof (value as Json)['resourceType'] === 'string';
const kindOf = (json: Json): unknown => json['resourceType'];

/** The resource itself, or those in a Bundle. */
function resourcesIn(json: unknown): readonly Json[] {
  if (!isResource(json)) return [];
  if (kindOf(json) !== 'Bundle') return [json];
  const entries = Array.isArray(json['entry']) ? (json['entry'] as readonly { readonly resource?: unknown }[]) : [];
  return entries.flatMap(({ resource }) => resourcesIn(resource));
}

function readFile(path: string): readonly Json[] | null {
  try {
    return resourcesIn(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

function entriesOf(name: string, resources: readonly Json[] | null): readonly CorpusEntry[] {
  if (resources === null) return [{ name, json: null, missing: 'not-json' }];
  const found = resources.filter((json) => kindOf(json) === 'Questionnaire');
  if (found.length === 0) return [{ name, json: null, missing: 'no-questionnaire' }];
  return found.map((json, index) => ({ name: found.length === 1 ? name : `${name}#${index + 1}`, json, missing: null }));
}

/** Reads a folder and the folders in it. Fails where it cannot be read or has no JSON file in it. */
export function readCorpus(folder: string, wanted = /\.json$/i): Corpus {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
  if (paths.length === 0) throw new Error(`there is no JSON file in ${folder}`);
  const files = paths.map((path) => ({ name: relative(folder, path).replaceAll('\\', '/'), resources: readFile(path) }));
  return {
    entries: files.flatMap(({ name, resources }) => entriesOf(name, resources)),
    terminology: files.flatMap(({ resources }) => (resources ?? []).filter((json) => ['ValueSet', 'CodeSystem'].includes(String(kindOf(json))))),
  };
}

const require = createRequire(import.meta.url);

/** HL7's own examples: development dependencies. */
export function hl7Corpus(): Corpus {
  const read = (name: string): Corpus => {
    const { entries, terminology } = readCorpus(dirname(require.resolve(`${name}/package.json`)), /^(Questionnaire|ValueSet|CodeSystem)-.*\.json$/);
    return { entries: entries.filter(({ json }) => json !== null).map((entry) => ({ ...entry, name: `${name}/${basename(entry.name)}` })), terminology };
  };
  const both = ['hl7.fhir.r4.examples', 'hl7.fhir.uv.sdc'].map(read);
  return { entries: both.flatMap(({ entries }) => entries), terminology: both.flatMap(({ terminology }) => terminology) };
}

const attack = '<img src=x onerror="globalThis.careMarkupRan=1"><script>globalThis.careMarkupRan=1</script><a href="javascript:globalThis.careMarkupRan=1" onclick="globalThis.careMarkupRan=1">x</a><iframe srcdoc="<script>parent.careMarkupRan=1</script>"></iframe>';
const inMarkup = (kind: string): Json => ({ extension: [hl7(`rendering-${kind}`, { [kind === 'xhtml' ? 'valueString' : 'valueMarkdown']: attack }), hl7('translation', { extension: [{ url: 'lang', valueCode: 'ar' }, { url: 'content', valueString: attack }] })] });

/** A form that tries to get markup to run wherever a text can stand. */
const hostile = questionnaire([
  item('xhtml', 'display', { text: attack, _text: inMarkup('xhtml') }),
  item('markdown', 'display', { text: attack, _text: inMarkup('markdown') }),
  item('group', 'group', { text: attack, _text: inMarkup('xhtml'), item: [
    item('string', 'string', { text: attack, prefix: attack, _text: inMarkup('markdown'), extension: [hl7('entryFormat', { valueString: attack }), hl7('regex', { valueString: 'x+' }), { url: 'http://biodesign.stanford.edu/fhir/StructureDefinition/validationtext', valueString: attack }] }),
    item('choice', 'open-choice', { text: attack, _text: inMarkup('xhtml'), repeats: true, answerOption: [{ valueString: attack }, { valueCoding: { code: 'x', display: attack } }], extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-openLabel', valueString: attack }] }),
    item('truth', 'boolean', { text: attack, _text: inMarkup('markdown'), item: [item('help', 'display', { text: attack, extension: [itemControl('help')] })] }),
    item('link', 'text', { text: attack, extension: [hl7('questionnaire-supportLink', { valueUri: 'javascript:globalThis.careMarkupRan=1' })] }),
    item('picture', 'decimal', { text: attack, extension: [hl7('questionnaire-unit', { valueCoding: { code: attack, display: attack } }), { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia', valueAttachment: { contentType: 'image/svg+xml', url: 'https://elsewhere.example/x.svg', title: attack } }] }),
    item('many', 'string', { text: attack, repeats: true }),
  ] }),
], { title: attack });

/** Forms that we wrote: the tests', the demo's, and those of the content packs. */
export function ownCorpus(): Corpus {
  const demo = fileURLToPath(new URL('../../../../demo/pre-chat.json', import.meta.url));
  const packs = packNames.map((name) => [`packs/${name}`, (readPackFile(name) as Json)['questionnaire']] as const);
  const all: readonly (readonly [string, unknown])[] = [['pre-chat', preChat], ['hostile', hostile], ['long', longForm(60)], ['demo/pre-chat', JSON.parse(readFileSync(demo, 'utf8'))], ...packs];
  return { entries: all.map(([name, json]) => ({ name: `own/${name}`, json: json as Json, missing: null })), terminology: [] };
}

/** Loads an entry, or says with path and reason why not. Never throws. */
export function judge({ json, missing }: CorpusEntry, terminology: Corpus['terminology']): Verdict {
  if (json === null) return { word: missing!, form: null, reasons: [] };
  const loaded = loadWithExpressions(json, { lang: 'en', terminology });
  if (loaded.ok) return { word: 'loaded', form: loaded.value, reasons: [] };
  const [first] = loaded.error.details;
  return { word: `refused ${first?.pointer || '/'} ${first?.code ?? ''}`, form: null, reasons: refusalInWords(loaded.error) };
}
