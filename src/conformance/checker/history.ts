/**
 * A recorded history, after Jepsen: what every client asked for and what it was told (invoke, ok, fail, unknown), what every observer saw, and the log at the
 * end. Ids, numbers and digests only: what was written is never in it.
 */
import { createHash } from 'node:crypto';

/** One event as somebody saw it. */
export interface SeenEvent {
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  /** Of the content (`digestOf`). */
  readonly digest: string;
  readonly tombstone: boolean;
  /** Own devices only. */
  readonly cmid?: string | undefined;
  readonly dev?: string | undefined;
}

/** Which submit a record is about. The key of a submit is (stream, device, cmid). */
interface SubmitKey {
  readonly client: string;
  readonly device: string;
  readonly stream: string;
  readonly cmid: string;
}

/** What a record says. */
export type HistoryFact =
  /** A person pressed send. Once per cmid, before the first try. */
  | ({ readonly type: 'invoke'; readonly digest: string } & SubmitKey)
  /** It was acknowledged; as often as an acknowledgement came. Numbers where the client was told them. */
  | ({ readonly type: 'ok'; readonly epoch?: string; readonly seq?: number; readonly eventId?: string; readonly eventAt?: number; readonly dup?: boolean } & SubmitKey)
  /** It was refused for good. */
  | ({ readonly type: 'fail'; readonly code: string } & SubmitKey)
  /** A try ended without an answer. */
  | ({ readonly type: 'unknown' } & SubmitKey)
  /** This client's person may see the stream. */
  | { readonly type: 'may'; readonly client: string; readonly stream: string }
  /** An event arrived. `applied`: the client took it into its copy, the next of its cursor. */
  | { readonly type: 'event'; readonly client: string; readonly connection: number; readonly stream: string; readonly applied: boolean; readonly event: SeenEvent }
  /** The client dropped its copy, or took it from another place. */
  | { readonly type: 'reset'; readonly client: string; readonly stream: string }
  | { readonly type: 'watermark'; readonly client: string; readonly connection: number; readonly stream: string; readonly who: string; readonly delivered: number; readonly read: number }
  /** A message was taken back: from here on nobody may be shown its content. */
  | { readonly type: 'retracted'; readonly stream: string; readonly eventId: string }
  /** The client opened a connection. */
  | { readonly type: 'connect'; readonly client: string }
  /** The backend refused something; `valid`: its answer was a problem object as the schema says. */
  | { readonly type: 'refusal'; readonly client: string; readonly status: number; readonly code: string | null; readonly valid: boolean }
  /** A sample of what one connection costs the backend. */
  | { readonly type: 'memory'; readonly connection: string; readonly sizeBytes: number }
  /** A backup was put back: what was told before may be gone. */
  | { readonly type: 'restored' }
  /** From here on the network is good and the backend runs. */
  | { readonly type: 'faults-ended' }
  /** This client has nothing left to send (`queued` 0) and stands at these cursors. The first after `faults-ended` with nothing queued counts. */
  | { readonly type: 'settled'; readonly client: string; readonly queued: number; readonly cursors: readonly { readonly stream: string; readonly epoch: string; readonly seq: number }[] }
  /** What a client shows at the end: the messages from seq `from` on, in its order. */
  | { readonly type: 'copy'; readonly client: string; readonly stream: string; readonly from: number; readonly messages: readonly { readonly seq: number; readonly digest: string }[] }
  /** The log at the end, read whole by this client. */
  | { readonly type: 'log'; readonly client: string; readonly stream: string; readonly epoch: string; readonly head: number; readonly events: readonly SeenEvent[] };

/** One record; `at` in milliseconds since the epoch. */
export type HistoryRecord = HistoryFact & { readonly at: number };

export interface History {
  readonly records: readonly HistoryRecord[];
  add(fact: HistoryFact): void;
}

/** An empty history. */
export const createHistory = (now: () => number = Date.now): History => {
  const records: HistoryRecord[] = [];
  return { records, add: (fact) => void records.push({ ...fact, at: now() }) };
};

/** Digest of a text. */
export const digestOfText = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 22);

interface Parts {
  readonly parts?: readonly { readonly kind?: unknown; readonly text?: unknown }[];
}

/** Digest of what an event says (its `d`), or of what is submitted. A message of one text has the digest of that text. */
export const digestOf = (content: unknown): string => {
  const { parts } = (content ?? {}) as Parts;
  const [only] = parts ?? [];
  if (parts?.length === 1 && only?.kind === 'text' && typeof only.text === 'string') return digestOfText(only.text);
  return digestOfText(JSON.stringify(parts ?? content));
};

/** An event of the wire, as it is recorded. */
export const toSeen = (event: { readonly epoch: string; readonly seq: number; readonly id: string; readonly kind: string; readonly d: unknown; readonly cmid?: string | undefined; readonly dev?: string | undefined }): SeenEvent => ({
  epoch: event.epoch, seq: event.seq, id: event.id, kind: event.kind, digest: digestOf(event.d),
  tombstone: typeof event.d === 'object' && event.d !== null && 'tombstone' in event.d,
  ...(event.cmid !== undefined && { cmid: event.cmid }), ...(event.dev !== undefined && { dev: event.dev }),
});
