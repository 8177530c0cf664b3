/** `care-chat restore`: puts a backup in the place of the database. */
import { resolve } from 'node:path';
import { systemClock } from '../server/clock.js';
import { databaseFile } from '../server/config/config.js';
import { restoreDatabase } from '../server/store/restore.js';
import { need, readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const restoreHelp = `care-chat restore: puts a backup in the place of the database

  care-chat restore --config FILE --from FILE

Stop the server first. The backup is checked and copied; what was there is kept beside it, under a name with the time. The history gets a new
epoch: browsers notice, drop their copies, load what is there now, and send what they had not yet got rid of. What was acknowledged after the
backup was made is gone: messages, accounts and passwords that were changed, sessions that were ended (end those again).

  --demo   the configuration is one for demo mode`;

/** The subcommand. Throws `UsageError`. */
export function runRestore(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, positionals } = readOptions(args, { config: { type: 'string' }, from: { type: 'string' }, demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(restoreHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const from = resolve(need(values.from, '--from FILE'));
  const config = readConfig(need(values.config, '--config FILE'), values.demo ?? false, terminal);
  if (!config) return exit.failure;
  const result = restoreDatabase(from, databaseFile(config), systemClock.now());
  if (!result.ok) {
    terminal.error(result.error.message);
    return exit.failure;
  }
  terminal.out(`The database is now that of ${from}, with a new epoch. Start the server.`);
  if (result.value.aside !== null) terminal.out(`What was there is kept as ${result.value.aside}. It holds what patients wrote: delete it when you need it no more.`);
  return exit.ok;
}
