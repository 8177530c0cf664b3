/** `care-chat visitor revoke`: ends every session of a visitor. */
import { doAdminCommand } from './agent.js';
import { need, readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const visitorHelp = `care-chat visitor: the browsers of a patient

  care-chat visitor revoke --config FILE --visitor ID

Ends every session of a visitor (a phone that was lost): its connections are closed, its tokens refused, and its browsers forget what they
stored. The conversations stay. The id stands in the desk's details, v_…

  --demo   the configuration is one for demo mode`;

/** The subcommand. Throws `UsageError`. */
export async function runVisitor(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, { config: { type: 'string' }, visitor: { type: 'string' }, demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(visitorHelp);
    return exit.ok;
  }
  const [action, ...more] = positionals;
  if (action !== 'revoke') throw new UsageError(action === undefined ? 'what about the visitor? "visitor revoke"' : `there is no "visitor ${action}"`);
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  const visitorId = need(values.visitor, '--visitor ID');
  const config = readConfig(need(values.config, '--config FILE'), values.demo ?? false, terminal);
  if (!config) return exit.failure;
  const result = await doAdminCommand(config, { op: 'visitor.revoke', visitorId });
  if (result.ok) terminal.out(`${result.value.count} session${result.value.count === 1 ? ' was' : 's were'} ended.`);
  else terminal.error(result.error.message);
  return result.ok ? exit.ok : exit.failure;
}
