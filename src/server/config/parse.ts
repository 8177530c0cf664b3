/**
 * From `care-chat.config.json` to `Config`: shape by the schema, meaning by `checks.ts`, then defaults. Every mistake is reported at once.
 * Errors: `config-invalid`; its message lists each mistake with its JSON pointer, its `details` are the pointers and codes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import { createValidate } from '../validate/ajv.js';
import { checkMeaning } from './checks.js';
import { readBots, unknownContent } from './bots.js';
import type { BotConfig, CheckerConfig, Config, ServerLimits, WidgetConfig } from './config.js';
import { createContentReader, readForms, whereInJson } from './content.js';
import { toConfigMistakes, type ConfigMistake } from './mistakes.js';
import { offlineForm } from './offline-form.js';
import { routingMistakes } from './routing.js';
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
  connectsPerSec: 500, framesPerMin: 1200, requestsPerMin: 1200, lightBytes: 262_144, pauseBytes: 1_048_576, stalledMs: 30_000, headersTimeoutMs: 15_000, requestTimeoutMs: 30_000,
};
const defaultSessions: Config['sessions'] = {
  accessTtlMs: 600_000, refreshTtlMs: 30 * 86_400_000, agentIdleMs: 12 * 3_600_000, agentMaxMs: 16 * 3_600_000, lockAfter: 6, lockMs: 900_000,
};

function refused(mistakes: readonly ConfigMistake[], file: string): CareError {
  const lines = mistakes.map(({ pointer, message }) => `  ${pointer || '(the whole file)'}: ${message}`);
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  return new CareError('config-invalid', `${file} has ${count}:\n${lines.join('\n')}`, { details: mistakes.map(({ pointer, code }) => ({ pointer, code })) });
}

const toCobrowse = ({ enabled = false, minutes = 30, bytesPerSec = 262_144, burstBytes = 1_048_576 }: NonNullable<ConfigFile['widgets'][number]['cobrowse']> = {}): WidgetConfig['cobrowse'] =>
  (enabled ? { minutes, bytesPerSec, burstBytes } : null);

function toWidget(widget: ConfigFile['widgets'][number], preChat: WidgetConfig['preChat'], offline: WidgetConfig['offline'], checkers: readonly CheckerConfig[], forms: WidgetConfig['forms'], bots: ReadonlyMap<string, BotConfig>): WidgetConfig {
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
    checkers,
    redFlags: widget.redFlags === false ? { off: true } : widget.redFlags === true ? null : widget.redFlags ?? null,
    forms,
    rating: widget.rating ?? null,
    bot: bots.get(widget.bot ?? '') ?? null,
    preChatSkippable: widget.preChatSkippable ?? false,
    routing: widget.routing ?? [],
    offline: widget.offline === false ? null : offline ?? offlineForm,
    cobrowse: toCobrowse(widget.cobrowse),
    pages: widget.pages ?? {},
  };
}

function toConfig(file: ConfigFile, widgets: readonly WidgetConfig[], questions: readonly (Record<string, unknown> | null)[], { demo, baseDir, dataDir }: ParseOptions): Config {
  const { clinic } = file;
  return {
    demo,
    publicUrl: file.publicUrl?.replace(/\/+$/, '') ?? null,
    listen: { host: file.listen?.host ?? '127.0.0.1', port: file.listen?.port ?? 8080, trustedProxies: file.listen?.trustedProxies ?? [] },
    dataDir: dataDir ? resolve(dataDir) : resolve(baseDir, file.data ?? '.data'),
    clinic,
    widgets,
    departments: file.departments.map(({ id, name, hours, responseMs }, n) => ({
      id, name, preChat: questions[n] ?? null, responseMs: responseMs ?? (hours ? 8 : 24) * 3_600_000, hours: hours ? { timeZone: hours.timeZone ?? clinic.timeZone, weekly: hours.weekly, closed: hours.closed ?? [] } : null,
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
  const known = (pointer: string): boolean => shape.some((mistake) => mistake.pointer.startsWith(pointer));
  const read = createContentReader(options, (mistake) => mistakes.push(mistake));
  const { bots, mistakes: inBots } = readBots(file.bots, options.baseDir, (pointer) => !shape.some((mistake) => `${mistake.pointer}/`.startsWith(`${pointer}/`)));
  mistakes.push(...inBots);
  const formOf = (value: string | Record<string, unknown> | false | undefined, pointer: string, lang: string): Record<string, unknown> | null => (!value || known(pointer) ? null : read.form(value, pointer, lang));
  const questions = (Array.isArray(file.departments) ? file.departments : []).map((department: ConfigFile['departments'][number] | null, n) => formOf(department?.preChat, `/departments/${n}/preChat`, 'en'));
  const widgets = (Array.isArray(file.widgets) ? file.widgets : []).flatMap((widget: ConfigFile['widgets'][number] | null, n): readonly WidgetConfig[] => {
    const pointer = `/widgets/${n}`;
    const lang = Array.isArray(widget?.languages) ? String(widget.languages[0]) : 'en';
    const preChat = formOf(widget?.preChat, `${pointer}/preChat`, lang);
    const offline = formOf(widget?.offline, `${pointer}/offline`, lang);
    const checkers = widget?.checkers === undefined || known(`${pointer}/checkers`) ? [] : read.checkers(widget.checkers, `${pointer}/checkers`);
    const forms = readForms(widget?.forms, `${pointer}/forms`, (value, at) => formOf(value, at, lang), (mistake) => mistakes.push(mistake));
    const made = widget && toWidget(widget, preChat, offline, checkers, forms, bots);
    if (made) mistakes.push(...unknownContent(made, pointer));
    if (made && !known(`${pointer}/`) && !known('/departments')) {
      const own = file.departments.flatMap(({ id, preChat: asked }, at) => (asked && made.departments.includes(id) ? [questions[at] ?? null] : []));
      const named = Object.keys(widget.forms ?? {}).map((id) => forms.get(id) ?? null);
      const asked = [...(widget.preChat ? [preChat] : []), ...(widget.offline ? [offline] : []), ...named, ...own];
      const sound = asked.filter((json) => json !== null);
      // Where one of its forms cannot be read, which is told, that may be the one that is meant.
      if (sound.length === asked.length) mistakes.push(...routingMistakes(made, made.offline ? [...sound, made.offline] : sound, pointer));
    }
    return made ? [made] : [];
  });
  if (mistakes.length > 0) return err(refused(mistakes, name));
  return ok(toConfig(file, widgets, questions, options));
}

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
