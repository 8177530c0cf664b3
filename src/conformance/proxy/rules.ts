/**
 * What a rule of the fault proxy looks like, and the check of it. Rules are plain JSON. The check is strict on purpose: a rule with a misspelt name would
 * match nothing, and every test behind it would pass. Shape after the proxy of Ably's features specification.
 */

/** Where a rule looks. `bytes`: what a connection is sent, before anything is read from it. `time`: nothing; it acts on whatever connections there are. */
export type MatchPoint = 'ws-connect' | 'frame-to-server' | 'frame-to-client' | 'http-request' | 'http-response' | 'bytes' | 'time';

/** To whom bytes go. */
export type Direction = 'to-server' | 'to-client';

/** When a rule fires. Every field that is given must hold. */
export interface Match {
  readonly on: MatchPoint;
  /** Frames: the frame's type, or one of several. */
  readonly t?: string | readonly string[];
  /** Frames: a JSON pointer that must exist in the frame (`/d/cmid`). */
  readonly has?: string;
  /** Frames: JSON pointer → the value that must be there. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
  /** HTTP and upgrades: path without query; `*` stands for any letters. */
  readonly path?: string;
  readonly method?: string;
  /** `http-response`: its status. */
  readonly status?: number;
  /** `bytes`: which way; default both. */
  readonly direction?: Direction;
  /** `bytes`: where this many bytes have gone this way on one connection; the action acts at exactly that place. */
  readonly afterBytes?: number;
  /** `time`: milliseconds after `use`. */
  readonly afterMs?: number;
  /** `time`: again and again. */
  readonly everyMs?: number;
  /** Only the n-th that would match, from 1. */
  readonly nth?: number;
  /** Chance of each that would match, 0–1, out of the proxy's seed. */
  readonly probability?: number;
}

/** How a connection ends: an orderly end (FIN), or a reset (RST). */
export type CutKind = 'fin' | 'rst';

/** What a rule does to what it matched. */
export type Action =
  /** Connections are not accepted: with `status` an HTTP refusal, without it a reset before any answer. */
  | { readonly do: 'refuse'; readonly status?: number }
  /** Ends the connection, `before` (default) or `after` what was matched has passed. */
  | { readonly do: 'cut'; readonly how?: CutKind; readonly when?: 'before' | 'after' }
  /** Passes the first `bytes` (default: half) of what was matched, then cuts. */
  | { readonly do: 'tear'; readonly bytes?: number; readonly how?: CutKind }
  /** From here on bytes vanish, ends of connections too; nobody is told (half-open). Default: the way of what was matched; `time`, `ws-connect`: both. */
  | { readonly do: 'swallow'; readonly direction?: Direction | 'both' }
  /** Only this one vanishes. */
  | { readonly do: 'drop' }
  /** Waits `delayMs`, and up to `jitterMs` more; order is kept. */
  | { readonly do: 'delay'; readonly delayMs: number; readonly jitterMs?: number }
  /** From here on the connection is sent in segments of `segmentBytes` (default 1), `bytesPerSecond` at most. Default: both ways. */
  | { readonly do: 'slice'; readonly segmentBytes?: number; readonly bytesPerSecond?: number; readonly direction?: Direction | 'both' }
  /** Sends something more: a frame, or `text` as it is. */
  | { readonly do: 'inject'; readonly frame?: unknown; readonly text?: string; readonly to?: 'server' | 'client'; readonly when?: 'before' | 'after' }
  /** Passes something else: another `frame`, `text` or `body`, another `status`; or the same with `set` (JSON pointer → value). */
  | { readonly do: 'replace'; readonly frame?: unknown; readonly text?: string; readonly body?: unknown; readonly status?: number; readonly set?: Readonly<Record<string, unknown>> }
  /** Passes it `copies` times (default 2). */
  | { readonly do: 'duplicate'; readonly copies?: number }
  /** Passes it behind the next of the same way, or after `withinMs` (default 100) where none comes. */
  | { readonly do: 'reorder'; readonly withinMs?: number }
  /** Answers in the server's place. For `http-response` the server has done its work already. */
  | { readonly do: 'respond'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown; readonly text?: string }
  /** Keeps the answer's body back until `bytes` of it are there, again and again, as some hospital proxies do with streams. */
  | { readonly do: 'buffer'; readonly bytes: number };

/** One rule. The first rule of the list that matches acts; the rules behind it do not see what it matched. */
export interface Rule {
  /** For reports. Default: its place, match point and action. */
  readonly name?: string;
  readonly match: Match;
  readonly action: Action;
  /** How often it fires at most. Default: no limit. */
  readonly times?: number;
}

/** A rule that would not do what its author meant. The message says which rule, which field, and what there is. */
export class RuleError extends TypeError {}

type Kind = 'string' | 'text-or-list' | 'count' | 'amount' | 'ratio' | 'scalars' | 'strings' | 'object' | 'any' | readonly string[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPointer = (text: string): boolean => text.startsWith('/');

const wrong = (value: unknown, kind: Kind): string | null => {
  if (typeof kind !== 'string') return kind.includes(value as string) ? null : `must be one of ${kind.join(', ')}`;
  switch (kind) {
    case 'string': return typeof value === 'string' && value !== '' ? null : 'must be a text';
    case 'text-or-list': return [value].flat().every((one) => typeof one === 'string' && one !== '') && [value].flat().length > 0 ? null : 'must be a text or a list of texts';
    case 'count': return Number.isInteger(value) && (value as number) >= 1 ? null : 'must be a whole number from 1';
    case 'amount': return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? null : 'must be a number from 0';
    case 'ratio': return typeof value === 'number' && value > 0 && value <= 1 ? null : 'must be above 0 and at most 1';
    case 'scalars': return isObject(value) && Object.entries(value).every(([key, one]) => isPointer(key) && ['string', 'number', 'boolean'].includes(typeof one)) ? null : 'must be an object, JSON pointer → text, number or boolean';
    case 'strings': return isObject(value) && Object.values(value).every((one) => typeof one === 'string') ? null : 'must be an object of texts';
    case 'object': return isObject(value) && Object.keys(value).every(isPointer) ? null : 'must be an object, JSON pointer → value';
    case 'any': return null;
  }
};

type Fields = Readonly<Record<string, Kind>>;
const frames: readonly MatchPoint[] = ['frame-to-server', 'frame-to-client'];
const directions = ['to-server', 'to-client'] as const;
const often: Fields = { nth: 'count', probability: 'ratio' };
const frameFields: Fields = { ...often, t: 'text-or-list', has: 'string', where: 'scalars' };

/** Fields of each match point, besides `on`. */
const points: Readonly<Record<MatchPoint, Fields>> = {
  'ws-connect': { ...often, path: 'string' },
  'frame-to-server': frameFields,
  'frame-to-client': frameFields,
  'http-request': { ...often, path: 'string', method: 'string' },
  'http-response': { ...often, path: 'string', method: 'string', status: 'count' },
  bytes: { ...often, direction: directions, afterBytes: 'amount' },
  time: { ...often, afterMs: 'amount', everyMs: 'count' },
};

const how = ['fin', 'rst'] as const;
const when = ['before', 'after'] as const;
const ways = [...directions, 'both'] as const;

/** Fields of each action, besides `do`; which of them it needs; and where it can act. */
const actions: Readonly<Record<Action['do'], { readonly fields: Fields; readonly needs?: readonly string[]; readonly oneOf?: readonly string[]; readonly on: readonly MatchPoint[] }>> = {
  refuse: { fields: { status: 'count' }, on: ['ws-connect', 'http-request'] },
  cut: { fields: { how, when }, on: [...frames, 'http-request', 'http-response', 'bytes', 'time'] },
  tear: { fields: { bytes: 'count', how }, on: [...frames, 'http-request', 'http-response', 'bytes'] },
  swallow: { fields: { direction: ways }, on: ['ws-connect', ...frames, 'http-request', 'http-response', 'bytes', 'time'] },
  drop: { fields: {}, on: frames },
  delay: { fields: { delayMs: 'amount', jitterMs: 'amount' }, needs: ['delayMs'], on: ['ws-connect', ...frames, 'http-request', 'http-response', 'bytes'] },
  slice: { fields: { segmentBytes: 'count', bytesPerSecond: 'count', direction: ways }, on: ['ws-connect', ...frames, 'http-request', 'http-response', 'bytes', 'time'] },
  inject: { fields: { frame: 'any', text: 'string', to: ['server', 'client'], when }, oneOf: ['frame', 'text'], on: [...frames, 'time'] },
  replace: { fields: { frame: 'any', text: 'string', body: 'any', status: 'count', set: 'object' }, oneOf: ['frame', 'text', 'body', 'status', 'set'], on: [...frames, 'http-request', 'http-response'] },
  duplicate: { fields: { copies: 'count' }, on: [...frames, 'http-request'] },
  reorder: { fields: { withinMs: 'amount' }, on: frames },
  respond: { fields: { status: 'count', headers: 'strings', body: 'any', text: 'string' }, needs: ['status'], on: ['ws-connect', 'http-request', 'http-response'] },
  buffer: { fields: { bytes: 'count' }, needs: ['bytes'], on: ['http-response'] },
};

/** Fields that an action has, but not at this place: passed over in silence they would be a trap. */
const meaningless: Readonly<Partial<Record<Action['do'], Readonly<Partial<Record<MatchPoint, readonly string[]>>>>>> = {
  replace: { 'frame-to-server': ['body', 'status'], 'frame-to-client': ['body', 'status'], 'http-request': ['frame', 'status'], 'http-response': ['frame'] },
  swallow: { bytes: ['direction'], 'http-response': ['direction'] },
  slice: { bytes: ['direction'] },
  cut: { time: ['when'] },
  inject: { time: ['when'] },
};

const checkFields = (value: Record<string, unknown>, discriminator: string, fields: Fields, where: string): void => {
  for (const [name, one] of Object.entries(value)) {
    if (name === discriminator) continue;
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) throw new RuleError(`${where}: unknown field "${name}"; there are ${[discriminator, ...Object.keys(fields)].join(', ')}`);
    const mistake = wrong(one, kind);
    if (mistake !== null) throw new RuleError(`${where}: "${name}" ${mistake}`);
  }
};

const known = (value: unknown, names: readonly string[], what: string, where: string): string => {
  if (typeof value === 'string' && names.includes(value)) return value;
  throw new RuleError(`${where}: unknown ${what} "${typeof value === 'string' ? value : typeof value}"; there are ${names.join(', ')}`);
};

const checkRule = (rule: unknown, index: number): Rule => {
  const where = `rule ${index + 1}`;
  if (!isObject(rule)) throw new RuleError(`${where}: must be an object`);
  checkFields(rule, 'match', { name: 'string', action: 'any', times: 'count' }, where);
  const { match, action } = rule;
  if (!isObject(match)) throw new RuleError(`${where}: "match" must be an object`);
  if (!isObject(action)) throw new RuleError(`${where}: "action" must be an object`);
  const on = known(match['on'], Object.keys(points), 'match point', `${where}, match`) as MatchPoint;
  checkFields(match, 'on', points[on], `${where}, match ${on}`);
  if (on === 'time' && match['afterMs'] === undefined && match['everyMs'] === undefined) throw new RuleError(`${where}, match time: needs "afterMs" or "everyMs"`);
  const name = known(action['do'], Object.keys(actions), 'action', `${where}, action`) as Action['do'];
  const { fields, needs = [], oneOf = [], on: places } = actions[name];
  if (!places.includes(on)) throw new RuleError(`${where}: the action "${name}" cannot act on ${on}; it can on ${places.join(', ')}`);
  checkFields(action, 'do', fields, `${where}, action ${name}`);
  for (const need of needs) if (action[need] === undefined) throw new RuleError(`${where}, action ${name}: "${need}" is missing`);
  if (oneOf.length > 0 && !oneOf.some((one) => action[one] !== undefined)) throw new RuleError(`${where}, action ${name}: needs one of ${oneOf.join(', ')}`);
  for (const field of meaningless[name]?.[on] ?? []) if (action[field] !== undefined) throw new RuleError(`${where}, action ${name}: "${field}" means nothing on ${on}`);
  return rule as unknown as Rule;
};

/** Checks rules. Throws `RuleError`, which names the mistake. */
export const parseRules = (rules: unknown): readonly Rule[] => {
  if (!Array.isArray(rules)) throw new RuleError('rules must be a list');
  return rules.map(checkRule);
};
