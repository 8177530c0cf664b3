/**
 * One side of the relay of co-browse (protocol README §14): what it sends nobody in between can read, change, repeat or reorder unseen. Knows bytes, not what they
 * mean. The keys come from the chat; the code that `ready` gives is what both sides compare, because a server that swaps keys can do so in the chat.
 */
import { parseRelayNotice, relaySubprotocol } from '../../protocol/parse-relay.js';
import { agree, codeOf, createKeys, digest, directionKey, exportKey, headBytes, join, padded, seal, tagBytes, unseal, type Agreed } from './sealing.js';

export { createKeys, exportKey };

/** As much of a WebSocket as is used; `(url, protocol) => new WebSocket(url, protocol)` makes one. */
export interface RelaySocket {
  binaryType: string;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface RelayLink {
  /** Sends one message to the other side; false where it was dropped (not open, over budget). `kind` says how: 'frame' is compressed. */
  send(kind: 'frame' | 'control', bytes: Uint8Array): boolean;
  close(): void;
}

export interface LinkEvents {
  /** The other side is there and keys are agreed. `code`: six digits in two groups that both sides show; another one after each new connection of either side. */
  ready(code: string): void;
  frame(bytes: Uint8Array): void;
  control(bytes: Uint8Array): void;
  /** Messages are missing: the viewer asks for a full frame. */
  gap(): void;
  /** The other side came or went. */
  peer(on: boolean): void;
  /** The link is over; nothing comes after this. */
  ended(reason: 'rate' | 'revoked' | 'failed' | 'closed'): void;
}

export interface LinkPorts {
  openSocket(url: string, protocol: string): RelaySocket;
  readonly crypto: SubtleCrypto;
  random(bytes: number): Uint8Array;
  /** Milliseconds that never go back. */
  ticks(): number;
}

export interface LinkOptions {
  readonly url: string;
  readonly token: string;
  readonly role: 'patient' | 'nurse';
  readonly own: CryptoKeyPair;
  readonly peerKey: string;
  readonly session: string;
}

/** The first byte of a message. */
const type = { commit: 0, nonce: 1, reveal: 2, sealed: 3 } as const;
/** The first byte of what is sealed. */
const kinds = { confirm: 0, frame: 1, control: 2 } as const;
const nonceBytes = 16;

/** A little under what a server allows at least, so that this side drops before the server ends it. */
const bytesPerMs = 240;
const burstBytes = 900_000;
const leastCost = 1024;
const messageMax = 65_536;
/** Bytes that the network has not taken yet; more would be a picture that is late. */
const waitingMax = 262_144;
/** Messages that do not open, or come again, before the link is given up. */
const spoiltMax = 8;
/** Each new pair of nonces is another try for who would guess a code. */
const greetingsMax = 32;

interface Keys {
  readonly out: CryptoKey;
  readonly in: CryptoKey;
  readonly code: string;
}

/** Opens it at once. */
export function openLink({ url, token, role, own, peerKey, session }: LinkOptions, ports: LinkPorts, events: LinkEvents): RelayLink {
  const { crypto } = ports;
  const socket = ports.openSocket(url, relaySubprotocol);
  socket.binaryType = 'arraybuffer';
  const agreed: Promise<Agreed> = agree(crypto, own, peerKey, role, session);
  let isOver = false;
  let keys: Keys | null = null;
  let isReady = false;
  let ownNonce: Uint8Array = new Uint8Array();
  let commitment: Uint8Array | null = null;
  let greetings = 0;
  let [sent, seen, spoilt] = [0, 0, 0];
  let [budget, at] = [burstBytes, ports.ticks()];
  // One after the other, or numbers would overtake each other.
  let inbox: Promise<void> = Promise.resolve();
  let outbox: Promise<void> = Promise.resolve();

  const end = (reason: Parameters<LinkEvents['ended']>[0] | null): void => {
    if (isOver) return;
    isOver = true;
    keys = null;
    socket.close();
    if (reason) events.ended(reason);
  };
  agreed.catch(() => end('failed'));

  const spoil = (): void => {
    if (++spoilt >= spoiltMax) end('failed');
  };

  const write = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (!isOver) socket.send(bytes);
  };

  /** Sealed with the keys of now; what does not fit into a message is dropped, and missed by its number. */
  const post = (kind: number, content: Uint8Array): void => {
    const [with_, n] = [keys, ++sent];
    outbox = outbox.then(async () => {
      if (!with_ || with_ !== keys) return;
      const message = await seal(crypto, with_.out, type.sealed, n, kind, content, kind === kinds.frame);
      if (with_ === keys && message.length <= messageMax) write(message);
    }).catch(() => end('failed'));
  };

  const begin = (): void => {
    keys = null;
    isReady = false;
    ownNonce = ports.random(nonceBytes);
    if (++greetings > greetingsMax) end('failed');
  };

  /** Keys for the nonces of both; then the first sealed message says that they fit. */
  const derive = async (patientNonce: Uint8Array, nurseNonce: Uint8Array): Promise<void> => {
    const nonces = join(patientNonce, nurseNonce);
    const both = await agreed;
    const peerRole = role === 'patient' ? 'nurse' : 'patient';
    const [out, inward, code] = await Promise.all([directionKey(crypto, both, nonces, role, 'encrypt'), directionKey(crypto, both, nonces, peerRole, 'decrypt'), codeOf(crypto, both, nonces)]);
    [sent, seen] = [0, 0];
    keys = { out, in: inward, code };
  };

  /** The nurse commits to a nonce before the patient's is known, so that nobody in between can choose one that makes two codes the same. */
  const greet = async (): Promise<void> => {
    commitment = null;
    if (role === 'patient') return;
    begin();
    write(join(Uint8Array.of(type.commit), await digest(crypto, ownNonce)));
  };

  const open = async (message: Uint8Array<ArrayBuffer>): Promise<void> => {
    // Of keys that are gone.
    if (!keys) return;
    const n = message.length > headBytes + tagBytes ? new DataView(message.buffer).getUint32(1) : 0;
    if (n <= seen) return spoil();
    const held = keys;
    const { kind, content } = await unseal(crypto, held.in, n, message, (found) => found === kinds.frame);
    if (held !== keys) return;
    const isMissing = n > seen + 1;
    seen = n;
    if (isMissing) events.gap();
    if (isOver) return;
    if (kind === kinds.confirm && !isReady) {
      isReady = true;
      events.ready(held.code);
    } else if (kind === kinds.frame) events.frame(content);
    else if (kind === kinds.control) events.control(content);
  };

  const take = async (message: Uint8Array<ArrayBuffer>): Promise<void> => {
    const rest = message.slice(1);
    switch (message[0]) {
      case type.commit:
        if (role !== 'patient') return spoil();
        begin();
        commitment = rest;
        return write(join(Uint8Array.of(type.nonce), ownNonce));
      case type.nonce:
        if (role !== 'nurse' || keys || rest.length !== nonceBytes) return spoil();
        await derive(rest, ownNonce);
        write(join(Uint8Array.of(type.reveal), ownNonce));
        return post(kinds.confirm, new Uint8Array());
      case type.reveal: {
        const promised = commitment;
        commitment = null;
        if (!promised || rest.length !== nonceBytes || String(await digest(crypto, rest)) !== String(promised)) return spoil();
        await derive(ownNonce, rest);
        return post(kinds.confirm, new Uint8Array());
      }
      case type.sealed:
        return open(message);
      default:
        return spoil();
    }
  };

  const notice = (text: string): void => {
    const said = parseRelayNotice(text);
    if (said?.t === 'end') return end(said.reason === 'rate' ? 'rate' : said.reason === 'ended' ? 'revoked' : 'closed');
    if (!said) return;
    keys = null;
    isReady = false;
    events.peer(said.on);
    if (said.on) inbox = inbox.then(greet).catch(spoil);
  };

  socket.addEventListener('open', () => socket.send(JSON.stringify({ token })));
  socket.addEventListener('message', ({ data }) => {
    if (isOver) return;
    if (typeof data === 'string') return notice(data);
    const message = new Uint8Array(data as ArrayBuffer);
    inbox = inbox.then(() => (isOver ? undefined : take(message))).catch(spoil);
  });
  socket.addEventListener('close', () => end('closed'));

  return {
    send(kind, bytes) {
      if (!isReady || isOver) return false;
      const now = ports.ticks();
      budget = Math.min(burstBytes, budget + (now - at) * bytesPerMs);
      at = now;
      const cost = Math.max(leastCost, Math.min(messageMax, padded(bytes.length + headBytes) + headBytes + tagBytes));
      if (cost > budget || socket.bufferedAmount > waitingMax) {
        // Missed by its number, so that the other side knows.
        sent++;
        return false;
      }
      budget -= cost;
      post(kinds[kind], bytes);
      return true;
    },
    close: () => end(null),
  };
}
