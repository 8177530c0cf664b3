/** What the command line asks of a server, running or not. One schema; the socket and the direct way both end in `runAdminCommand`. */
import { Type, type Static } from 'typebox';
import { CareError } from '../../base/care-error.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Audit } from '../audit/audit.js';
import type { AccountLine, Accounts } from '../identity/accounts.js';
import type { Identity } from '../identity/identity.js';
import type { SqliteStore } from '../store/sqlite-store.js';
import { createValidate } from '../validate/ajv.js';

const email = Type.String({ minLength: 1, maxLength: 254 });
const id = Type.String({ minLength: 1, maxLength: 80 });
const password = Type.String({ minLength: 1, maxLength: 1000 });
const command = <T extends string, P extends Record<string, object>>(op: T, fields: P) => Type.Object({ op: Type.Literal(op), ...fields });

const AdminCommandSchema = Type.Union([
  command('agent.list', {}),
  command('agent.add', { email, password, name: Type.String({ maxLength: 1000 }), title: Type.String({ maxLength: 1000 }), departments: Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 }) }),
  command('agent.reset', { email, password }),
  command('agent.disable', { email }),
  command('agent.enable', { email }),
  command('visitor.revoke', { visitorId: id }),
  command('stream.prune', { stream: id, below: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
  command('backup', { file: Type.String({ minLength: 1, maxLength: 4000 }) }),
]);

/** One request of the command line. */
export type AdminCommand = Static<typeof AdminCommandSchema>;

/** The accounts that were changed or listed; for commands about something else a number (sessions that were ended, the new floor). */
export interface AdminAnswer {
  readonly accounts: readonly AccountLine[];
  readonly count: number;
}

const validate = createValidate(AdminCommandSchema);

/** A command from outside. Errors: `invalid`. */
export function parseAdminCommand(input: unknown): Result<AdminCommand> {
  return validate(input).length === 0 ? ok(input as AdminCommand) : err(new CareError('invalid', 'That is not a command this server knows. Is the care-chat command of another version than the server?'));
}

/** What a command works on. */
export interface AdminScene {
  readonly accounts: Accounts;
  readonly sessions: Pick<Identity, 'revokeVisitor'>;
  readonly audit: Audit;
  readonly store: Pick<SqliteStore, 'backup' | 'prune'>;
}

const answerOf = (accounts: readonly AccountLine[], count = accounts.length): AdminAnswer => ({ accounts, count });

/** Copies the database. On record before it is done: there must be no copy of which the log knows nothing. */
async function backUp(file: string, { audit, store }: Pick<AdminScene, 'audit' | 'store'>, actor: string): Promise<Result<AdminAnswer>> {
  await audit.write({ actor, action: 'store.backup' });
  try {
    await store.backup(file);
  } catch (error) {
    await audit.write({ actor, action: 'store.backup', outcome: 'refused', code: 'internal' });
    throw error;
  }
  return ok(answerOf([]));
}

/** Takes the beginning of a stream away. What it was about stays out of the log: who did it to which stream does not. */
async function prune({ stream, below }: { readonly stream: string; readonly below: number }, { audit, store }: Pick<AdminScene, 'audit' | 'store'>, actor: string): Promise<Result<AdminAnswer>> {
  await audit.write({ actor, action: 'stream.prune', target: stream });
  return ok(answerOf([], await store.prune(stream, below)));
}

/** Does what was asked. `actor` stands in the audit log. Errors: those of `Accounts`, `internal`. */
export async function runAdminCommand(command: AdminCommand, { accounts, sessions, audit, store }: AdminScene, actor = 'command-line'): Promise<Result<AdminAnswer>> {
  const one = async (result: Promise<Result<AccountLine>>): Promise<Result<AdminAnswer>> => {
    const settled = await result;
    return settled.ok ? ok(answerOf([settled.value])) : settled;
  };
  switch (command.op) {
    case 'agent.list': return ok(answerOf(await accounts.list()));
    case 'agent.add': return one(accounts.add(command, actor));
    case 'agent.reset': return one(accounts.reset(command.email, command.password, actor));
    case 'agent.disable': return one(accounts.disable(command.email, actor));
    case 'agent.enable': return one(accounts.enable(command.email, actor));
    case 'visitor.revoke': return ok(answerOf([], await sessions.revokeVisitor(command.visitorId, actor)));
    case 'stream.prune': return prune(command, { audit, store }, actor);
    case 'backup': return backUp(command.file, { audit, store }, actor);
  }
}
