/** What a case may use: the backend as discovery describes it, fresh visitors, conversations and sockets; all let go of after the case. */
import { createHash } from 'node:crypto';
import type { Validator } from '../protocol/schema/validate.js';
import type { ConsentRecord, Conversation, ConversationList, ConversationRequest, Discovery, OfflineRequest, Submit, SubmitRequest, SubmitResult, VisitorSession } from '../protocol/types.js';
import type { Adapter } from './adapter.js';
import { answerForm } from './answer-form.js';
import { Failed, NotApplicable } from './expect.js';
import { startFaultProxy, type FaultProxy } from './proxy/fault-proxy.js';
import type { Rule } from './proxy/rules.js';
import type { SeededRandom } from './random.js';
import { createRest, pause, type KitAnswer, type Rest } from './rest.js';
import { openSocket, type Greeting, type KitSocket } from './socket.js';

export interface WorldOptions {
  /** Origin of the backend, without a slash at the end. */
  readonly url: string;
  readonly widget: string | null;
  readonly origin: string | undefined;
  readonly agent: { readonly email: string; readonly password: string } | null;
  readonly timeoutMs: number;
  /** How many connections a storm has. */
  readonly connections: number;
  /** For how long a reader stalls. */
  readonly stallMs: number;
  readonly validator: Validator;
  readonly random: SeededRandom;
  readonly adapter: Adapter;
}

export interface Visitor extends VisitorSession {
  readonly deviceId: string;
}

export interface World extends WorldOptions {
  readonly rest: Rest;
  discovery(): Promise<Discovery>;
  /**
   * From now on everything that the case begins goes to the backend through a fault proxy, under these rules; called again, under others. A rule that has
   * never fired when others take its place, or when the case is over, fails the case: what it was to prove was not tried.
   */
  faults(...rules: readonly Rule[]): Promise<void>;
  /** Rules of now that have not fired, by name. */
  unfired(): readonly string[];
  /** Absolute address of a REST path below the discovered base. */
  address(path: string): Promise<string>;
  visitor(): Promise<Visitor>;
  /** The body that opens a conversation here: consents given, form answered. */
  opening(extra?: Partial<ConversationRequest>): Promise<ConversationRequest>;
  /** The body that leaves a message here. Not applicable where the backend takes none. */
  leaving(extra?: Partial<OfflineRequest>): Promise<OfflineRequest>;
  conversation(visitor: Visitor, extra?: Partial<ConversationRequest>): Promise<Conversation>;
  socket(options?: { readonly origin?: string; readonly protocol?: string; readonly query?: string; readonly timeoutMs?: number }): Promise<KitSocket | { readonly refused: number }>;
  /** An open socket with its welcome. */
  live(who: Greeting): Promise<KitSocket>;
  /** An open socket that has said nothing. */
  silent(): Promise<KitSocket>;
  message(stream: string, text?: string): Submit;
  post(visitor: { readonly accessToken: string }, submit: Submit): Promise<KitAnswer>;
  /** Posts and expects it to be taken. */
  put(visitor: { readonly accessToken: string }, submit: Submit): Promise<SubmitResult>;
  /** Ends what the case began, so that nobody's queue fills up, and fails where a socket saw a frame that is not what its schema says, or a fault never happened. */
  leave(): Promise<void>;
}

/** Longest time for letting go of what a case began. */
const leaveMs = 3000;

function consentsOf({ widget }: Discovery): ConsentRecord[] {
  return widget.consents.map(({ purpose, version, text }) => {
    const [locale, shown] = Object.entries(text).find(([lang]) => lang === 'en') ?? Object.entries(text)[0] ?? ['en', ''];
    return { purpose, version, granted: true, textHash: createHash('sha256').update(shown, 'utf8').digest('hex'), locale };
  });
}

/** Creates the world of one case. */
export function createWorld(options: WorldOptions): World {
  const { url, widget, random, validator, timeoutMs } = options;
  const rest = createRest(validator, options);
  const sockets: KitSocket[] = [];
  const visitors: Visitor[] = [];
  let found: Promise<Discovery> | undefined;
  let proxy: FaultProxy | undefined;

  /** A session that the case has ended, or a backend that is gone, leaves nothing to close. */
  const closeAll = async (visitor: Visitor): Promise<void> => {
    const { status, body } = await rest.request('GET', await world.address('/conversations'), { token: visitor.accessToken });
    if (status !== 200) return;
    for (const { id, state } of (body as ConversationList).list) if (state.status !== 'closed') await world.post(visitor, { stream: id, cmid: random.id('close-'), ev: { kind: 'close' } });
  };

  /** What never happened has proved nothing. */
  const expectFired = ([name]: readonly string[]): void => {
    if (name !== undefined) throw new Failed(`the fault "${name}" never happened: nothing came by that it could act on`);
  };

  const world: World = {
    ...options,
    rest,
    async faults(...rules) {
      expectFired(world.unfired());
      if (proxy) return proxy.use(rules);
      proxy = await startFaultProxy({ target: url, seed: Math.floor(random.unit() * 2 ** 31), rules });
      // Asked again, through the proxy: its answer leads there, wherever the backend says that REST and socket are.
      found = undefined;
    },
    unfired: () => proxy?.unfired() ?? [],
    discovery: () => (found ??= rest.request('GET', `${proxy?.url ?? url}/.well-known/care-chat${widget === null ? '' : `?widget=${encodeURIComponent(widget)}`}`)
      .then((answer) => rest.accepted<Discovery>(answer, [200], 'Discovery', 'discovery'))),
    address: async (path) => `${(await world.discovery()).rest}${path}`,
    async visitor() {
      const deviceId = random.id('d_');
      const { widget: { id: widgetId } } = await world.discovery();
      const answer = await rest.request('POST', await world.address('/sessions'), { body: { widgetId, deviceId } });
      const visitor = { deviceId, ...rest.accepted<VisitorSession>(answer, [201], 'VisitorSession', 'a new session') };
      visitors.push(visitor);
      return visitor;
    },
    async opening(extra = {}) {
      const discovery = await world.discovery();
      const { departments } = discovery.widget;
      const preChat = departments.find(({ id }) => id === (extra.departmentId ?? departments[0]?.id))?.preChat ?? discovery.widget.preChat;
      const consents = consentsOf(discovery);
      return { cmid: random.id('open-'), ...(consents.length > 0 && { consents }), ...(preChat && { preChat: answerForm(preChat) }), ...extra };
    },
    async leaving(extra = {}) {
      const discovery = await world.discovery();
      if (!discovery.caps.includes('offline')) throw new NotApplicable('the backend does not have the capability `offline`');
      if (!discovery.widget.offline) throw new NotApplicable('the widget takes no messages');
      const consents = consentsOf(discovery);
      return { cmid: random.id('leave-'), ...(consents.length > 0 && { consents }), form: answerForm(discovery.widget.offline, 'offline'), ...extra };
    },
    async conversation({ accessToken }, extra) {
      const answer = await rest.request('POST', await world.address('/conversations'), { token: accessToken, body: await world.opening(extra) });
      return rest.accepted<Conversation>(answer, [201], 'Conversation', 'a new conversation');
    },
    async socket({ origin = options.origin, protocol, query = '', timeoutMs: patienceMs = timeoutMs } = {}) {
      const socket = await openSocket(`${(await world.discovery()).ws}${query}`, { validator, timeoutMs: patienceMs, origin, ...(protocol && { protocol }) });
      if (!('refused' in socket)) sockets.push(socket);
      return socket;
    },
    async silent() {
      const socket = await world.socket();
      if ('refused' in socket) throw new Failed(`the upgrade was refused with ${socket.refused}`);
      return socket;
    },
    async live(who) {
      const socket = await world.silent();
      await socket.hello(who);
      return socket;
    },
    message: (stream, text = random.id('kit ')) => ({ stream, cmid: random.id('msg-'), ev: { kind: 'message', parts: [{ kind: 'text', text }] } }),
    async post({ accessToken }, { stream, ...body }) {
      return rest.request('POST', await world.address(`/streams/${stream}/events`), { token: accessToken, body: body satisfies SubmitRequest });
    },
    async put(visitor, submit) {
      return rest.accepted<SubmitResult>(await world.post(visitor, submit), [201], 'SubmitResult', 'a submit');
    },
    async leave() {
      for (const socket of sockets) socket.close();
      const unfired = world.unfired();
      proxy?.use([]);
      // A backend that no longer answers must not hold up the run: what it does not close in time stays open.
      await Promise.race([Promise.all(visitors.splice(0).map((visitor) => closeAll(visitor).catch(() => {}))), pause(leaveMs)]);
      await proxy?.close();
      for (const socket of sockets.splice(0)) socket.verify();
      expectFired(unfired);
    },
  };
  return world;
}
