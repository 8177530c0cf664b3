/** `care-chat conformance`: the kit against any backend. */
import { need, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const conformanceHelp = `care-chat conformance: tests any backend against the protocol's specification

  care-chat conformance --url URL [--widget ID] [--origin ORIGIN] [--level core|desk] [--only TEXT]
                        [--seed N] [--timeout MS] [--report FILE]

  --url URL        where the backend is: https://chat.example.org
  --widget ID      the widget to use; default: the server's default one
  --origin ORIGIN  the Origin to send; default: none
  --level desk     tests the desk profile too; needs --agent ADDRESS, and its password in CARE_CHAT_PASSWORD or from --password-stdin
  --only TEXT      only cases whose clause or name holds this
  --seed N         repeats the ids and texts of an earlier run
  --timeout MS     longest wait for one answer; default 5000
  --report FILE    writes the result as JSON

The kit opens visitors and conversations and leaves them there: use a test server. Exit code 0: nothing failed.`;

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

/** The subcommand. Throws `UsageError`. */
export async function runConformanceCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    url: { type: 'string' }, widget: { type: 'string' }, origin: { type: 'string' }, level: { type: 'string' }, agent: { type: 'string' }, 'password-stdin': { type: 'boolean' },
    only: { type: 'string' }, seed: { type: 'string' }, timeout: { type: 'string' }, report: { type: 'string' }, help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    terminal.out(conformanceHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const url = need(values.url, '--url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError('--url must be an address such as https://chat.example.org');
  const level = values.level ?? 'core';
  if (level !== 'core' && level !== 'desk') throw new UsageError('--level must be core or desk');
  const agent = await agentOf(values.agent, values['password-stdin'] ?? false, terminal);
  if (level === 'desk' && !agent) throw new UsageError('--level desk needs --agent');
  const { runConformance } = await import('../conformance/main.js');
  const report = await runConformance({
    url, level, agent, widget: values.widget, origin: values.origin, only: values.only, report: values.report,
    seed: wholeNumber(values.seed, '--seed'), timeoutMs: wholeNumber(values.timeout, '--timeout'), print: terminal.out,
  });
  return report.exitCode;
}
