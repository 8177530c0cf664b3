/**
 * The vendor's adapter: what the kit cannot do through the protocol, done by a module of the vendor's or by `POST {url}/_care/test/{operation}`.
 * Every operation is optional; a case that needs one that is absent is skipped, and says which.
 */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { Failed, Skipped } from './expect.js';

/** The operations: what each is given, and what it does. */
export const operations = {
  start: 'before the first case',
  stop: 'after the last case',
  agentSend: '{conversationId, text}: somebody of staff takes the conversation, where nobody has it, and writes this',
  typing: '{conversationId, on}: whoever of staff has the conversation types, or has stopped',
  assign: '{conversationId}: somebody of staff takes the conversation',
  transfer: '{conversationId}: staff returns the conversation to the queue',
  close: '{conversationId}: staff ends the conversation',
  setAvailability: '{state}: staff is `online` or `away`; where there are several, all of them',
  expireTokens: '{visitorId}: the visitor\'s access tokens end now (those of others may, too)',
  revoke: '{visitorId}: the visitor\'s sessions are revoked',
  restart: '{}: an orderly stop and a start; resolves when it answers again',
  kill9: '{}: the process is killed and started again; resolves when it answers again',
  newEpoch: '{}: every stream gets another epoch, as after a restored backup; resolves when it answers again',
  prune: '{conversationId, upTo}: events up to this seq are no longer kept',
  setRate: '{submitPerMin}: so many submits a minute and session from now on; null: as configured. The server may be restarted for it',
  now: '{offsetMs} → {now}: the server\'s clock goes off by this much from the true time; 0: right again',
  memory: '{} → {bytes}: memory that the server uses, as exactly as can be told',
  agentRetract: 'for capability `retract`, which is draft: {conversationId, seq}: the author takes the message back',
  redact: 'for capability `retract`, which is draft: {conversationId, seq}: staff removes the content of the message',
  issueIdentity: 'for capability `identity`, which is draft: {widgetId, sub} → {identity}: a signed identity (S-6.14)',
} as const;

export type OperationName = keyof typeof operations;

/** The adapter cannot be used; in words. */
export class AdapterMistake extends Error {}

export interface Adapter {
  /** False: certainly absent. True: there, or only the call will tell. */
  has(name: OperationName): boolean;
  /** Throws `Skipped` where it is absent, `Failed` where it went wrong or took over a minute. */
  call(name: OperationName, input?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Longest time an operation may take: a restart is among them. */
const operationMs = 60_000;

const absent = (name: OperationName): Skipped => new Skipped(`needs the adapter's operation \`${name}\``);

/** No adapter: every operation is absent. */
export const noAdapter: Adapter = { has: () => false, call: (name) => Promise.reject(absent(name)) };

type Operation = (input: Readonly<Record<string, unknown>>) => unknown;

const inTime = async (name: OperationName, work: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failed(`the adapter's operation \`${name}\` took over ${operationMs / 1000} s`)), operationMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof Failed || error instanceof Skipped) throw error;
    throw new Failed(`the adapter's operation \`${name}\` failed: ${error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown'}`);
  } finally {
    clearTimeout(timer);
  }
};

/** An adapter made of functions. Throws `AdapterMistake` where one is no operation. */
export function createAdapter(exported: Readonly<Record<string, unknown>>): Adapter {
  const { default: whole, ...named } = exported;
  const found = { ...(typeof whole === 'object' && whole !== null ? whole as Record<string, unknown> : {}), ...named };
  for (const [name, value] of Object.entries(found)) {
    if (!Object.hasOwn(operations, name)) throw new AdapterMistake(`the adapter has "${name.slice(0, 60)}", which is no operation. Operations: ${Object.keys(operations).join(', ')}`);
    if (typeof value !== 'function') throw new AdapterMistake(`the adapter's "${name}" is no function`);
  }
  const table = new Map(Object.entries(found) as [OperationName, Operation][]);
  if (table.size === 0) throw new AdapterMistake('the adapter has no operation: export functions by their names, or an object of them as default');
  return {
    has: (name) => table.has(name),
    async call(name, input = {}) {
      const operation = table.get(name);
      if (!operation) throw absent(name);
      return inTime(name, Promise.resolve().then(() => operation(input)));
    },
  };
}

function remoteAdapter(base: string): Adapter {
  const missing = new Set<OperationName>();
  return {
    has: (name) => !missing.has(name),
    call: (name, input = {}) => inTime(name, (async () => {
      const answer = await fetch(`${base.replace(/\/+$/, '')}/_care/test/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input), signal: AbortSignal.timeout(operationMs) });
      const text = await answer.text();
      if (answer.status === 404 || answer.status === 501) {
        missing.add(name);
        throw absent(name);
      }
      if (!answer.ok) throw new Failed(`the adapter answered \`${name}\` with ${answer.status}`);
      return text === '' ? undefined : JSON.parse(text) as unknown;
    })()),
  };
}

/** The adapter at a path (a module) or an http address. Throws `AdapterMistake` in words. */
export async function loadAdapter(where: string): Promise<Adapter> {
  if (/^https?:\/\//.test(where)) {
    if (!URL.canParse(where)) throw new AdapterMistake('the adapter\'s address is none');
    return remoteAdapter(where);
  }
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(resolve(where)).href) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new AdapterMistake(code === 'ERR_MODULE_NOT_FOUND' ? `the adapter ${where} cannot be read, or something it imports is not there` : `the adapter ${where} cannot be loaded: ${error instanceof Error ? error.name : 'unknown'}`);
  }
  return createAdapter({ ...module });
}
