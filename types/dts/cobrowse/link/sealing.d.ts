/** How a message of co-browse is made unreadable for everybody in between: keys from both sides' secrets, a number per message, lengths in steps. */
type Bytes = Uint8Array<ArrayBuffer>;
/** Bytes of a key and of a message before what is sealed: its type and its number. */
export declare const headBytes = 5;
/** What AES-GCM adds. */
export declare const tagBytes = 16;
/** A pair for one session. The private half cannot be read out. */
export declare const createKeys: (crypto: SubtleCrypto) => Promise<CryptoKeyPair>;
/** A public key as it goes over the wire: raw, base64url. */
export declare function exportKey(crypto: SubtleCrypto, key: CryptoKey): Promise<string>;
export declare const join: (...parts: readonly Uint8Array[]) => Bytes;
/** What both sides must agree on: the session, the patient's key, the nurse's key. */
export interface Agreed {
    readonly secret: CryptoKey;
    readonly transcript: Bytes;
}
/** The secret of both pairs, and what it is bound to. Throws where the other key is none. */
export declare function agree(crypto: SubtleCrypto, own: CryptoKeyPair, peerKey: string, role: 'patient' | 'nurse', session: string): Promise<Agreed>;
/** The key of one direction, for the two nonces of one connection. */
export declare const directionKey: (crypto: SubtleCrypto, { secret, transcript }: Agreed, nonces: Uint8Array, from: "nurse" | "patient", use: "decrypt" | "encrypt") => Promise<CryptoKey>;
export declare const digest: (crypto: SubtleCrypto, ...parts: readonly Uint8Array[]) => Promise<Bytes>;
/** Six digits in two groups, of everything both sides agreed on: with another key on either side they differ. */
export declare function codeOf(crypto: SubtleCrypto, { transcript }: Agreed, nonces: Uint8Array): Promise<string>;
/** The next step up: 256 bytes at least, else an eighth to a quarter of what it is, so that a length says little of what was inside. */
export declare function padded(length: number): number;
/** A sealed message: type and number in the clear, and bound to what is sealed. */
export declare function seal(crypto: SubtleCrypto, key: CryptoKey, type: number, n: number, kind: number, content: Uint8Array, isCompressed: boolean): Promise<Bytes>;
/** What was sealed. Rejects where a bit of it was changed, or it cannot be read. */
export declare function unseal(crypto: SubtleCrypto, key: CryptoKey, n: number, message: Bytes, isCompressed: (kind: number) => boolean): Promise<{
    readonly kind: number;
    readonly content: Bytes;
}>;
export {};
