/** A raw client of streamed and polled links (S-8.20 to S-8.25): the kit's way to see them without a socket. Collects frames, checks each against its schema, never reconnects. */
import type { ByeBody, FramesAnswer, PollAnswer, ServerFrame, WelcomeBody } from '../protocol/types.js';
import { Failed, NotApplicable, expect, expectEqual } from './expect.js';
import type { KitAnswer } from './rest.js';
import type { Visitor, World } from './world.js';

/** A polled or streamed link with what came so far. */
export interface KitLink {
  readonly id: string;
  readonly frames: ServerFrame[];
  /** Hands over a batch; the next number unless one is given. */
  send(frames: readonly unknown[], n?: number): Promise<KitAnswer>;
  /** Says hello and waits for the welcome. */
  hello(resume?: readonly { readonly stream: string; readonly epoch: string; readonly seq: number }[]): Promise<WelcomeBody>;
  /** The first frame of this type for which the test holds, from index `from` on. */
  next<T extends ServerFrame['t']>(t: T, test?: (frame: Extract<ServerFrame, { t: T }>) => boolean, from?: number): Promise<Extract<ServerFrame, { t: T }>>;
  close(): void;
}

/** What a stream's answer looked like. */
export interface KitStream extends KitLink {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came, as text. */
  text(): string;
  /** Resolves when the server has ended the answer. */
  ended(): Promise<void>;
}

/** A link by polls; asks for frames only when a case waits for one. */
export interface KitPoll extends KitLink {
  /** One poll, as it is. */
  poll(after: number): Promise<KitAnswer>;
  /** One poll that must be answered with frames or none. */
  take(after: number): Promise<PollAnswer>;
}

/** Skips a case where discovery does not say the capability. */
export async function needCapability(world: World, capability: 'sse' | 'poll'): Promise<void> {
  const { caps } = await world.discovery();
  if (!caps.includes(capability)) throw new NotApplicable(`capability \`${capability}\` is not served`);
}

const readFrame = (world: World, value: unknown): ServerFrame => {
  const read = world.validator.frame('server', JSON.stringify(value));
  if (!read.ok) throw new Failed(`a frame is not what its schema says: ${read.t ?? 'a frame'} ${read.refusal.code}`);
  return read.frame as ServerFrame;
};

/** Frames go out the same way on both. `pull` brings what can be had now. */
function speak(world: World, visitor: Visitor, id: string, frames: ServerFrame[], pull: (untilAt: number) => Promise<void>): Omit<KitLink, 'close'> {
  let batch = 0;
  const own: Omit<KitLink, 'close'> = {
    id, frames,
    async send(list, n = batch + 1) {
      batch = Math.max(batch, n);
      return world.rest.request('POST', await world.address('/frames'), { token: visitor.accessToken, body: { link: id, n, frames: list } });
    },
    async hello(resume = []) {
      const answer = await own.send([{ t: 'hello', id: 1, d: { v: ['1'], caps: ['batch'], token: visitor.accessToken, deviceId: visitor.deviceId, tabId: 't_kit', client: { name: 'conformance', version: '1' }, resume } }]);
      expectEqual(world.rest.accepted<FramesAnswer>(answer, [200], 'FramesAnswer', 'the first batch').n, 1, '`n`');
      return (await own.next('welcome')).d;
    },
    async next(t, test = () => true, from = 0) {
      const untilAt = Date.now() + world.timeoutMs;
      for (;;) {
        const found = frames.slice(from).find((frame): frame is Extract<ServerFrame, { t: typeof t }> => frame.t === t && test(frame as Extract<ServerFrame, { t: typeof t }>));
        if (found) return found;
        if (Date.now() >= untilAt) throw new Failed(`waited ${world.timeoutMs} ms for \`${t}\``);
        await pull(untilAt);
      }
    },
  };
  return own;
}

/** Opens a stream. */
export async function openStream(world: World, visitor: Visitor, options: { readonly id?: string; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<KitStream> {
  const { id = world.random.id('link-of-the-kit-'), headers = {} } = options;
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(new Failed(`waited ${world.timeoutMs} ms for a stream to begin`)), world.timeoutMs);
  const answer = await fetch(`${await world.address('/stream')}?link=${id}`, {
    signal: abort.signal, headers: { authorization: `Bearer ${visitor.accessToken}`, accept: 'text/event-stream', ...(world.origin && { origin: world.origin }), ...headers },
  }).finally(() => clearTimeout(late));
  const frames: ServerFrame[] = [];
  let text = '';
  let rest = '';
  let isOver = false;
  let mistake: unknown;
  let wake = (): void => {};
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
      const more = decoder.decode(piece, { stream: true });
      text += more;
      const events = (rest + more).split(/\r\n\r\n|\n\n|\r\r/);
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = event.split(/\r\n|\n|\r/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : [])).join('\n');
        if (data !== '') frames.push(readFrame(world, JSON.parse(data)));
      }
      wake();
    }
  };
  void read().catch((error: unknown) => (mistake = abort.signal.aborted ? undefined : error)).finally(() => {
    isOver = true;
    wake();
  });
  const moved = (untilAt: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, untilAt - Date.now()));
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const pull = async (untilAt: number): Promise<void> => {
    if (mistake instanceof Failed) throw mistake;
    if (isOver) throw new Failed('the stream has ended');
    await moved(untilAt);
  };
  return {
    ...speak(world, visitor, id, frames, pull),
    status: answer.status, headers: answer.headers, text: () => text,
    async ended() {
      const untilAt = Date.now() + world.timeoutMs;
      while (!isOver && Date.now() < untilAt) await moved(untilAt);
      expect(isOver, 'the server did not end the stream');
    },
    close: () => abort.abort(),
  };
}

/** Opens a polled link. */
export async function openPoll(world: World, visitor: Visitor, id: string = world.random.id('link-of-the-kit-')): Promise<KitPoll> {
  const frames: ServerFrame[] = [];
  let after = 0;
  const poll = async (from: number): Promise<KitAnswer> => world.rest.request('POST', await world.address('/poll'), { token: visitor.accessToken, body: { link: id, after: from } });
  const take = async (from: number): Promise<PollAnswer> => {
    const body = world.rest.accepted<PollAnswer>(await poll(from), [200], 'PollAnswer', 'a poll');
    expectEqual(body.next, from + body.frames.length, '`next`');
    return body;
  };
  const pull = async (): Promise<void> => {
    const body = await take(after);
    frames.push(...body.frames.map((frame) => readFrame(world, frame)));
    after = body.next;
  };
  expectEqual(await take(0), { frames: [], next: 0 }, 'the poll that opens a link');
  return { ...speak(world, visitor, id, frames, pull), poll, take, close() {} };
}

/** The `bye` of a link. */
export const byeOf = async (link: KitLink): Promise<ByeBody> => (await link.next('bye')).d;
