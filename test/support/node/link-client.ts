/** A client that speaks streamed and polled links bare (protocol README §8.7), as `wire-client.ts` does a socket. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import type { FramesAnswer, PollAnswer, ServerFrame } from '../../../src/protocol/types.js';
import { call, connect, hello, type FrameOf, type Person, type Socket } from './wire-client.js';

interface Collected extends Pick<Socket, 'frames' | 'until'> {
  push(more: readonly ServerFrame[]): void;
}

const deadlineMs = 10_000;

function createCollected(): Collected {
  const frames: ServerFrame[] = [];
  const looks = new Set<() => void>();
  const find = <T>(what: string, search: () => T | undefined): Promise<T> => new Promise((resolve, reject) => {
    const look = (): void => {
      const found = search();
      if (found === undefined) return;
      clearTimeout(timer);
      looks.delete(look);
      resolve(found);
    };
    const timer = setTimeout(() => reject(new Error(`no ${what}; ${frames.map((frame) => frame.t).join(' ')}`)), deadlineMs);
    looks.add(look);
    look();
  });
  return {
    frames,
    push(more) {
      frames.push(...more);
      for (const look of [...looks]) look();
    },
    until: <T extends ServerFrame['t']>(t: T, fits: (d: FrameOf<T>['d']) => boolean = () => true) =>
      find(t, () => frames.find((frame) => frame.t === t && fits(frame.d as FrameOf<T>['d']))?.d as FrameOf<T>['d'] | undefined),
  };
}

export interface Stream extends Pick<Collected, 'frames' | 'until'> {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  text(): string;
  readonly response: IncomingMessage;
  readonly ended: Promise<void>;
  abort(): void;
}

/** Asks for a stream. */
export const openStream = (t: TestContext, url: string, person: Person, link: string = randomUUID(), headers: Record<string, string> = {}): Promise<Stream> => new Promise((resolve, reject) => {
  const asking = httpRequest(`${url}/v1/stream?link=${link}`, { headers: { Authorization: `Bearer ${person.token}`, Origin: person.origin, ...headers } }, (response) => {
    let text = '';
    const collected = createCollected();
    let rest = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      rest += piece;
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      collected.push(events.flatMap((event) => (event.startsWith('data: ') ? [JSON.parse(event.slice(6)) as ServerFrame] : [])));
    });
    response.on('error', () => {});
    const ended = new Promise<void>((done) => response.on('close', () => done()));
    resolve({
      status: response.statusCode ?? 0, headers: response.headers, ...collected, text: () => text, response, ended,
      abort: () => void asking.destroy(),
    });
  });
  t.after(() => void asking.destroy());
  asking.on('error', reject);
  asking.end();
});

/** One poll. */
export const poll = (url: string, person: Person, link: string, after: number, signal?: AbortSignal) => call<PollAnswer>(url, 'POST', '/v1/poll', { person, body: { link, after }, signal });
/** Hands over one batch. */
export const frames = (url: string, person: Person, link: string, n: number, list: readonly unknown[]) => call<FramesAnswer>(url, 'POST', '/v1/frames', { person, body: { link, n, frames: list } });
/** The first batch: hello. */
export const greet = (url: string, person: Person, link: string) => frames(url, person, link, 1, [{ id: 1, ...hello(person) }]);

/** A polled link with its welcome; what was polled so far, and on from where. */
export async function livePoll(url: string, person: Person, link: string = randomUUID()): Promise<{ readonly link: string; next: number }> {
  const first = await poll(url, person, link, 0);
  assert.deepEqual([first.status, first.body], [200, { frames: [], next: 0 }]);
  assert.deepEqual((await greet(url, person, link)).body, { n: 1 });
  const { body } = await poll(url, person, link, 0);
  assert.equal((body.frames[0] as ServerFrame).t, 'welcome');
  return { link, next: body.next };
}
/** A streamed link with its welcome. */
export async function liveStream(t: TestContext, url: string, person: Person, link: string = randomUUID()): Promise<Stream & { readonly link: string }> {
  const stream = await openStream(t, url, person, link);
  assert.equal((await greet(url, person, link)).status, 200);
  await stream.until('welcome');
  return { ...stream, link };
}

/** A live connection, whichever way its frames go. */
export interface Line extends Pick<Socket, 'frames' | 'until'> {
  /** Hands over frames, which may be requests. */
  send(list: readonly unknown[]): Promise<unknown>;
}

/** Opens one, with its welcome. */
export async function openLine(t: TestContext, way: 'socket' | 'stream' | 'poll', url: string, person: Person): Promise<Line> {
  if (way === 'socket') {
    const socket = await connect(url, person);
    return { ...socket, send: async (list) => list.forEach(socket.send) };
  }
  const live = way === 'stream' ? await liveStream(t, url, person) : { ...await livePoll(url, person), ...createCollected() };
  let batch = 1;
  if ('push' in live) void pollOn(t, url, person, live);
  return {
    frames: live.frames,
    until: live.until,
    send: (list) => frames(url, person, live.link, ++batch, list),
  };
}

/** Polls until the test or the link ends. */
async function pollOn(t: TestContext, url: string, person: Person, { link, next, push }: { readonly link: string; readonly next: number; readonly push: Collected['push'] }): Promise<void> {
  const leave = new AbortController();
  t.after(() => leave.abort());
  for (let after = next; ;) {
    const answer = await poll(url, person, link, after, leave.signal).catch(() => null);
    if (answer?.status !== 200) return;
    push(answer.body.frames as unknown as readonly ServerFrame[]);
    after = answer.body.next;
  }
}
