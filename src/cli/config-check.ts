/** `care-chat config check`: is this configuration fine, and if not, where is each mistake. */
import { readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const configHelp = `care-chat config: the configuration file

  care-chat config check FILE [--demo]

Says what is wrong and where, for every mistake at once. Nothing is started or written.
An editor completes the file from its JSON Schema: "$schema": "…/care-chat/types/care-chat.config.schema.json".`;

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** The subcommand. Throws `UsageError`. */
export function runConfig(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, positionals } = readOptions(args, { demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(configHelp);
    return exit.ok;
  }
  const [action, path, ...more] = positionals;
  if (action !== 'check') throw new UsageError(action === undefined ? 'what about the configuration? "config check FILE"' : `there is no "config ${action}"`);
  if (path === undefined) throw new UsageError('config check needs the FILE');
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  const config = readConfig(path, values.demo ?? false, terminal);
  if (!config) return exit.failure;
  terminal.out(`${path} is fine: ${count(config.widgets.length, 'widget')}, ${count(config.departments.length, 'department')}, ${count(config.agents.length, 'agent')}, ${count(config.canned.length, 'canned reply').replace('replys', 'replies')}.`);
  return exit.ok;
}
