/** Agents' accounts as the person who runs the server changes them: `care-chat agent …`. Each change is in the audit log. */
import { randomBytes } from 'node:crypto';
import { CareError } from '../../base/care-error.js';
import { uuidv7 } from '../../base/ids.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Audit } from '../audit/audit.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { didYouMean } from '../config/mistakes.js';
import type { Serial } from '../hub/serial.js';
import type { AgentAccount, Store } from '../store/store.js';
import { hashPassword, type PasswordCost } from './password.js';

/** Shortest password of a real account (NIST SP 800-63B rev. 4 asks for 15 where it is the only factor; a lock-out is in front of this one). */
export const passwordMinChars = 12;

/** An account as it may be listed. */
export interface AccountLine {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly title: string;
  readonly departments: readonly string[];
  readonly state: 'active' | 'disabled' | 'locked' | 'no-password';
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly title: string;
  readonly departments: readonly string[];
  readonly password: string;
}

/** Errors of all: `invalid`, `conflict` (there is one already), `not-found`; messages for the person at the terminal. */
export interface Accounts {
  add(account: NewAccount, actor: string): Promise<Result<AccountLine>>;
  /** A new password; unlocks; ends every session. */
  reset(email: string, password: string, actor: string): Promise<Result<AccountLine>>;
  /** Ends every session; the account stays for the record. */
  disable(email: string, actor: string): Promise<Result<AccountLine>>;
  enable(email: string, actor: string): Promise<Result<AccountLine>>;
  list(): Promise<readonly AccountLine[]>;
}

export interface AccountsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly audit: Audit;
  /** Shared with sign-in, by e-mail address: a change must not be overwritten by a sign-in that read the account before. */
  readonly serial: Serial;
  readonly revokeAgent: (agentId: string, actor: string) => Promise<void>;
  readonly usable: (account: AgentAccount) => boolean;
  readonly passwordCost: PasswordCost;
}

/** Accounts over a store. */
export function createAccounts({ store, clock, config, audit, serial, revokeAgent, usable, passwordCost }: AccountsOptions): Accounts {
  const fold = (email: string): string => email.trim().toLowerCase();
  const line = (account: AgentAccount): AccountLine => {
    const { id, email, name, title, departments } = account;
    const state = account.disabled ? 'disabled' : !usable(account) ? 'no-password' : account.lockedUntil > clock.now() ? 'locked' : 'active';
    return { id, email, name, title, departments, state };
  };
  const invalid = (message: string) => err(new CareError('invalid', message));
  const weak = (password: string) => (password.length < passwordMinChars ? invalid(`A password needs at least ${passwordMinChars} characters.`) : password.length > 200 ? invalid('A password may have at most 200 characters.') : null);
  const change = (email: string, actor: string, action: 'account.reset' | 'account.disable' | 'account.enable', make: (account: AgentAccount) => AgentAccount): Promise<Result<AccountLine>> =>
    serial.run(fold(email), async () => {
      const account = await store.agentByEmail(fold(email));
      if (!account) return err(new CareError('not-found', 'There is no account with this e-mail address.'));
      const next = make(account);
      await store.putAgent(next);
      await audit.write({ actor, action, target: account.id });
      if (action !== 'account.enable') await revokeAgent(account.id, actor);
      return ok(line(next));
    });
  return {
    async add({ email, name, title, departments, password }, actor) {
      const refused = weak(password);
      if (refused) return refused;
      if (!/^[^\s@]+@[^\s@]+$/.test(email.trim()) || email.length > 254) return invalid('That is not an e-mail address.');
      if (name.trim() === '' || name.length > 120 || title.trim() === '' || title.length > 120) return invalid('Name and title are needed, at most 120 characters each.');
      if (departments.length === 0) return invalid('At least one department is needed.');
      const known = config.departments.map((department) => department.id);
      const unknown = departments.find((id) => !known.includes(id));
      if (unknown !== undefined) return invalid(`There is no department "${unknown}".${didYouMean(unknown, known) || ` There are: ${known.join(', ')}.`}`);
      return serial.run(fold(email), async () => {
        if (await store.agentByEmail(fold(email))) return err(new CareError('conflict', `There is an account with this e-mail address already. Use "reset" for a new password, "enable" if it was disabled.`));
        const id = `a_${uuidv7(clock.now(), randomBytes(16))}`;
        const passwordHash = await hashPassword(password, passwordCost);
        const account: AgentAccount = { id, email: email.trim(), name, title, departments: [...departments], passwordHash, disabled: false, failures: 0, lockedUntil: 0 };
        await store.putAgent(account);
        await audit.write({ actor, action: 'account.add', target: id });
        return ok(line(account));
      });
    },
    async reset(email, password, actor) {
      const refused = weak(password);
      if (refused) return refused;
      const passwordHash = await hashPassword(password, passwordCost);
      return change(email, actor, 'account.reset', (account) => ({ ...account, passwordHash, failures: 0, lockedUntil: 0 }));
    },
    disable: (email, actor) => change(email, actor, 'account.disable', (account) => ({ ...account, disabled: true })),
    enable: (email, actor) => change(email, actor, 'account.enable', (account) => ({ ...account, disabled: false, failures: 0, lockedUntil: 0 })),
    list: async () => (await store.agents()).map(line),
  };
}
