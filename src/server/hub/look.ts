/** The one way in which anybody comes to read a stream: rights first, then a line in the audit log where staff looks, refused looks too. */
import type { Result } from '../../base/result.js';
import type { HubContext } from './context.js';
import type { Principal } from './principal.js';
import { findReadable, type Readable } from './rights.js';

/** The stream, if this person may see it now. Resolves after the look of an agent is on record. Errors: those of `findReadable`. */
export async function look({ store, audit }: Pick<HubContext, 'store' | 'audit'>, principal: Principal, stream: string): Promise<Result<Readable>> {
  const found = await findReadable(store, principal, stream);
  if (principal.role === 'agent') {
    await audit.write({ actor: principal.id, action: 'conversation.read', target: stream, outcome: found.ok ? 'ok' : 'refused', code: found.ok ? null : found.error.code });
  }
  return found;
}
