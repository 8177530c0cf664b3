/**
 * From `care-chat.config.json` to `Config`: shape by the schema, meaning by `checks.ts`, then defaults. Every mistake is reported at once.
 * Errors: `config-invalid`; its message lists each mistake with its JSON pointer, its `details` are the pointers and codes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import { loadQuestionnaire } from '../../questionnaire/load-questionnaire.js';
import { refusalInWords } from '../../questionnaire/refusal-words.js';
import { createValidate } from '../validate/ajv.js';
import { checkMeaning } from './checks.js';
import type { Config, ServerLimits, WidgetConfig } from './config.js';
import { toConfigMistakes, type ConfigMistake } from './mistakes.js';
import { ConfigFileSchema, type ConfigFile } from './schema.js';

export interface ParseOptions {
  /** Whether demo-only settings are allowed. */
  readonly demo: boolean;
  /** Folder from which relative paths of the file are meant. */
  readonly baseDir: string;
  /** Name of the file for messages. */
  readonly file?: string;
  /** Wins over the file's `data`; relative to the working folder (`CARE_CHAT_DATA`). */
  readonly dataDir?: string | undefined;
}

const validate = createValidate(ConfigFileSchema, { everyMistake: true });

const defaultLimits: ServerLimits = {
  frameBytes: 65_536, textChars: 8000, partsPerMessage: 20, inflightPerStream: 1, submitPerMin: 60, typingMinMs: 2000, resumeMax: 500, pageMax: 200,
  helloTimeoutMs: 10_000, badFramesPerMin: 20, connectionsPerDevice: 20, sessionsPerMin: 60, signInsPerMin: 30, connections: 20_000,
};
const defaultSessions: Config['sessions'] = {
  accessTtlMs: 600_000, refreshTtlMs: 30 * 86_400_000, agentIdleMs: 12 * 3_600_000, agentMaxMs: 16 * 3_600_000, lockAfter: 6, lockMs: 900_000,
};

function refused(mistakes: readonly ConfigMistake[], file: string): CareError {
  const lines = mistakes.map(({ pointer, message }) => `  ${pointer || '(the whole file)'}: ${message}`);
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  return new CareError('config-invalid', `${file} has ${count}:\n${lines.join('\n')}`, { details: mistakes.map(({ pointer, code }) => ({ pointer, code })) });
}

type PreChat = { readonly form: Record<string, unknown> } | { readonly mistakes: readonly ConfigMistake[] };

/** Why the questionnaire engine refuses a form: pointers into this file where the form stands in it, else words. */
function formMistakes(form: unknown, pointer: string, file: string | null, lang: string): readonly ConfigMistake[] {
  const loaded = loadQuestionnaire(form, { lang });
  if (loaded.ok) return [];
  const words = refusalInWords(loaded.error);
  return loaded.error.details.map(({ pointer: inForm, code }, n) => file === null
    ? { pointer: `${pointer}${inForm}`, code, message: words[n]!.slice(words[n]!.indexOf(': ') + 2) }
    : { pointer, code, message: `in "${file}", ${words[n]!}` });
}

/** Reads the Questionnaire that a widget names, or takes the one it holds, and asks the engine whether it can be shown. */
function preChatOf(value: string | Record<string, unknown>, pointer: string, baseDir: string, lang: string): PreChat {
  const mistake = (message: string): PreChat => ({ mistakes: [{ pointer, code: 'file', message }] });
  let form: unknown = value;
  if (typeof value === 'string') {
    let text: string;
    try {
      text = readFileSync(resolve(baseDir, value), 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return mistake(`the file "${value}" cannot be read (looked in ${baseDir}).`);
    }
    try {
      form = JSON.parse(text);
    } catch (cause) {
      return mistake(`the file "${value}" is not JSON: look at ${whereInJson(text, cause)}.`);
    }
  }
  const mistakes = formMistakes(form, pointer, typeof value === 'string' ? value : null, lang);
  return mistakes.length > 0 ? { mistakes } : { form: form as Record<string, unknown> };
}

function toWidget(widget: ConfigFile['widgets'][number], preChat: Record<string, unknown> | null): WidgetConfig {
  return {
    id: widget.id,
    origins: widget.origins,
    departments: widget.departments,
    languages: widget.languages,
    emergency: widget.emergency,
    privacyUrl: widget.privacyUrl ?? null,
    welcome: widget.welcome ?? null,
    consents: widget.consents ?? [],
    preChat,
    pages: widget.pages ?? {},
  };
}

function toConfig(file: ConfigFile, widgets: readonly WidgetConfig[], { demo, baseDir, dataDir }: ParseOptions): Config {
  const { clinic } = file;
  return {
    demo,
    publicUrl: file.publicUrl?.replace(/\/+$/, '') ?? null,
    listen: { host: file.listen?.host ?? '127.0.0.1', port: file.listen?.port ?? 8080, trustedProxies: file.listen?.trustedProxies ?? [] },
    dataDir: dataDir ? resolve(dataDir) : resolve(baseDir, file.data ?? '.data'),
    clinic,
    widgets,
    departments: file.departments.map(({ id, name, hours }) => ({
      id, name, hours: hours ? { timeZone: hours.timeZone ?? clinic.timeZone, weekly: hours.weekly, closed: hours.closed ?? [] } : null,
    })),
    agents: (file.agents ?? []).map(({ email, name, title, departments, password }) => ({ email, name, title, departments, password: password ?? null })),
    // The id is made of what identifies a reply, so that it stays the same when the list is sorted anew.
    canned: (file.canned ?? []).map(({ shortcut, lang, text }) => ({ id: `r_${createHash('sha256').update(`${lang} ${shortcut}`).digest('hex').slice(0, 16)}`, shortcut, lang, text })),
    limits: { ...defaultLimits, ...file.limits },
    sessions: { ...defaultSessions, ...file.sessions },
    heartbeat: { intervalMs: file.heartbeat?.intervalMs ?? 25_000, graceMs: file.heartbeat?.graceMs ?? 10_000 },
    desk: { origins: file.desk?.origins ?? [], agentLostMs: file.desk?.agentLostMs ?? 60_000, maxOpen: file.desk?.maxOpen ?? 0 },
    log: { level: file.log?.level ?? 'info' },
    static: (file.static ?? []).map(({ path, dir, csp }) => ({ path, dir: resolve(baseDir, dir), csp: csp ?? null })),
  };
}

/** Checks a configuration and fills in its defaults. Reads the files it names. Errors: `config-invalid` with every mistake. */
export function parseConfig(input: unknown, options: ParseOptions): Result<Config> {
  const name = options.file ?? 'The configuration';
  const shape = toConfigMistakes(validate(input));
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return err(refused(shape, name));
  const file = input as ConfigFile;
  const mistakes = [...shape, ...checkMeaning(file, shape, options.demo)];
  const widgets: WidgetConfig[] = [];
  (Array.isArray(file.widgets) ? file.widgets : []).forEach((widget: ConfigFile['widgets'][number] | null, n) => {
    const pointer = `/widgets/${n}/preChat`;
    const value = widget?.preChat;
    const known = shape.some((mistake) => mistake.pointer.startsWith(pointer));
    const lang = Array.isArray(widget?.languages) ? String(widget.languages[0]) : 'en';
    const read = value === undefined || known ? { form: null } : preChatOf(value, pointer, options.baseDir, lang);
    if ('mistakes' in read) mistakes.push(...read.mistakes);
    else if (widget) widgets.push(toWidget(widget, read.form));
  });
  if (mistakes.length > 0) return err(refused(mistakes, name));
  return ok(toConfig(file, widgets, options));
}

/** Where in a text JSON.parse stumbled; V8 tells the position, or an excerpt that begins ten characters before it, or (at the end) nothing. */
function positionInJson(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, token, dots, excerpt] = /Unexpected token '?([\s\S]+?)'?, (\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON/.exec(message) ?? [];
  if (token === undefined || excerpt === undefined) return text.length;
  return text.indexOf(excerpt) + (dots === undefined ? excerpt.indexOf(token) : 10);
}

const whereInJson = (text: string, cause: unknown): string => {
  const before = text.slice(0, positionInJson(text, cause instanceof Error ? cause.message : '')).split('\n');
  return `line ${before.length}, column ${(before[before.length - 1]?.length ?? 0) + 1}`;
};

/** Reads, parses and checks a configuration file. Errors: `config-invalid` in words, also where the file is not there or not JSON. */
export function loadConfig(path: string, { demo, dataDir }: { readonly demo: boolean; readonly dataDir?: string | undefined }): Result<Config> {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    return err(new CareError('config-invalid', `${path} cannot be read: there is no such file, or it may not be opened.`, { cause }));
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (cause) {
    return err(new CareError('config-invalid', `${path} is not JSON: look at ${whereInJson(text, cause)}.`));
  }
  return parseConfig(input, { demo, baseDir: dirname(file), file: path, dataDir });
}
