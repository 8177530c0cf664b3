/** What must hold of the service as such: I11, I12, I14, I15. */
import type { IndexedHistory } from './index-history.js';
import type { Report } from './violation.js';

/** Frames that are never events (protocol README §8). */
const ephemeral = new Set(['typing', 'presence', 'receipt', 'page', 'activity', 'locale', 'ping', 'pong', 'notice', 'summary', 'colleague']);

/** I11: nothing ephemeral is in the log or among events. */
export const checkEphemeral = ({ records }: IndexedHistory, report: Report): void => {
  for (const record of records) {
    const events = record.type === 'event' ? [record.event] : record.type === 'log' ? record.events : [];
    for (const { kind, seq, id } of events) {
      if (ephemeral.has(kind) && 'client' in record) report({ invariant: 'I11', kind: 'other', what: `\`${kind}\` is an event`, client: record.client, stream: 'stream' in record ? record.stream : undefined, seqs: [seq], eventIds: [id] });
    }
  }
};

/** I12: no connection costs more than this, by the samples there are. */
export const checkMemory = ({ of }: IndexedHistory, limitBytes: number, report: Report): void => {
  const most = new Map<string, number>();
  for (const { connection, sizeBytes } of of('memory')) most.set(connection, Math.max(most.get(connection) ?? 0, sizeBytes));
  for (const [client, amount] of most) if (amount > limitBytes) report({ invariant: 'I12', kind: 'other', what: `a connection cost more than ${limitBytes} bytes`, client, amount });
};

/** I14: no client opens more connections than this in any minute. */
export const checkConnects = ({ of }: IndexedHistory, perMin: number, report: Report): void => {
  const times = new Map<string, number[]>();
  const told = new Set<string>();
  for (const { client, at } of of('connect')) {
    const recent = [...(times.get(client) ?? []), at].filter((time) => time > at - 60_000);
    times.set(client, recent);
    if (recent.length <= perMin || told.has(client)) continue;
    told.add(client);
    report({ invariant: 'I14', kind: 'other', what: `a client opened more than ${perMin} connections in a minute`, client, amount: recent.length });
  }
};

/** I15: every refusal is a problem object with a code. */
export const checkRefusals = ({ of }: IndexedHistory, report: Report): void => {
  for (const { client, status, code, valid } of of('refusal')) {
    if (!valid || code === null) report({ invariant: 'I15', kind: 'other', what: `a refusal with status ${status} is no problem object`, client, amount: status });
  }
};
