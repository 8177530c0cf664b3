/** `care-chat prune`: takes the beginning of a conversation away. */
import { doAdminCommand } from './agent.js';
import { need, readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const pruneHelp = `care-chat prune: erases the beginning of a conversation

  care-chat prune --config FILE --conversation ID --below SEQ

Events numbered below SEQ lose their content and are served no more; the numbers and keys stay, so that no late copy of a message comes
back. Browsers that were further behind load the rest anew. Copies made before (backups) are not changed. For the staff's notes, name ID.staff.

  --demo   the configuration is one for demo mode`;

/** The subcommand. Throws `UsageError`. */
export async function runPrune(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, { config: { type: 'string' }, conversation: { type: 'string' }, below: { type: 'string' }, demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(pruneHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const stream = need(values.conversation, '--conversation ID');
  const below = need(values.below, '--below SEQ');
  if (!/^[1-9]\d{0,14}$/.test(below)) throw new UsageError('--below must be the number of an event');
  const config = readConfig(need(values.config, '--config FILE'), values.demo ?? false, terminal);
  if (!config) return exit.failure;
  const result = await doAdminCommand(config, { op: 'stream.prune', stream, below: Number(below) });
  if (result.ok) terminal.out(`${stream} now begins with event ${result.value.count}.`);
  else terminal.error(result.error.message);
  return result.ok ? exit.ok : exit.failure;
}
