/** Watermarks: how far somebody has received and read a stream. They only rise, and never above the head. */
import type { Result } from '../../base/result.js';
import type { ReceiptRequest, Watermark } from '../../protocol/types.js';
import type { HubContext } from './context.js';
import type { Principal } from './principal.js';
import type { LiveConnection } from './registry.js';
import { findReadable } from './rights.js';

/** Merges and stores a mark, and tells everybody else who follows the stream. Errors: `not-found`, `forbidden`. */
export async function markStream(hub: HubContext, principal: Principal, stream: string, request: ReceiptRequest, from?: LiveConnection): Promise<Result<Watermark>> {
  const readable = await findReadable(hub.store, principal, stream);
  if (!readable.ok) return readable;
  const { key } = readable.value;
  const { head } = await hub.store.head(key);
  const read = Math.min(head, request.read ?? 0);
  const delivered = Math.min(head, Math.max(read, request.delivered ?? 0));
  const before = (await hub.store.watermarks(key)).find((mark) => mark.who === principal.id);
  if (before && before.read >= read && before.delivered >= delivered) return { ok: true, value: before };
  const merged = await hub.store.mark(key, { who: principal.id, role: principal.role, delivered, read });
  for (const other of hub.registry.followers(key, from)) other.send({ t: 'receipt', d: { stream: readable.value.stream, ...merged } });
  if (principal.role === 'agent' && readable.value.type === 'conversation') hub.feed.touch(stream);
  return { ok: true, value: merged };
}
