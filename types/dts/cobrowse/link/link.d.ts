import { createKeys, exportKey } from './sealing.js';
export { createKeys, exportKey };
/** As much of a WebSocket as is used; `(url, protocol) => new WebSocket(url, protocol)` makes one. */
export interface RelaySocket {
    binaryType: string;
    readonly bufferedAmount: number;
    send(data: string | Uint8Array<ArrayBuffer>): void;
    close(): void;
    addEventListener(type: 'open' | 'close', listener: () => void): void;
    addEventListener(type: 'message', listener: (event: {
        readonly data: unknown;
    }) => void): void;
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
/** Opens it at once. */
export declare function openLink({ url, token, role, own, peerKey, session }: LinkOptions, ports: LinkPorts, events: LinkEvents): RelayLink;
