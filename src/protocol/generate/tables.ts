/** The tables of the specification that the source already knows. They replace what stands between `<!-- generated:NAME -->` and `<!-- /generated -->`. */
import { operations } from '../schema/operations.js';
import { frameNames, schemas } from '../schema/registry.js';
import { closeActions, problemTable, type CloseAction } from '../version.js';
import { replies } from './replies.js';

type Described = { readonly description?: string; readonly properties?: { readonly d?: { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[]; readonly $id?: string; readonly anyOf?: readonly { readonly $id?: string }[] } } };

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string => [row(...head), `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');

function fields(schema: Described): string {
  const d = schema.properties?.d;
  if (d?.$id) return `${d.$id}`;
  if (d?.anyOf) return d.anyOf.map(({ $id }) => $id ?? '').join(', ');
  const names = Object.keys(d?.properties ?? {}).map((name) => (d?.required?.includes(name) ? name : `${name}?`));
  return names.length > 0 ? `\`{${names.join(', ')}}\`` : '`{}`';
}

const frames = (direction: 'client' | 'server'): string =>
  table(['`t`', 'schema', 'reply', '`d`', 'meaning'], [...frameNames(direction)].map(([t, name]) => {
    const schema = schemas.get(name) as Described;
    return row(`\`${t}\``, name, direction === 'client' ? (replies[t] ?? []).map((reply) => `\`${reply}\``).join(', ') || 'none' : '', fields(schema), schema.description ?? '');
  }));

const closeMeanings: Readonly<Record<number, string>> = {
  1000: 'closed in order',
  4400: 'bad frame',
  4401: 'token missing, expired or not valid',
  4403: 'forbidden: origin, widget, another subject in `auth`',
  4406: 'no common version',
  4408: 'no hello within 10 s',
  4410: 'session revoked, account disabled',
  4413: 'frame larger than `limits.frameBytes`',
  4429: 'too many frames or connections',
  4440: 'auto-logoff',
  4503: 'draining: the server is going to stop',
  4508: 'slow consumer',
};

/** Codes that are not ours (RFC 6455 §7.4 and its registry), without `bye` unless the server sends one: what each means here. */
const commonMeanings: Readonly<Record<string, string>> = {
  1001: 'going away: the server stops, or the page is left',
  1006: 'lost: the line broke, nothing was said',
  1009: 'a message was larger than the server, or something in front of it, reads (it should have said 4413)',
  1011: 'error of the server',
  1012: 'restart: the server begins anew with what it has stored',
  1013: 'overloaded: the store or the server cannot follow, for now',
  'any other, unknown 4xxx too': 'not known to this version',
};

const actions: Readonly<Record<CloseAction, string>> = {
  backoff: 'reconnect with backoff (full jitter, 0.5–30 s; over `retryAfterMs` where `bye` gave one)',
  now: 'reconnect at once, resume',
  'max-backoff': 'reconnect after the longest backoff, report',
  refresh: 'refresh the token, reconnect at once (at most 3 times in a row, then backoff)',
  stop: 'stop',
  'stop-wipe': 'stop, forget tokens, cursors, drafts and outbox',
};

const makers: Readonly<Record<string, () => string>> = {
  'client-frames': () => frames('client'),
  'server-frames': () => frames('server'),
  'close-codes': () => table(['code', 'meaning', 'client'], [
    ...Object.entries(closeActions).map(([code, action]) => row(code, closeMeanings[Number(code)] ?? '', actions[action])),
    ...Object.entries(commonMeanings).map(([code, meaning]) => row(code, meaning, actions.backoff)),
  ]),
  problems: () => table(['code', 'status', 'retryable', 'title'], Object.entries(problemTable).map(([code, [status, title, retryable]]) => row(`\`${code}\``, String(status), retryable ? 'yes' : 'no', title))),
  operations: () => table(['operation', 'method and path', 'profile', 'token', 'body → answer', 'clause'], operations.map((operation) => row(
    operation.operationId, `\`${operation.method} ${operation.path}\``, operation.profile, operation.auth === 'bearer' ? 'yes' : 'no',
    `${'request' in operation ? operation.request : '–'} → ${'answer' in operation ? operation.answer : 'isStream' in operation ? 'a stream' : '–'} (${Object.keys(operation.statuses).join(', ')})`, `§${operation.clause}`,
  ))),
};

/** The text with every generated table made anew. Throws on a name that nothing makes. */
export function fillTables(markdown: string): string {
  return markdown.replace(/<!-- generated:([a-z-]+) -->[^]*?<!-- \/generated -->/g, (_whole, name: string) => {
    const make = makers[name];
    if (!make) throw new Error(`nothing generates ${name}`);
    return `<!-- generated:${name} -->\n${make()}\n<!-- /generated -->`;
  });
}

/** Close codes that have a meaning here; a test compares them with the client's table. */
export const describedCloseCodes: readonly number[] = Object.keys(closeMeanings).map(Number);
