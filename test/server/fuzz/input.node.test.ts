/**
 * Bad input of every shape against the running server (§4.4 case 59): every frame and body of the protocol, mutated; torn and hostile bytes. It never
 * crashes, never hangs, answers with a problem, never repeats what was sent, and never gives what is another's. Repeat with the seed that is printed:
 * CARE_SEED=….
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket as NetSocket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as frames from '../../../src/protocol/schema/frames.js';
import { operations } from '../../../src/protocol/schema/operations.js';
import { schemas } from '../../../src/protocol/schema/registry.js';
import { createValidator } from '../../../src/protocol/schema/validate.js';
import type { ServerFrame } from '../../../src/protocol/types.js';
import { fromSchema } from '../../support/node/from-schema.js';
import { marker, mutated } from '../../support/node/mutate.js';
import { openServer, plainConfig, type TestServer } from '../../support/node/test-server.js';
import { assertDone, connect, message, openConversation, openVisitor, post, signIn, type Person } from '../../support/node/wire-client.js';

const seed = Number(process.env['CARE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const answerWithinMs = 5_000;
const pollForMs = 100;
const secret = 'a secret of somebody else';
const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true, strictTypes: false, strictRequired: false }), { closed: true });

interface Scene {
  readonly server: TestServer;
  readonly visitor: Person;
  readonly agent: Person;
  readonly stream: string;
  /** Ids that belong to the other visitor. */
  readonly others: readonly string[];
}

async function openScene(t: TestContext): Promise<Scene> {
  t.diagnostic(`seed ${seed}: repeat with CARE_SEED=${seed}`);
  const many = 1_000_000;
  const limits = { ...('limits' in plainConfig ? (plainConfig.limits as object) : {}), submitPerMin: 10_000, sessionsPerMin: 100_000, signInsPerMin: 100_000, requestsPerMin: many, framesPerMin: many, badFramesPerMin: 1000, connectionsPerDevice: 100 };
  const server = await openServer(t, { file: { ...plainConfig, limits } });
  const { url } = server;
  const [visitor, other, agent] = [await openVisitor(url), await openVisitor(url), await signIn(url, 'cy@clinic.test')];
  const { id } = await openConversation(url, visitor);
  const theirs = await openConversation(url, other, { departmentId: 'nurse' });
  const said = await post(url, other, theirs.id, message(secret));
  return { server, visitor, agent, stream: id, others: [theirs.id, `${theirs.id}.staff`, other.id, other.deviceId, said.body.eventId, other.token] };
}

const within = <T>(what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout;
  return Promise.race([promise, new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`${what}: no answer in ${answerWithinMs} ms`)), answerWithinMs)))]).finally(() => clearTimeout(timer));
};

/** A refusal is a problem, names nothing that was sent, and is never a mistake of our own. */
function assertProblem(problem: unknown, sent: string): void {
  assert.equal(validator.check('Problem', problem), null, `${JSON.stringify(problem)} for ${sent.slice(0, 300)}`);
  assert.notEqual((problem as { code: string }).code, 'internal', `internal, for ${sent.slice(0, 300)}`);
  assert.ok(!JSON.stringify(problem).includes(marker), `repeated: ${JSON.stringify(problem)} for ${sent.slice(0, 300)}`);
}

async function assertUnharmed({ server: { url, log } }: Scene): Promise<void> {
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  const next = await openVisitor(url);
  assert.equal((await post(url, next, (await openConversation(url, next)).id, message('still fine'))).status, 201);
  assert.ok(!log().includes(marker), 'logged what was sent');
  assert.ok(!/"(http|socket|hub)[^"]*failed"/.test(log()), /.*failed.*/.exec(log())?.[0]);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
}

test('mutated bodies of every operation are refused in words or taken, and nothing of another is given', { timeout: 120_000 }, async (t) => {
  const scene = await openScene(t);
  const { server: { url }, visitor, agent, stream, others } = scene;
  const shapes = operations.flatMap((operation) => {
    if (!('request' in operation)) return [];
    const { path, method, request, auth, profile } = operation as { path: string; method: string; request: string; auth: string; profile: string };
    return [{ path: path.replace('{stream}', stream), method, person: auth === 'none' ? null : profile === 'desk' ? agent : visitor, values: mutated(fromSchema(schemas.get(request)), others) }];
  });
  assert.ok(shapes.length >= 7);
  for (const { path, method, person, values } of shapes) {
    await fc.assert(fc.asyncProperty(values, async (body) => {
      // A poll that is taken waits for frames, up to 25 s: it is hung up on.
      const signal = path === '/v1/poll' ? AbortSignal.timeout(pollForMs) : undefined;
      const asked = fetch(`${url}${path}`, { method, body, ...(signal ? { signal } : {}), headers: { 'content-type': 'application/json', ...(person ? { authorization: `Bearer ${person.token}` } : {}) } });
      const answer = await within(path, asked.catch((error: unknown) => {
        if (signal?.aborted) return null;
        throw error;
      }));
      if (answer === null) return;
      const words = await within(`${answer.status} body`, answer.text());
      assert.ok(!words.includes(secret));
      if (answer.status >= 400) assertProblem(JSON.parse(words), body);
      else assert.ok(answer.status >= 200 && answer.status < 300);
    }), { numRuns: 60, seed, endOnFailure: true });
  }
  await assertUnharmed(scene);
});

test('hostile paths, queries and headers are refused in words', { timeout: 60_000 }, async (t) => {
  const scene = await openScene(t);
  const { server: { url }, visitor, others } = scene;
  const piece = fc.oneof(fc.constantFrom(...others, marker, `%00${marker}`, '%ff', '%', '..', '%2e%2e%2f', '__proto__', 'self', '-1', '99999999999999999999', `${marker}%0d%0aX: y`), fc.webSegment());
  const path = fc.oneof(
    piece.map((one) => `/v1/streams/${one}/events`), piece.map((one) => `/v1/conversations/${one}`), piece.map((one) => `/v1/${one}`),
    fc.tuple(fc.constantFrom('epoch', 'after', 'before', 'limit', 'status', '__proto__'), piece).map(([name, value]) => `/v1/streams/self/events?${name}=${value}&${name}=${value}`),
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
  const token = fc.oneof(fc.constant(`Bearer ${visitor.token}`), fc.constantFrom(`Bearer ${marker}`, `Basic ${marker}`, `Bearer ${'a.'.repeat(800)}`, 'Bearer'));
  await fc.assert(fc.asyncProperty(path, method, token, async (where, how, authorization) => {
    const answer = await within(where, fetch(`${url}${where}`, { method: how, headers: { authorization } }));
    const words = await within(`${answer.status} body`, answer.text());
    assert.ok(!words.includes(secret) && !words.includes(marker));
    if (answer.status >= 400 && how !== 'HEAD') assertProblem(JSON.parse(words), where);
  }), { numRuns: 300, seed, endOnFailure: true });
  await assertUnharmed(scene);
});

test('mutated frames of every kind are answered, dropped or end the connection with bye; nothing is repeated', { timeout: 120_000 }, async (t) => {
  const scene = await openScene(t);
  const { server: { url }, visitor, agent, stream, others } = scene;
  for (const person of [visitor, agent]) {
    let socket = await connect(url, person);
    let beat = 0;
    await fc.assert(fc.asyncProperty(mutated(fromSchema(frames.ClientFrame), [...others, stream]), async (sent) => {
      if (socket.raw.readyState !== socket.raw.OPEN) socket = await connect(url, person);
      const before = socket.frames.length;
      const n = ++beat;
      socket.send(sent);
      socket.send({ t: 'ping', d: { n: 1_000_000 + n } });
      await within(sent.slice(0, 200), Promise.race([socket.until('pong', (d) => d.n === 1_000_000 + n).catch(() => {}), socket.closed]));
      const ended = socket.raw.readyState !== socket.raw.OPEN;
      if (ended) assert.equal(await socket.closed, socket.bye()?.code, `bye before the close, for ${sent.slice(0, 300)}`);
      for (const frame of socket.frames.slice(before) as ServerFrame[]) {
        assert.ok(!JSON.stringify(frame).includes(secret), `${frame.t} gives what is another's`);
        if (frame.t === 'err') assertProblem(frame.d, sent);
        if (frame.t === 'bye') assert.ok(!JSON.stringify(frame).includes(marker));
      }
      if (ended) socket = await connect(url, person);
    }), { numRuns: 600, seed, endOnFailure: true });
    socket.raw.terminate();
  }
  await assertUnharmed(scene);
});

/** A raw connection after the upgrade. */
async function openRaw(url: string): Promise<NetSocket> {
  const socket = createConnection(Number(new URL(url).port), new URL(url).hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: care-chat.v1\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

/** One WebSocket frame of a client. */
function frame(opcode: number, payload: Buffer, { fin = true, masked = true, rsv = 0 } = {}): Buffer {
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (payload.length < 126) head.push(mask | payload.length);
  else head.push(mask | 126, payload.length >> 8, payload.length & 0xff);
  return Buffer.concat([Buffer.from(head), ...(masked ? [Buffer.alloc(4)] : []), payload]);
}

test('torn and hostile WebSocket frames end their own connection only, in bounded time', { timeout: 60_000 }, async (t) => {
  const scene = await openScene(t);
  const { url } = scene.server;
  const bystander = await connect(url, scene.visitor);
  const hello = Buffer.from(`{"t":"hello","id":1,"d":{"v":["1"],"token":"${marker}"}}`);
  const hostile: readonly (readonly [name: string, bytes: Buffer])[] = [
    ['an unmasked frame', frame(1, hello, { masked: false })],
    ['a reserved opcode', frame(3, hello)],
    ['reserved bits', frame(1, hello, { rsv: 7 })],
    ['a continuation of nothing', frame(0, hello)],
    ['a ping over 125 bytes', frame(9, Buffer.alloc(200, 65))],
    ['a ping in pieces', frame(9, hello, { fin: false })],
    ['a close with half a code', frame(8, Buffer.from([3]))],
    ['a close with a code that is none', frame(8, Buffer.from([0x00, 0x01]))],
    ['text that is no UTF-8', frame(1, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ['a length of 2^63', Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0])],
    ['a binary message', frame(2, hello)],
    ['noise', randomBytes(512)],
  ];
  for (const [name, bytes] of hostile) {
    const socket = await openRaw(url);
    let seen = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => void (seen += chunk));
    const closed = once(socket, 'close');
    socket.write(bytes);
    // What the server waits for the rest of (noise may announce more) is ended from here; the server must let go.
    const torn = setTimeout(() => socket.end(), 500);
    await within(name, closed);
    clearTimeout(torn);
    assert.ok(!seen.includes(marker), name);
  }
  // Cut in the middle of a frame, at every length.
  const whole = frame(1, hello);
  for (let length = 1; length < whole.length; length += 5) {
    const socket = await openRaw(url);
    socket.write(whole.subarray(0, length));
    socket.destroy();
  }
  // In pieces, down to a byte: still one message, and a ping in between is answered.
  const pieces = await openRaw(url);
  let answer = '';
  pieces.setEncoding('latin1').on('data', (chunk: string) => void (answer += chunk));
  for (let at = 0; at < hello.length; at++) {
    pieces.write(frame(at === 0 ? 1 : 0, hello.subarray(at, at + 1), { fin: at === hello.length - 1 }));
    if (at === 5) pieces.write(frame(9, Buffer.from('between')));
  }
  while (!answer.includes('"code":"invalid"')) await within('a hello in pieces', once(pieces, 'data'));
  pieces.destroy();
  assert.ok(answer.includes('between') && !answer.includes(marker), answer);
  assertDone(await bystander.submit(scene.stream, message('unmoved')));
  await assertUnharmed(scene);
});
