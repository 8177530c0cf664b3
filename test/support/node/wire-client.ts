/** A client that speaks the bare protocol, without the SDK: what goes over the wire is what the test sees. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { AgentSession, ByeBody, ClientFrame, Conversation, ConversationRequest, Cursor, Problem, ServerFrame, SubmitEvent, SubmitResult, VisitorSession, WelcomeBody, WireEvent } from '../../../src/protocol/types.js';
import { deskOrigin, pageOrigin } from './test-server.js';

/** The frame of this type. */
export type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;
/** A frame without the number that the client gives it. */
type RequestOf<T> = T extends { readonly id: number; readonly t: infer K; readonly d: infer D } ? { readonly t: K; readonly d: D } : never;

export interface Person {
  readonly id: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly deviceId: string;
  readonly origin: string;
}

export interface RestReply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** One REST call; the body is JSON both ways. */
export async function call<T>(url: string, method: string, path: string, options: { readonly person?: Person | undefined; readonly origin?: string | null; readonly body?: unknown; readonly headers?: Record<string, string>; readonly signal?: AbortSignal | undefined } = {}): Promise<RestReply<T>> {
  const { person, body } = options;
  const origin = options.origin === undefined ? person?.origin : options.origin;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(origin ? { Origin: origin } : {}),
      ...(person ? { Authorization: `Bearer ${person.token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T };
}

/** A new visitor. */
export async function openVisitor(url: string, { widgetId = 'main', origin = pageOrigin, deviceId = `d_${randomUUID()}` } = {}): Promise<Person> {
  const { status, body } = await call<VisitorSession>(url, 'POST', '/v1/sessions', { origin, body: { widgetId, deviceId } });
  assert.equal(status, 201);
  return { id: body.visitorId, token: body.accessToken, refreshToken: body.refreshToken, deviceId, origin };
}

/** Asks for the next tokens. */
export const refresh = (url: string, { refreshToken, deviceId, origin }: Person): Promise<RestReply<VisitorSession>> =>
  call<VisitorSession>(url, 'POST', '/v1/sessions/refresh', { origin, body: { refreshToken, deviceId } });

/** The same person with the tokens that came. */
export const renewed = (person: Person, { accessToken, refreshToken }: VisitorSession): Person => ({ ...person, token: accessToken, refreshToken });

/** Signs an agent in. */
export async function signIn(url: string, email: string, deviceId = `d_${randomUUID()}`): Promise<Person> {
  const { status, body } = await call<AgentSession>(url, 'POST', '/v1/desk/sessions', { origin: deskOrigin, body: { email, password: 'correct-horse', deviceId } });
  assert.equal(status, 201);
  return { id: body.agent.id, token: body.accessToken, refreshToken: body.refreshToken, deviceId, origin: deskOrigin };
}

/** Opens a conversation for a visitor. */
export async function openConversation(url: string, visitor: Person, request: Partial<ConversationRequest> = {}): Promise<Conversation> {
  const { status, body } = await call<Conversation>(url, 'POST', '/v1/conversations', { person: visitor, body: { cmid: randomUUID(), ...request } });
  assert.equal(status, 201);
  return body;
}

export const message = (text: string): SubmitEvent => ({ kind: 'message', parts: [{ kind: 'text', text }] });

/** Submits over REST. */
export const post = (url: string, person: Person, stream: string, ev: unknown, cmid: string = randomUUID()): Promise<RestReply<SubmitResult & Problem>> =>
  call(url, 'POST', `/v1/streams/${stream}/events`, { person, body: { cmid, ev } });

export interface Socket {
  readonly frames: readonly ServerFrame[];
  /** The first frame that fits, whether it has come already or not. Frames are not used up. */
  until<T extends ServerFrame['t']>(t: T, fits?: (d: FrameOf<T>['d']) => boolean): Promise<FrameOf<T>['d']>;
  /** The first event of a stream that fits, alone or in a batch. */
  untilEvent(stream: string, fits?: (event: WireEvent) => boolean): Promise<WireEvent>;
  /** Sends a request and gives its reply. */
  request(frame: RequestOf<ClientFrame>): Promise<FrameOf<'ok'> | FrameOf<'err'> | FrameOf<'welcome'>>;
  submit(stream: string, ev: SubmitEvent, cmid?: string): Promise<FrameOf<'ok'> | FrameOf<'err'>>;
  send(frame: unknown): void;
  /** Events of a stream so far, in the order in which they came. */
  events(stream: string): readonly WireEvent[];
  readonly closed: Promise<number>;
  readonly bye: () => ByeBody | undefined;
  readonly raw: WebSocket;
  close(): Promise<number>;
}

/** Opens a socket, without a hello. */
export async function openSocket(url: string, { origin = pageOrigin as string | undefined, protocols = ['care-chat.v1'], deadlineMs = 5_000 } = {}): Promise<Socket> {
  const raw = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, protocols, origin === undefined ? {} : { origin });
  const frames: ServerFrame[] = [];
  const waiting = new Set<() => void>();
  let id = 0;
  raw.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    frames.push(frame);
    if (frame.t === 'ping') raw.send(JSON.stringify({ t: 'pong', d: frame.d }));
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<number>((resolve) => raw.on('close', (code) => {
    resolve(code);
    for (const look of [...waiting]) look();
  }));
  const find = <T>(what: string, search: () => T | undefined): Promise<T> => new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      waiting.delete(look);
    };
    const look = (): void => {
      const found = search();
      if (found === undefined && raw.readyState !== WebSocket.CLOSED) return;
      stop();
      if (found === undefined) reject(new Error(`closed before ${what} came`));
      else resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`no ${what} came; frames so far: ${frames.map(({ t }) => t).join(' ')}`));
    }, deadlineMs);
    waiting.add(look);
    look();
  });
  await new Promise<void>((resolve, reject) => {
    raw.once('open', resolve);
    raw.once('error', reject);
  });
  const socket: Socket = {
    frames,
    raw,
    closed,
    bye: () => frames.find((frame): frame is FrameOf<'bye'> => frame.t === 'bye')?.d,
    until: <T extends ServerFrame['t']>(t: T, fits: (d: FrameOf<T>['d']) => boolean = () => true) =>
      find(t, () => frames.find((frame) => frame.t === t && fits(frame.d as FrameOf<T>['d']))?.d as FrameOf<T>['d'] | undefined),
    untilEvent: (stream, fits = () => true) => find(`event on ${stream}`, () => socket.events(stream).find(fits)),
    request(frame) {
      const mine = ++id;
      raw.send(JSON.stringify({ ...frame, id: mine }));
      return find(`reply to ${frame.t}`, () => frames.find((one): one is FrameOf<'ok'> | FrameOf<'err'> | FrameOf<'welcome'> => 're' in one && one.re === mine));
    },
    async submit(stream, ev, cmid = randomUUID()) {
      const reply = await socket.request({ t: 'submit', d: { stream, cmid, ev } });
      assert.notEqual(reply.t, 'welcome');
      return reply as FrameOf<'ok'> | FrameOf<'err'>;
    },
    send: (frame) => raw.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    events: (stream) => frames.flatMap((frame) => (frame.t === 'event' ? [frame.d] : frame.t === 'events' ? frame.d.list : [])).filter((event) => event.stream === stream),
    close() {
      raw.close(1000);
      return closed;
    },
  };
  return socket;
}

/** The hello of a person. */
export const hello = (person: Person, resume: readonly Cursor[] = [], more: Record<string, unknown> = {}): RequestOf<Extract<ClientFrame, { t: 'hello' }>> => ({
  t: 'hello',
  d: { v: ['1'], caps: ['batch'], token: person.token, deviceId: person.deviceId, tabId: 't_1', client: { name: 'test', version: '0' }, resume: [...resume], ...more },
});

/** Opens a socket and says hello. */
export async function connect(url: string, person: Person, resume: readonly Cursor[] = [], more: Record<string, unknown> = {}): Promise<Socket & { readonly welcome: WelcomeBody }> {
  const socket = await openSocket(url, { origin: person.origin });
  const reply = await socket.request(hello(person, resume, more));
  assert.equal(reply.t, 'welcome');
  return { ...socket, welcome: reply.d as WelcomeBody };
}

/** Refused with this code. */
export function assertRefused(reply: { readonly t: string; readonly d: unknown } | RestReply<unknown>, code: string): void {
  const problem = ('d' in reply ? reply.d : reply.body) as Problem;
  assert.equal(problem.code, code);
  if ('status' in reply) assert.equal(reply.status, problem.status);
}

/** Done, with the result. */
export function assertDone(reply: FrameOf<'ok'> | FrameOf<'err'>): SubmitResult {
  assert.equal(reply.t, 'ok', JSON.stringify(reply.d));
  return reply.d as SubmitResult;
}
