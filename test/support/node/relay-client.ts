/** Both sides of co-browse on the bare wire: what is agreed in the chat, and the relay's sockets. */
import assert from 'node:assert/strict';
import { createECDH, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import type { CobrowseSubmit, RelayGrant, RelayNotice } from '../../../src/protocol/types.js';
import { openServer, plainConfig, type TestServer } from './test-server.js';
import { call, openConversation, openVisitor, post, signIn, type Person, type RestReply } from './wire-client.js';

export const consent = { purpose: 'cobrowse', version: '1', granted: true, textHash: 'a'.repeat(64), locale: 'en' } as const;
export const newKey = (): string => createECDH('prime256v1').generateKeys('base64url', 'uncompressed');
const [main, ...others] = plainConfig.widgets;

/** The usual configuration with co-browse on at its first widget. */
export const withCobrowse = (more: Readonly<Record<string, unknown>> = {}) => ({ ...plainConfig, widgets: [{ ...main!, cobrowse: { enabled: true, ...more } }, ...others] });

export interface Pair {
  readonly server: TestServer;
  readonly url: string;
  readonly patient: Person;
  readonly nurse: Person;
  readonly id: string;
}

/** An open conversation, where co-browse is on. */
export async function openPair(t: TestContext, { settings = {}, ...options }: Parameters<typeof openServer>[1] & { readonly settings?: Readonly<Record<string, unknown>> } = {}): Promise<Pair> {
  const server = await openServer(t, { file: withCobrowse(settings), ...options });
  const { url } = server;
  const [patient, nurse] = [await openVisitor(url), await signIn(url, 'ana@clinic.test')];
  const { id } = await openConversation(url, patient);
  assert.equal((await post(url, nurse, id, { kind: 'accept' })).status, 201);
  return { server, url, patient, nurse, id };
}

/** Says something about co-browse. */
export const say = ({ url, id }: Pick<Pair, 'url' | 'id'>, person: Person, said: Omit<CobrowseSubmit, 'kind'>): ReturnType<typeof post> => post(url, person, id, { kind: 'cobrowse', ...said });

/** Asked and allowed, with these keys. */
export async function granted(pair: Pair, { session = randomUUID(), nurseKey = newKey(), patientKey = newKey() } = {}): Promise<string> {
  for (const [person, said] of [[pair.nurse, { session, state: 'requested', key: nurseKey, minutes: 30 }], [pair.patient, { session, state: 'granted', key: patientKey, consent }]] as const) {
    const answer = await say(pair, person, said);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  }
  return session;
}

/** A way into the relay. */
export const askRelay = ({ url, id }: Pick<Pair, 'url' | 'id'>, person: Person, session: string): Promise<RestReply<RelayGrant>> =>
  call<RelayGrant>(url, 'POST', `/v1/conversations/${id}/relay`, { person, body: { session } });

export interface RelaySide {
  readonly raw: WebSocket;
  readonly messages: readonly Buffer[];
  readonly notices: readonly RelayNotice[];
  /** Resolves with the first notice that fits. */
  notice(fits: (notice: RelayNotice) => boolean): Promise<RelayNotice>;
  /** Resolves when so many messages are there. */
  received(count: number): Promise<void>;
  readonly closed: Promise<number>;
}

/** Opens the relay and says this; null: nothing. */
export async function openSide(url: string, origin: string, token: string | null): Promise<RelaySide> {
  const raw = new WebSocket(url, 'care-chat.relay.v1', { origin });
  const [messages, notices]: [Buffer[], RelayNotice[]] = [[], []];
  const looks = new Set<() => void>();
  const closed = new Promise<number>((resolve) => raw.once('close', resolve));
  raw.on('error', () => {});
  raw.on('message', (data: Buffer, isBinary) => {
    if (isBinary) messages.push(data);
    else notices.push(JSON.parse(String(data)) as RelayNotice);
    for (const look of [...looks]) look();
  });
  const until = <T>(find: () => T | undefined): Promise<T> => new Promise((resolve, reject) => {
    const look = (): void => {
      const found = find();
      if (found === undefined) return;
      looks.delete(look);
      resolve(found);
    };
    looks.add(look);
    look();
    void closed.then(() => reject(new Error(`closed before it came; notices: ${JSON.stringify(notices)}`)));
  });
  await new Promise<void>((resolve, reject) => {
    raw.once('open', resolve);
    raw.once('unexpected-response', (_request, response) => reject(new Error(`refused with ${response.statusCode}`)));
  });
  if (token !== null) raw.send(JSON.stringify({ token }));
  return {
    raw, messages, notices, closed,
    notice: (fits) => until(() => notices.find(fits)),
    received: async (count) => void (await until(() => (messages.length >= count ? true : undefined))),
  };
}

/** This side of a session, in the relay. */
export async function join(pair: Pair, person: Person, session: string): Promise<RelaySide> {
  const { status, body } = await askRelay(pair, person, session);
  assert.equal(status, 201, JSON.stringify(body));
  const side = await openSide(body.url, person.origin, body.token);
  await side.notice(({ t }) => t === 'peer');
  return side;
}

export interface Joined extends Pair {
  readonly session: string;
  readonly patientSide: RelaySide;
  readonly nurseSide: RelaySide;
}

/** Both in the relay. */
export async function joinBoth(pair: Pair): Promise<Joined> {
  const session = await granted(pair);
  const [patientSide, nurseSide] = [await join(pair, pair.patient, session), await join(pair, pair.nurse, session)];
  for (const side of [patientSide, nurseSide]) await side.notice((notice) => notice.t === 'peer' && notice.on);
  return { ...pair, session, patientSide, nurseSide };
}

/** Why it ended, and the close code. */
export async function endOf({ notices, closed }: RelaySide): Promise<readonly [reason: string | undefined, code: number]> {
  const code = await closed;
  return [notices.flatMap((notice) => (notice.t === 'end' ? [notice.reason] : []))[0], code];
}
