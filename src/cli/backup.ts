/** `care-chat backup`: a consistent copy of the database, while the server runs or not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { doAdminCommand } from './agent.js';
import { need, readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const backupHelp = `care-chat backup: a consistent copy of the database, also while the server runs

  care-chat backup --config FILE --to FILE

The copy is checked before it gets its name. Nobody who writes meanwhile waits for it. To put it back: care-chat restore.

  --demo   the configuration is one for demo mode`;

/** The subcommand. Throws `UsageError`. */
export async function runBackup(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, { config: { type: 'string' }, to: { type: 'string' }, demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(backupHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const file = resolve(need(values.to, '--to FILE'));
  const config = readConfig(need(values.config, '--config FILE'), values.demo ?? false, terminal);
  if (!config) return exit.failure;
  if (existsSync(file)) {
    terminal.error(`${file} is there already. A backup never overwrites a file: choose another name.`);
    return exit.failure;
  }
  const result = await doAdminCommand(config, { op: 'backup', file });
  if (result.ok) terminal.out(`The database was copied to ${file}. It holds what patients wrote: keep it as safe as the server.`);
  else terminal.error(result.error.message);
  return result.ok ? exit.ok : exit.failure;
}
