/** How a message of co-browse is made unreadable for everybody in between: keys from both sides' secrets, a number per message, lengths in steps. */

type Bytes = Uint8Array<ArrayBuffer>;

const label = 'care-chat co-browse 1';
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const utf8 = new TextEncoder();

/** Bytes of a key and of a message before what is sealed: its type and its number. */
export const headBytes = 5;
/** What AES-GCM adds. */
export const tagBytes = 16;
/** More than any picture of a page; less than what would fill a browser. */
const inflatedMax = 4_194_304;

/** A pair for one session. The private half cannot be read out. */
export const createKeys = (crypto: SubtleCrypto): Promise<CryptoKeyPair> => crypto.generateKey(curve, false, ['deriveBits']);

/** A public key as it goes over the wire: raw, base64url. */
export async function exportKey(crypto: SubtleCrypto, key: CryptoKey): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.exportKey('raw', key)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Throws where it is none. */
function rawKey(text: string): Bytes {
  const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  if (bytes.length !== 65) throw new TypeError('no key');
  return bytes;
}

export const join = (...parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
};

/** What both sides must agree on: the session, the patient's key, the nurse's key. */
export interface Agreed {
  readonly secret: CryptoKey;
  readonly transcript: Bytes;
}

/** The secret of both pairs, and what it is bound to. Throws where the other key is none. */
export async function agree(crypto: SubtleCrypto, own: CryptoKeyPair, peerKey: string, role: 'patient' | 'nurse', session: string): Promise<Agreed> {
  const [mine, theirs] = [new Uint8Array(await crypto.exportKey('raw', own.publicKey)), rawKey(peerKey)];
  const bits = await crypto.deriveBits({ name: 'ECDH', public: await crypto.importKey('raw', theirs, curve, false, []) }, own.privateKey, 256);
  const [patient, nurse] = role === 'patient' ? [mine, theirs] : [theirs, mine];
  return { secret: await crypto.importKey('raw', bits, 'HKDF', false, ['deriveKey']), transcript: join(utf8.encode(`${label} ${session} `), patient, nurse) };
}

/** The key of one direction, for the two nonces of one connection. */
export const directionKey = (crypto: SubtleCrypto, { secret, transcript }: Agreed, nonces: Uint8Array, from: 'patient' | 'nurse', use: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: join(nonces), info: join(transcript, utf8.encode(from)) }, secret, { name: 'AES-GCM', length: 256 }, false, [use]);

export const digest = async (crypto: SubtleCrypto, ...parts: readonly Uint8Array[]): Promise<Bytes> => new Uint8Array(await crypto.digest('SHA-256', join(...parts)));

/** Six digits in two groups, of everything both sides agreed on: with another key on either side they differ. */
export async function codeOf(crypto: SubtleCrypto, { transcript }: Agreed, nonces: Uint8Array): Promise<string> {
  const hash = await digest(crypto, utf8.encode('code '), transcript, nonces);
  // 48 of the bits, so that no code is likelier than another.
  const number = new DataView(hash.buffer).getUint32(0) * 65_536 + new DataView(hash.buffer).getUint16(4);
  return String(number % 1_000_000).padStart(6, '0').replace(/^.../, '$& ');
}

/** The next step up: 256 bytes at least, else an eighth to a quarter of what it is, so that a length says little of what was inside. */
export function padded(length: number): number {
  const step = Math.max(256, 2 ** (29 - Math.clz32(length)));
  return Math.ceil(length / step) * step;
}

async function piped(bytes: Bytes, through: CompressionStream | DecompressionStream): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough<Uint8Array>(through).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(...parts);
    parts.push(value);
    if ((length += value.length) > inflatedMax) {
      await reader.cancel();
      throw new RangeError('too large');
    }
  }
}

const iv = (n: number): Bytes => {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setUint32(8, n);
  return bytes;
};

/** A sealed message: type and number in the clear, and bound to what is sealed. */
export async function seal(crypto: SubtleCrypto, key: CryptoKey, type: number, n: number, kind: number, content: Uint8Array, isCompressed: boolean): Promise<Bytes> {
  const inside = isCompressed ? await piped(join(content), new CompressionStream('deflate-raw')) : content;
  const plain = new Uint8Array(padded(inside.length + headBytes));
  plain[0] = kind;
  new DataView(plain.buffer).setUint32(1, inside.length);
  plain.set(inside, headBytes);
  const head = new Uint8Array(headBytes);
  head[0] = type;
  new DataView(head.buffer).setUint32(1, n);
  return join(head, new Uint8Array(await crypto.encrypt({ name: 'AES-GCM', iv: iv(n), additionalData: head }, key, plain)));
}

/** What was sealed. Rejects where a bit of it was changed, or it cannot be read. */
export async function unseal(crypto: SubtleCrypto, key: CryptoKey, n: number, message: Bytes, isCompressed: (kind: number) => boolean): Promise<{ readonly kind: number; readonly content: Bytes }> {
  const head = message.slice(0, headBytes);
  const plain = new Uint8Array(await crypto.decrypt({ name: 'AES-GCM', iv: iv(n), additionalData: head }, key, message.slice(headBytes)));
  const kind = plain[0]!;
  const inside = plain.slice(headBytes, headBytes + new DataView(plain.buffer).getUint32(1));
  return { kind, content: isCompressed(kind) ? await piped(inside, new DecompressionStream('deflate-raw')) : inside };
}
