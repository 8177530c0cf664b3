/** `care-chat agent …`: accounts of agents, in a running server through its admin socket, else in the store itself. */
import { randomInt } from 'node:crypto';
import type { Result } from '../base/result.js';
import { askRunningServer } from '../server/admin/admin-socket.js';
import { runAdminCommand, type AdminAnswer, type AdminCommand } from '../server/admin/commands.js';
import { createAudit } from '../server/audit/audit.js';
import { systemClock } from '../server/clock.js';
import { adminSocketFile, databaseFile, type Config } from '../server/config/config.js';
import { createIdentity } from '../server/identity/create-identity.js';
import { openSqliteStore } from '../server/store/sqlite-store.js';
import { need, readConfig, readOptions } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const agentHelp = `care-chat agent: the accounts of the people at the desk

  care-chat agent list    --config FILE
  care-chat agent add     --config FILE --email ADDRESS --name NAME --title TITLE --department ID [--department ID …]
  care-chat agent reset   --config FILE --email ADDRESS
  care-chat agent disable --config FILE --email ADDRESS
  care-chat agent enable  --config FILE --email ADDRESS

add and reset make a password and print it once. With --password-stdin they read it from standard input instead
(at least 12 characters). reset and disable end every session of the account at once.
Works while the server runs (through admin.sock in its data folder) and while it does not.

  --demo   the configuration is one for demo mode`;

/** Letters and digits that are not mistaken for one another when read aloud. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 20 random characters in groups of five: about 99 bits. */
export function makePassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

/** Does an admin command where it can be done: in the running server, else in the store. */
export async function doAdminCommand(config: Config, command: AdminCommand): Promise<Result<AdminAnswer>> {
  const answered = await askRunningServer(adminSocketFile(config), command);
  if (answered) return answered;
  const opened = await openSqliteStore({ file: databaseFile(config) });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    const audit = createAudit({ store, now: () => systemClock.now() });
    const identity = createIdentity({ store, clock: systemClock, config, audit });
    return await runAdminCommand(command, { accounts: identity.accounts, sessions: identity, audit, store });
  } finally {
    await store.close();
  }
}

async function passwordFor(fromInput: boolean, terminal: Terminal): Promise<{ readonly password: string; readonly made: boolean }> {
  if (!fromInput) return { password: makePassword(), made: true };
  const input = await terminal.readInput();
  if (input === null) throw new UsageError('--password-stdin reads the password from a file or another program, not from the keyboard');
  return { password: input.replace(/\r?\n$/, ''), made: false };
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
}

function tell(command: AdminCommand, { accounts }: AdminAnswer, made: string | null, { out }: Terminal): void {
  if (command.op === 'agent.list') {
    if (accounts.length === 0) return out('There are no accounts. Make one with: care-chat agent add');
    for (const line of table([['E-MAIL', 'NAME', 'TITLE', 'DEPARTMENTS', 'STATE'], ...accounts.map(({ email, name, title, departments, state }) => [email, name, title, departments.join(','), state])])) out(line);
    return;
  }
  const account = accounts[0];
  const done: Partial<Record<AdminCommand['op'], string>> = { 'agent.add': 'was added', 'agent.reset': 'has a new password', 'agent.disable': 'is disabled; its sessions have ended', 'agent.enable': 'is enabled again' };
  if (account) out(`${account.email} ${done[command.op] ?? ''}.`);
  if (made !== null) out(`Password (shown this once): ${made}`);
}

/** The subcommand. Throws `UsageError`. */
export async function runAgent(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    config: { type: 'string' }, demo: { type: 'boolean' }, email: { type: 'string' }, name: { type: 'string' }, title: { type: 'string' },
    department: { type: 'string', multiple: true }, 'password-stdin': { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
  });
  const [action, ...more] = positionals;
  if (values.help || action === undefined) {
    (values.help ? terminal.out : terminal.error)(agentHelp);
    return values.help ? exit.ok : exit.usage;
  }
  if (more.length > 0) throw new UsageError(`"${more[0]!}" is one word too many`);
  if (!['list', 'add', 'reset', 'disable', 'enable'].includes(action)) throw new UsageError(`there is no "agent ${action}"`);
  const path = need(values.config, '--config FILE');
  let command: AdminCommand = { op: 'agent.list' };
  let made: string | null = null;
  if (action !== 'list') {
    const email = need(values.email, '--email');
    if (action === 'disable' || action === 'enable') command = { op: `agent.${action}`, email };
    else {
      const extra = action === 'add' ? { name: need(values.name, '--name'), title: need(values.title, '--title'), departments: values.department ?? [] } : null;
      if (extra?.departments.length === 0) throw new UsageError('--department is needed');
      const chosen = await passwordFor(values['password-stdin'] ?? false, terminal);
      made = chosen.made ? chosen.password : null;
      command = extra ? { op: 'agent.add', email, password: chosen.password, ...extra } : { op: 'agent.reset', email, password: chosen.password };
    }
  }
  const config = readConfig(path, values.demo ?? false, terminal);
  if (!config) return exit.failure;
  const result = await doAdminCommand(config, command);
  if (!result.ok) {
    terminal.error(result.error.message);
    return exit.failure;
  }
  tell(command, result.value, made, terminal);
  return exit.ok;
}
