/** Where a stream is taken up: continue after the client's cursor, or `reset`, with the reason why the cursor cannot be continued. */
import type { Cursor, ResetBody, StreamStart } from '../../protocol/types.js';
import type { Config } from '../config/config.js';
import type { Store } from '../store/store.js';
import { conversationState } from './picture.js';
import type { Readable } from './rights.js';

export interface Start {
  readonly start: StreamStart;
  /** The frame that follows where the mode is `reset`. */
  readonly reset: ResetBody | null;
  /** Where delivery begins. */
  readonly after: number;
}

type Position = Partial<Pick<Cursor, 'epoch' | 'seq'>>;

function resetReason({ epoch, seq = 0 }: Position, at: { readonly epoch: string; readonly head: number; readonly floor: number }, resumeMax: number): ResetBody['reason'] | null {
  if (epoch !== undefined && epoch !== at.epoch) return 'epoch';
  if (seq > at.head) return 'ahead';
  if (seq < at.floor - 1) return 'pruned';
  return at.head - seq > resumeMax ? 'too-far' : null;
}

/** Decides how a stream begins for one client. Without a position it begins at its head, with nothing to follow (S-8.5, S-8.6). */
export async function startOf({ store, config }: { readonly store: Store; readonly config: Config }, readable: Readable, position: Position): Promise<Start> {
  const { head, floor } = await store.head(readable.key);
  const state = readable.type === 'conversation' && readable.row ? { state: await conversationState(store, readable.row) } : {};
  const from: Position = position.epoch === undefined ? { seq: head } : position;
  const reason = resetReason(from, { epoch: store.epoch, head, floor }, config.limits.resumeMax);
  const base = { stream: readable.stream, epoch: store.epoch, head };
  return reason === null
    ? { start: { ...base, mode: 'resume', ...state }, reset: null, after: from.seq ?? 0 }
    : { start: { ...base, mode: 'reset', ...state }, reset: { ...base, floor, reason, ...state }, after: head };
}
