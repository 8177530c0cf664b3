/** Who is on the other side of a request, as the hub sees it. Made from verified claims only; nothing a client says about itself enters here. */
import type { Result } from '../../base/result.js';
import type { By } from '../../protocol/types.js';
import type { Claims } from '../identity/identity.js';
import type { AgentAccount, Store } from '../store/store.js';
import { refuse } from './problems.js';

export interface VisitorPrincipal {
  readonly role: 'visitor';
  readonly id: string;
  readonly widgetId: string;
  readonly deviceId: string;
  readonly sid: string;
}

export interface AgentPrincipal {
  readonly role: 'agent';
  readonly id: string;
  readonly account: AgentAccount;
  readonly deviceId: string;
  readonly sid: string;
}

export type Principal = VisitorPrincipal | AgentPrincipal;

/** The author of what nobody in particular did. */
export const systemBy: By = { id: 'system', role: 'system' };

/** How an agent is shown to everybody: name and title, no address. */
export const agentBy = (account: Pick<AgentAccount, 'id' | 'name' | 'title'>): By => ({ id: account.id, role: 'agent', name: account.name, title: account.title });

/** The author of what this principal does. */
export const byOf = (principal: Principal): By => (principal.role === 'agent' ? agentBy(principal.account) : { id: principal.id, role: 'visitor' });

/** Reads the account anew, so that a change of departments or a disabled account counts at once. Errors: `token-invalid`. */
export async function toPrincipal(claims: Claims, store: Store): Promise<Result<Principal>> {
  const { sub: id, deviceId, sid } = claims;
  if (claims.role === 'visitor') {
    return claims.widgetId === null ? refuse('token-invalid') : { ok: true, value: { role: 'visitor', id, widgetId: claims.widgetId, deviceId, sid } };
  }
  const account = await store.agent(id);
  if (!account || account.disabled) return refuse('token-invalid');
  return { ok: true, value: { role: 'agent', id, account, deviceId, sid } };
}

/** The same principal with the account as it is now. Errors: `token-invalid`. */
export async function toPrincipalAgain(principal: Principal, store: Store): Promise<Result<Principal>> {
  if (principal.role === 'visitor') return { ok: true, value: principal };
  const account = await store.agent(principal.id);
  return account && !account.disabled ? { ok: true, value: { ...principal, account } } : refuse('token-invalid');
}
