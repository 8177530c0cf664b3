/** `care-chat conformance`: the kit against any backend. */
import { readFile } from 'node:fs/promises';
import type { Adapter } from '../conformance/adapter.js';
import type { Level } from '../conformance/case.js';
import type { Rule } from '../conformance/proxy/rules.js';
import { need, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const conformanceHelp = `care-chat conformance: tests any backend against the protocol's specification

  care-chat conformance --url URL [--widget ID] [--origin ORIGIN] [--level LEVELS] [--adapter WHERE] [--only TEXT] [--quick] [--strict]
                        [--seed N] [--timeout MS] [--connections N] [--faults FILE] [--report FILE] [--junit FILE] [--known-failures FILE]
  care-chat conformance --clauses | --fault-cases | --list [--level LEVELS]

  --url URL             where the backend is: https://chat.example.org
  --widget ID           the widget to use; default: the server's default one
  --origin ORIGIN       the Origin to send, one that the widget allows; default: none
  --level LEVELS        some of core, auth, desk, files, bot, relay, chaos, between commas; or all. Default: core.
                        desk brings core, and needs --agent
  --agent ADDRESS       an agent's account; its password is in CARE_CHAT_PASSWORD, or comes with --password-stdin
  --adapter WHERE       what the protocol cannot do (restart, kill9, expireTokens …): a module of functions, or http://…,
                        asked by POST /_care/test/OPERATION. Cases that need an operation which is absent are skipped, and say so
  --only TEXT           only cases whose id, clause or name holds this; several between commas
  --quick               leaves out the cases that wait for a time-out of the backend
  --strict              fields that the specification does not know are mistakes too
  --seed N              repeats the ids, texts and order of an earlier run
  --timeout MS          longest wait for one answer; default 5000
  --connections N       how many connections come at once in level chaos; default 500
  --faults FILE         rules of the fault proxy, a JSON list, in force between kit and backend for the whole run
                        (src/conformance/proxy/README.md); one that never fired is told, and fails the run
  --report FILE         writes the result as JSON (types/conformance-report.schema.json)
  --junit FILE          writes it as JUnit XML
  --known-failures FILE ids of cases that may fail, one a line, # for comments; one that passes is told
  --clauses             prints which clauses are mandatory at which level, and what proves each
  --fault-cases         prints the fault cases by number, and where each is tested
  --list                prints every case: level, id, and the operations it needs

The kit opens visitors and conversations, and closes them again: use a test server. Ctrl+C ends it with what it knows by then.
Exit code:
  0                     nothing failed, something passed
  1                     something failed, nothing passed, the run was not complete, or a rule of --faults never fired
  2                     called wrongly
  3                     the server could not be reached at all`;

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`${option} must be a whole number`);
  return Number(text);
}

async function agentOf(email: string | undefined, fromInput: boolean, terminal: Terminal): Promise<{ readonly email: string; readonly password: string } | undefined> {
  if (email === undefined) return undefined;
  const password = fromInput ? (await terminal.readInput())?.replace(/\r?\n$/, '') : terminal.env['CARE_CHAT_PASSWORD'];
  return { email, password: need(password, 'a password, in CARE_CHAT_PASSWORD or by --password-stdin,') };
}

async function levelsIn(text: string | undefined): Promise<readonly Level[] | null> {
  if (text === undefined) return null;
  const { levels } = await import('../conformance/case.js');
  const names = Object.keys(levels) as Level[];
  if (text === 'all') return names;
  return text.split(',').map((word) => {
    const level = names.find((name) => name === word.trim());
    if (level === undefined) throw new UsageError(`--level knows ${names.join(', ')} and all, not "${word.trim().slice(0, 40)}"`);
    return level;
  });
}

async function adapterAt(where: string | undefined): Promise<Adapter | undefined> {
  if (where === undefined) return undefined;
  const { loadAdapter, AdapterMistake } = await import('../conformance/adapter.js');
  try {
    return await loadAdapter(where);
  } catch (error) {
    throw error instanceof AdapterMistake ? new UsageError(error.message) : error;
  }
}

async function knownFailuresIn(file: string | undefined): Promise<ReadonlySet<string> | undefined> {
  if (file === undefined) return undefined;
  const { parseKnownFailures, KnownFailuresMistake } = await import('../conformance/known-failures.js');
  const { allCases } = await import('../conformance/all-cases.js');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`the known failures ${file} cannot be read`);
  });
  try {
    return parseKnownFailures(text, new Set(allCases.map(({ id }) => id)));
  } catch (error) {
    throw error instanceof KnownFailuresMistake ? new UsageError(error.message) : error;
  }
}

async function faultsIn(file: string | undefined): Promise<readonly Rule[] | undefined> {
  if (file === undefined) return undefined;
  const { parseRules, RuleError } = await import('../conformance/proxy/rules.js');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`the faults ${file} cannot be read`);
  });
  try {
    return parseRules(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`the faults ${file}: ${error instanceof RuleError ? error.message : 'that is not JSON'}`);
  }
}

async function printTables({ clauses, 'fault-cases': faults, list }: { readonly clauses?: boolean | undefined; readonly 'fault-cases'?: boolean | undefined; readonly list?: boolean | undefined }, levels: readonly Level[] | null, terminal: Terminal): Promise<void> {
  const { clauseLines, faultCaseLines, caseLines } = await import('../conformance/coverage.js');
  for (const line of [...(clauses ? clauseLines(levels) : []), ...(faults ? faultCaseLines() : []), ...(list ? caseLines(levels) : [])]) terminal.out(line);
}

/** The subcommand. Throws `UsageError`. */
export async function runConformanceCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    url: { type: 'string' }, widget: { type: 'string' }, origin: { type: 'string' }, level: { type: 'string' }, agent: { type: 'string' }, 'password-stdin': { type: 'boolean' },
    adapter: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean' }, strict: { type: 'boolean' }, seed: { type: 'string' }, timeout: { type: 'string' }, connections: { type: 'string' }, faults: { type: 'string' },
    report: { type: 'string' }, junit: { type: 'string' }, 'known-failures': { type: 'string' }, clauses: { type: 'boolean' }, 'fault-cases': { type: 'boolean' }, list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    terminal.out(conformanceHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const wanted = await levelsIn(values.level);
  if (values.clauses || values['fault-cases'] || values.list) {
    await printTables(values, wanted, terminal);
    return exit.ok;
  }
  const url = need(values.url, '--url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError('--url must be an address such as https://chat.example.org');
  const agent = await agentOf(values.agent, values['password-stdin'] ?? false, terminal);
  const levels = wanted ?? ['core'];
  if (levels.includes('desk') && !agent) throw new UsageError('--level desk needs --agent');
  const [knownFailures, faults, adapter] = [await knownFailuresIn(values['known-failures']), await faultsIn(values.faults), await adapterAt(values.adapter)];
  const { runConformance } = await import('../conformance/main.js');
  const stop = new AbortController();
  void terminal.stopRequested().then(() => stop.abort());
  const report = await runConformance({
    url, levels, agent, adapter, knownFailures, faults, widget: values.widget, origin: values.origin, only: values.only, report: values.report, junit: values.junit, quick: values.quick, strict: values.strict,
    seed: wholeNumber(values.seed, '--seed'), timeoutMs: wholeNumber(values.timeout, '--timeout'), connections: wholeNumber(values.connections, '--connections'), print: terminal.out, progress: terminal.progress, signal: stop.signal,
  });
  return report.exitCode;
}
