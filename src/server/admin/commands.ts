/** What the command line asks of a server, running or not. One schema; the socket and the direct way both end in `runAdminCommand`. */
import { Type, type Static } from 'typebox';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Audit } from '../audit/audit.js';
import type { AccountLine, Accounts } from '../identity/accounts.js';
import type { SqliteStore } from '../store/sqlite-store.js';
import { createValidate } from '../validate/ajv.js';

const email = Type.String({ minLength: 1, maxLength: 254 });
const password = Type.String({ minLength: 1, maxLength: 1000 });
const command = <T extends string, P extends Record<string, object>>(op: T, fields: P) => Type.Object({ op: Type.Literal(op), ...fields });

const AdminCommandSchema = Type.Union([
  command('agent.list', {}),
  command('agent.add', { email, password, name: Type.String({ maxLength: 1000 }), title: Type.String({ maxLength: 1000 }), departments: Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 }) }),
  command('agent.reset', { email, password }),
  command('agent.disable', { email }),
  command('agent.enable', { email }),
  command('backup', { file: Type.String({ minLength: 1, maxLength: 4000 }) }),
]);

/** One request of the command line. */
export type AdminCommand = Static<typeof AdminCommandSchema>;

/** The accounts that were changed or listed. */
export type AdminAnswer = readonly AccountLine[];

const validate = createValidate(AdminCommandSchema);

/** A command from outside. Errors: `invalid`. */
export function parseAdminCommand(input: unknown): Result<AdminCommand> {
  return validate(input).length === 0 ? ok(input as AdminCommand) : err(new CareError('invalid', 'That is not a command this server knows. Is the care-chat command of another version than the server?'));
}

/** What a command works on. */
export interface AdminScene {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly store: Pick<SqliteStore, 'backup'>;
}

/** Copies the database. On record before it is done: there must be no copy of which the log knows nothing. */
async function backUp(file: string, { audit, store }: Pick<AdminScene, 'audit' | 'store'>, actor: string): Promise<Result<AdminAnswer>> {
  await audit.write({ actor, action: 'store.backup' });
  try {
    await store.backup(file);
  } catch (error) {
    await audit.write({ actor, action: 'store.backup', outcome: 'refused', code: 'internal' });
    throw error;
  }
  return ok([]);
}

/** Does what was asked. `actor` stands in the audit log. Errors: those of `Accounts`, `internal`. */
export async function runAdminCommand(command: AdminCommand, { accounts, audit, store }: AdminScene, actor = 'command-line'): Promise<Result<AdminAnswer>> {
  const one = async (result: Promise<Result<AccountLine>>): Promise<Result<AdminAnswer>> => {
    const settled = await result;
    return settled.ok ? ok([settled.value]) : settled;
  };
  switch (command.op) {
    case 'agent.list': return ok(await accounts.list());
    case 'agent.add': return one(accounts.add(command, actor));
    case 'agent.reset': return one(accounts.reset(command.email, command.password, actor));
    case 'agent.disable': return one(accounts.disable(command.email, actor));
    case 'agent.enable': return one(accounts.enable(command.email, actor));
    case 'backup': return backUp(command.file, { audit, store }, actor);
  }
}
