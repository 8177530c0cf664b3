/** The sealed link of co-browse (protocol README S-14.12, S-14.13): over a real server, and over a pair of sockets whose messages a test may change. */
import assert from 'node:assert/strict';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { CareError } from '../../src/base/care-error.js';
import { err, ok } from '../../src/base/result.js';
import { createKeys, exportKey, openLink, type LinkEvents, type RelayLink, type RelaySocket } from '../../src/cobrowse/link/link.js';
import { prepareLink } from '../../src/cobrowse/link/prepare-link.js';
import { agree, codeOf, directionKey, padded, seal, unseal } from '../../src/cobrowse/link/sealing.js';
import { askRelay, granted, openPair, say, type Pair } from '../support/node/relay-client.js';

const crypto = webcrypto.subtle as unknown as SubtleCrypto;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

type Said = { [K in keyof LinkEvents]: readonly [K, ...Parameters<LinkEvents[K]>] }[keyof LinkEvents];

interface Ear {
  readonly events: LinkEvents;
  readonly said: readonly Said[];
  /** Resolves with the first that fits, whether it was said already or not; `from`: not counting so many. */
  heard<K extends keyof LinkEvents>(what: K, fits?: (value: Parameters<LinkEvents[K]>[0]) => boolean, from?: number): Promise<Parameters<LinkEvents[K]>[0]>;
}

function createEar(): Ear {
  const said: Said[] = [];
  const looks = new Set<() => void>();
  const note = (...one: unknown[]): void => {
    said.push(one as unknown as Said);
    for (const look of [...looks]) look();
  };
  const names = ['ready', 'frame', 'control', 'gap', 'peer', 'ended'] as const;
  return {
    events: Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => note(name, ...values)])) as unknown as LinkEvents,
    said,
    heard: (what, fits = () => true, from = 0) => new Promise((resolve) => {
      const look = (): void => {
        const found = said.slice(from).find(([name, value]) => name === what && fits(value as never));
        if (!found) return;
        looks.delete(look);
        resolve(found[1] as never);
      };
      looks.add(look);
      look();
    }),
  };
}

type Change = (message: Uint8Array<ArrayBuffer>, n: number) => readonly Uint8Array<ArrayBuffer>[];

/** One end of a relay in memory. */
class End implements RelaySocket {
  binaryType = 'blob';
  bufferedAmount = 0;
  other: End | null = null;
  change: Change = (message) => [message];
  readonly passed: Uint8Array[] = [];
  readonly #listeners: { [type: string]: ((event: { readonly data: unknown }) => void)[] } = {};
  #n = 0;

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    (this.#listeners[type] ??= []).push(listener);
  }

  tell(type: string, data?: unknown): void {
    for (const listener of this.#listeners[type] ?? []) listener({ data });
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (typeof data === 'string') return;
    const copy = data.slice();
    this.passed.push(copy);
    for (const message of this.change(copy, this.#n++)) setImmediate(() => this.other?.tell('message', message.slice().buffer));
  }

  close(): void {
    setImmediate(() => this.tell('close'));
  }
}

/** Two ends of one relay. */
function createEnds(): readonly [End, End] {
  const [patient, nurse] = [new End(), new End()];
  patient.other = nurse;
  nurse.other = patient;
  return [patient, nurse];
}

/** Both are there. */
function meet(...ends: readonly End[]): void {
  for (const end of ends) end.tell('open');
  for (const end of ends) end.tell('message', '{"t":"peer","on":true}');
}

interface Side extends Ear {
  readonly link: RelayLink;
}

const ports = (socket: RelaySocket, ticks = (): number => performance.now()) => ({ openSocket: () => socket, crypto, random: (count: number) => new Uint8Array(randomBytes(count)), ticks });

async function side(role: 'patient' | 'nurse', socket: RelaySocket, own: CryptoKeyPair, peer: CryptoKey, ticks?: () => number): Promise<Side> {
  const ear = createEar();
  const link = openLink({ url: 'wss://x.test', token: 't', role, own, peerKey: await exportKey(crypto, peer), session: 'the-session-of-both' }, ports(socket, ticks), ear.events);
  return { ...ear, link };
}

/** Two links in memory, ready. */
async function linked({ ticks, isReady = true }: { readonly ticks?: () => number; readonly isReady?: boolean } = {}) {
  const [own, peer] = [await createKeys(crypto), await createKeys(crypto)];
  const patientKey = await exportKey(crypto, own.publicKey);
  const nurseKey = await exportKey(crypto, peer.publicKey);
  const ends = createEnds();
  const open = (role: 'patient' | 'nurse', ear: Ear): RelayLink =>
    openLink({ url: 'wss://x.test', token: 't', role, own: role === 'patient' ? own : peer, peerKey: role === 'patient' ? nurseKey : patientKey, session: 'the-session-of-both' }, ports(ends[role === 'patient' ? 0 : 1], ticks), ear.events);
  const [patientEar, nurseEar] = [createEar(), createEar()];
  const [patient, nurse] = [{ ...patientEar, link: open('patient', patientEar) }, { ...nurseEar, link: open('nurse', nurseEar) }];
  meet(...ends);
  if (isReady) await Promise.all([patient.heard('ready'), nurse.heard('ready')]);
  return { patient, nurse, patientEnd: ends[0], nurseEnd: ends[1] };
}

/** Sends control messages of these texts. */
const control = ({ link }: Side, ...texts: readonly string[]): void => texts.forEach((text) => assert.ok(link.send('control', bytesOf(text))));
const heardTexts = ({ said }: Ear): readonly string[] => said.flatMap((one) => (one[0] === 'control' || one[0] === 'frame' ? [textOf(one[1])] : []));

/** Both sides through a real server; everything that goes over the wire is kept. */
async function throughServer(t: TestContext, settings: Readonly<Record<string, unknown>> = {}) {
  const pair: Pair = await openPair(t, { settings });
  const wire: Buffer[] = [];
  let raw: WebSocket | undefined;
  const prepare = (role: 'patient' | 'nurse'): ReturnType<typeof prepareLink> => prepareLink(role, async (asked) => {
    const { status, body } = await askRelay(pair, pair[role], asked);
    return status === 201 ? ok(body) : err(new CareError('conflict'));
  }, {
    ...ports(new End()),
    openSocket(to, protocol) {
      raw = new WebSocket(to, protocol, { origin: pair[role].origin });
      raw.on('error', () => {});
      raw.on('message', (data: ArrayBuffer | Buffer) => wire.push(Buffer.from(data as Buffer)));
      return raw as unknown as RelaySocket;
    },
  });
  const sides = { patient: await prepare('patient'), nurse: await prepare('nurse') };
  const session = await granted(pair, { patientKey: sides.patient.key, nurseKey: sides.nurse.key });
  const open = async (role: 'patient' | 'nurse'): Promise<Side & { readonly raw: WebSocket }> => {
    const ear = createEar();
    const link = await sides[role].open(session, sides[role === 'patient' ? 'nurse' : 'patient'].key, ear.events);
    return { ...ear, link, raw: raw! };
  };
  return { pair, session, wire, open, sides };
}

describe('two links over a real server', () => {
  it('agree on one code, and pass frames and control messages both ways', async (t) => {
    const { open } = await throughServer(t);
    const [patient, nurse] = [await open('patient'), await open('nurse')];
    const codes = await Promise.all([patient.heard('ready'), nurse.heard('ready')]);
    assert.match(codes[0], /^\d{3} \d{3}$/);
    assert.equal(codes[0], codes[1]);
    assert.ok(patient.link.send('frame', bytesOf('a picture '.repeat(500))));
    assert.equal(textOf(await nurse.heard('frame')), 'a picture '.repeat(500));
    assert.ok(nurse.link.send('control', bytesOf('point')));
    assert.equal(textOf(await patient.heard('control')), 'point');
  });

  it('a captured relay holds nothing of what was sent, whole or in part', async (t) => {
    const { open, wire } = await throughServer(t);
    const [patient, nurse] = [await open('patient'), await open('nurse')];
    await Promise.all([patient.heard('ready'), nurse.heard('ready')]);
    const known = bytesOf(JSON.stringify({ strings: ['Refill request', 'Your medication'], boxes: Array.from({ length: 200 }, (_none, n) => [n, n * 7, n * 13]) }));
    patient.link.send('frame', known);
    patient.link.send('control', known);
    await Promise.all([nurse.heard('frame'), nurse.heard('control')]);
    const captured = Buffer.concat(wire);
    assert.ok(captured.length > known.length, 'nothing was captured');
    for (const form of [Buffer.from(known), deflateRawSync(known), Buffer.from(Buffer.from(known).toString('base64'))]) {
      for (let at = 0; at + 6 <= form.length; at++) assert.ok(!captured.includes(form.subarray(at, at + 6)), `bytes ${at} to ${at + 6} of what was sent`);
    }
  });

  it('who comes back gets other keys: both hear a new code, and what is sent is read', async (t) => {
    const { open, wire } = await throughServer(t);
    const [patient, nurse] = [await open('patient'), await open('nurse')];
    const first = await patient.heard('ready');
    await nurse.heard('ready');
    patient.link.send('control', bytesOf('the same'));
    await nurse.heard('control');
    const before = patient.said.length;
    nurse.raw.terminate();
    await patient.heard('peer', (on) => !on, before);
    assert.equal(patient.link.send('control', bytesOf('to nobody')), false);
    const again = await open('nurse');
    const second = await again.heard('ready');
    assert.equal(await patient.heard('ready', (code) => code !== first), second);
    patient.link.send('control', bytesOf('the same'));
    assert.equal(textOf(await again.heard('control')), 'the same');
    const sealed = wire.filter((message) => message[0] === 3 && message.readUInt32BE(1) === 2).map((message) => createHash('sha256').update(message).digest('hex'));
    assert.ok(sealed.length >= 2 && new Set(sealed).size === sealed.length, 'the same was sealed the same');
  });

  it('are over when the patient stops, and say so', async (t) => {
    const { open, pair, session, sides } = await throughServer(t);
    const [patient, nurse] = [await open('patient'), await open('nurse')];
    await Promise.all([patient.heard('ready'), nurse.heard('ready')]);
    await say(pair, pair.patient, { session, state: 'ended', reason: 'stopped' });
    assert.deepEqual(await Promise.all([patient.heard('ended'), nurse.heard('ended')]), ['revoked', 'revoked']);
    assert.equal(patient.link.send('control', bytesOf('late')), false);
    await assert.rejects(sides.nurse.open(session, sides.patient.key, createEar().events), { code: 'conflict' });
  });

  it('say "rate" where the server allows less than this side thinks', async (t) => {
    const { open } = await throughServer(t, { bytesPerSec: 16_384, burstBytes: 65_536 });
    const [patient, nurse] = [await open('patient'), await open('nurse')];
    await Promise.all([patient.heard('ready'), nurse.heard('ready')]);
    for (let n = 0; n < 3; n++) patient.link.send('control', new Uint8Array(40_000));
    assert.deepEqual(await Promise.all([patient.heard('ended'), nurse.heard('ended')]), ['rate', 'rate']);
  });

  it('end with "closed" where the token is none', async (t) => {
    const { pair } = await throughServer(t);
    const keys = await createKeys(crypto);
    const ear = createEar();
    openLink({ url: `${pair.url.replace('http', 'ws')}/v1/relay`, token: 'x'.repeat(43), role: 'nurse', own: keys, peerKey: await exportKey(crypto, keys.publicKey), session: 's' }, {
      ...ports(new End()), openSocket: (to, protocol) => new WebSocket(to, protocol, { origin: pair.nurse.origin }) as unknown as RelaySocket,
    }, ear.events);
    assert.equal(await ear.heard('ended'), 'closed');
  });
});

describe('a link', () => {
  it('a key that was swapped on the way gives each side another code, or none', async () => {
    const [patientKeys, nurseKeys, mallory] = [await createKeys(crypto), await createKeys(crypto), await createKeys(crypto)];
    // In between with a key of its own for each side: it reads everything, and the codes differ.
    const [[patientEnd, toPatient], [toNurse, nurseEnd]] = [createEnds(), createEnds()];
    const [patient, , , nurse] = await Promise.all([
      side('patient', patientEnd, patientKeys, mallory.publicKey), side('nurse', toPatient, mallory, patientKeys.publicKey),
      side('patient', toNurse, mallory, nurseKeys.publicKey), side('nurse', nurseEnd, nurseKeys, mallory.publicKey),
    ]);
    meet(patientEnd, toPatient, toNurse, nurseEnd);
    assert.notEqual(await patient.heard('ready'), await nurse.heard('ready'));
    // A key of which nobody has the other half: no code, ever.
    const [oneEnd, otherEnd] = createEnds();
    const one = await side('patient', oneEnd, patientKeys, mallory.publicKey);
    const other = await side('nurse', otherEnd, nurseKeys, patientKeys.publicKey);
    const sealed = new Promise<void>((resolve) => {
      otherEnd.change = (message) => (message[0] === 3 ? (setImmediate(resolve), [message]) : [message]);
    });
    meet(oneEnd, otherEnd);
    await sealed;
    for (let n = 0; n < 8; n++) otherEnd.send(Uint8Array.of(3, 0, 0, 0, n + 2, ...randomBytes(300)) as Uint8Array<ArrayBuffer>);
    assert.equal(await one.heard('ended'), 'failed');
    assert.ok([one, other].every(({ said }) => said.every(([what]) => what !== 'ready')));
  });

  it('binds code and keys to the session, to both public keys and to the direction, whatever the nonces', async () => {
    const [one, other, third] = [await createKeys(crypto), await createKeys(crypto), await createKeys(crypto)];
    const nonces = new Uint8Array(32);
    const publicOf = (keys: CryptoKeyPair): Promise<string> => exportKey(crypto, keys.publicKey);
    const patient = await agree(crypto, one, await publicOf(other), 'patient', 's1');
    const nurse = await agree(crypto, other, await publicOf(one), 'nurse', 's1');
    const others = [
      await agree(crypto, one, await publicOf(third), 'patient', 's1'), await agree(crypto, third, await publicOf(one), 'nurse', 's1'),
      await agree(crypto, one, await publicOf(other), 'patient', 's2'), await agree(crypto, one, await publicOf(other), 'nurse', 's1'),
    ];
    const code = await codeOf(crypto, patient, nonces);
    assert.equal(await codeOf(crypto, nurse, nonces), code);
    for (const [n, agreed] of others.entries()) if (n !== 1) assert.notEqual(await codeOf(crypto, agreed, nonces), code, `${n}`);
    const out = await directionKey(crypto, patient, nonces, 'patient', 'encrypt');
    const message = await seal(crypto, out, 3, 1, 2, bytesOf('for the nurse'), false);
    const opens = (agreed: typeof nurse, from: 'patient' | 'nurse', n = 1): Promise<string> =>
      directionKey(crypto, agreed, nonces, from, 'decrypt').then((key) => unseal(crypto, key, n, message, () => false)).then(({ content }) => textOf(content), () => 'closed');
    assert.equal(await opens(nurse, 'patient'), 'for the nurse');
    // The other direction's key, another number, and the same secret bound to something else.
    assert.deepEqual(await Promise.all([opens(nurse, 'nurse'), opens(nurse, 'patient', 2), ...others.map((agreed) => opens(agreed, 'patient'))]), Array(6).fill('closed'));
  });

  it('what is missing is a gap, and what follows still opens', async () => {
    const { patient, nurse, patientEnd } = await linked();
    control(patient, 'one');
    await nurse.heard('control', (bytes) => textOf(bytes) === 'one');
    const lost = new Promise<void>((resolve) => {
      patientEnd.change = () => (resolve(), []);
    });
    control(patient, 'two');
    await lost;
    patientEnd.change = (message) => [message];
    control(patient, 'three', 'four');
    await nurse.heard('control', (bytes) => textOf(bytes) === 'four');
    assert.deepEqual(nurse.said.slice(-4).map(([what, value]) => (value instanceof Uint8Array ? textOf(value) : what)), ['one', 'gap', 'three', 'four']);
  });

  it('what was changed, repeated or put back is refused, and some of it ends the link', async () => {
    const { patient, nurse, patientEnd } = await linked();
    const flipped = (message: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> => {
      const copy = message.slice();
      copy[at]! ^= 1;
      return copy;
    };
    let held: Uint8Array<ArrayBuffer> | null = null;
    const changes: readonly Change[] = [
      // A bit of the number, of the content, of the tag; the type.
      ...[4, 40, -1, 0].map((at): Change => (message) => [flipped(message, at < 0 ? message.length + at : at), message]),
      (message) => [message, message],
      (message) => ((held = message), [message]),
      (message) => [held!, message],
    ];
    for (const [n, change] of changes.entries()) {
      patientEnd.change = change;
      control(patient, `message ${n}`);
      await nurse.heard('control', (bytes) => textOf(bytes) === `message ${n}`);
    }
    assert.deepEqual(heardTexts(nurse), changes.map((_change, n) => `message ${n}`));
    assert.ok(nurse.said.every(([what]) => what !== 'ended' && what !== 'gap'));
    // Six so far.
    patientEnd.change = (message) => [message, message, message];
    control(patient, 'last');
    assert.equal(await nurse.heard('ended'), 'failed');
    assert.equal(nurse.link.send('control', bytesOf('late')), false);
  });

  it('lengths come in steps', async () => {
    const { patient, nurse, patientEnd } = await linked();
    const lengths = new Set<number>();
    patientEnd.change = (message) => (lengths.add(message.length), [message]);
    for (const length of [0, 1, 9, 100, 240]) control(patient, 'x'.repeat(length));
    await nurse.heard('control', (bytes) => bytes.length === 240);
    assert.equal(lengths.size, 1);
    for (let length = 1; length < 70_000; length += 37) {
      const step = padded(length);
      assert.ok(step >= length && step >= 256 && step - length <= Math.max(255, length / 4), `${length} becomes ${step}`);
    }
  });

  it('what is over the budget is dropped here, and missed there', async () => {
    let now = 0;
    const { patient, nurse } = await linked({ ticks: () => now });
    const big = new Uint8Array(60_000);
    let taken = 0;
    while (patient.link.send('control', big)) assert.ok(++taken < 20, 'nothing was dropped');
    assert.ok(taken > 10);
    now += 10_000;
    control(patient, 'after');
    await nurse.heard('control', (bytes) => textOf(bytes) === 'after');
    assert.deepEqual(nurse.said.slice(-2).map(([what]) => what), ['gap', 'control']);
  });

  it('drops what the network does not take', async () => {
    const { patient, patientEnd } = await linked();
    patientEnd.bufferedAmount = 1_000_000;
    assert.equal(patient.link.send('frame', bytesOf('late')), false);
  });

  it('refuses what would fill the browser when it is inflated', async () => {
    const { patient, nurse } = await linked();
    patient.link.send('frame', new Uint8Array(8_000_000));
    control(patient, 'after');
    await nurse.heard('control');
    assert.ok(nurse.said.every(([what]) => what !== 'frame'));
  });

  it('fails where the other key is none', async () => {
    const keys = await createKeys(crypto);
    for (const peerKey of ['', 'not a key', 'A'.repeat(87), '!'.repeat(87)]) {
      const ear = createEar();
      openLink({ url: 'wss://x.test', token: 't', role: 'patient', own: keys, peerKey, session: 's' }, ports(new End()), ear.events);
      assert.equal(await ear.heard('ended'), 'failed', peerKey);
    }
  });

  it('has a private key that nobody can read out', async () => {
    const { privateKey } = await createKeys(crypto);
    await assert.rejects(crypto.exportKey('pkcs8', privateKey));
  });
});
