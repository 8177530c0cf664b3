/** What a case may use: the backend as discovery describes it, fresh visitors, conversations and sockets; all let go of after the case. */
import { createHash } from 'node:crypto';
import type { Validator } from '../protocol/schema/validate.js';
import type { ConsentRecord, Conversation, ConversationList, ConversationRequest, Discovery, Submit, SubmitRequest, SubmitResult, VisitorSession } from '../protocol/types.js';
import { answerForm } from './answer-form.js';
import { Failed } from './expect.js';
import type { SeededRandom } from './random.js';
import { createRest, type KitAnswer, type Rest } from './rest.js';
import { openSocket, type Greeting, type KitSocket } from './socket.js';

export interface WorldOptions {
  /** Origin of the backend, without a slash at the end. */
  readonly url: string;
  readonly widget: string | null;
  readonly origin: string | undefined;
  readonly agent: { readonly email: string; readonly password: string } | null;
  readonly timeoutMs: number;
  readonly validator: Validator;
  readonly random: SeededRandom;
}

export interface Visitor extends VisitorSession {
  readonly deviceId: string;
}

export interface World extends WorldOptions {
  readonly rest: Rest;
  discovery(): Promise<Discovery>;
  /** Absolute address of a REST path below the discovered base. */
  address(path: string): Promise<string>;
  visitor(): Promise<Visitor>;
  /** The body that opens a conversation here: consents given, form answered. */
  opening(extra?: Partial<ConversationRequest>): Promise<ConversationRequest>;
  conversation(visitor: Visitor, extra?: Partial<ConversationRequest>): Promise<Conversation>;
  socket(options?: { readonly origin?: string; readonly protocol?: string; readonly query?: string }): Promise<KitSocket | { readonly refused: number }>;
  /** An open socket with its welcome. */
  live(who: Greeting): Promise<KitSocket>;
  /** An open socket that has said nothing. */
  silent(): Promise<KitSocket>;
  message(stream: string, text?: string): Submit;
  post(visitor: { readonly accessToken: string }, submit: Submit): Promise<KitAnswer>;
  /** Posts and expects it to be taken. */
  put(visitor: { readonly accessToken: string }, submit: Submit): Promise<SubmitResult>;
  /** Ends what the case began, so that nobody's queue fills up, and fails where a socket saw a frame that is not what its schema says. */
  leave(): Promise<void>;
}

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

  /** A session that the case has ended, or a backend that is gone, leaves nothing to close. */
  const closeAll = async (visitor: Visitor): Promise<void> => {
    const { status, body } = await rest.request('GET', await world.address('/conversations'), { token: visitor.accessToken });
    if (status !== 200) return;
    for (const { id, state } of (body as ConversationList).list) if (state.status !== 'closed') await world.post(visitor, { stream: id, cmid: random.id('close-'), ev: { kind: 'close' } });
  };

  const world: World = {
    ...options,
    rest,
    discovery: () => (found ??= rest.request('GET', `${url}/.well-known/care-chat${widget === null ? '' : `?widget=${encodeURIComponent(widget)}`}`)
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
      const { preChat } = discovery.widget;
      const consents = consentsOf(discovery);
      return { cmid: random.id('open-'), ...(consents.length > 0 && { consents }), ...(preChat && { preChat: answerForm(preChat) }), ...extra };
    },
    async conversation({ accessToken }, extra) {
      const answer = await rest.request('POST', await world.address('/conversations'), { token: accessToken, body: await world.opening(extra) });
      return rest.accepted<Conversation>(answer, [201], 'Conversation', 'a new conversation');
    },
    async socket({ origin = options.origin, protocol, query = '' } = {}) {
      const socket = await openSocket(`${(await world.discovery()).ws}${query}`, { validator, timeoutMs, origin, ...(protocol && { protocol }) });
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
      await Promise.all(visitors.splice(0).map((visitor) => closeAll(visitor).catch(() => {})));
      for (const socket of sockets.splice(0)) socket.verify();
    },
  };
  return world;
}
