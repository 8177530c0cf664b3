import { type Result } from '../base/result.js';
import type { Ports } from '../platform/ports.js';
import type { Transport } from '../transports/transport.js';
/** What every session answer has (visitor's and agent's). */
export interface SessionTokens {
    readonly accessToken: string;
    readonly expiresAt: number;
    readonly refreshToken: string;
    readonly serverTime: number;
}
export interface SessionOptions<T extends SessionTokens> {
    readonly ports: Pick<Ports, 'clock' | 'randomness' | 'vault' | 'flags' | 'tabFlags' | 'page'>;
    readonly transport: Transport;
    readonly parse: (body: unknown) => Result<T>;
    /** Path and body that open a session without anybody signing in; absent where somebody must. */
    readonly opening?: (deviceId: string) => {
        readonly path: string;
        readonly body: unknown;
    };
    /** Makes the transport ready for requests (discovery). */
    ready(): Promise<Result<unknown>>;
}
export interface Session<T extends SessionTokens> {
    readonly tabId: string;
    deviceId(): Promise<string>;
    /** Tokens held now, if any. */
    readonly held: T | null;
    /** Takes up what an earlier page left in the vault. */
    restore(): Promise<T | null>;
    /** A token that is good for another half minute: the held one, a refreshed one, or that of a new session. */
    token(): Promise<Result<string>>;
    /** Gets another token even if the held one seems good: it was refused. */
    renew(): Promise<Result<string>>;
    /** Opens a session. */
    open(path: string, body: unknown): Promise<Result<T>>;
    /** Sends with the token; where it was refused as expired, once more with a fresh one. */
    request(request: Omit<Parameters<Transport['request']>[0], 'token'>): ReturnType<Transport['request']>;
    /** Forgets the tokens, here and in the vault. */
    forget(): Promise<void>;
    /** Forgets the tokens in this page only: another tab has taken care of the vault. */
    drop(): void;
    /** Forgets the tokens; what comes back ends their session on the server, which takes at most 4 s and never fails. */
    end(): Promise<() => Promise<void>>;
    /** Lets go of the page. */
    dispose(): void;
}
/** Creates the session. Reads and writes nothing before it is used, the tab's own flag excepted. */
export declare function createSession<T extends SessionTokens>({ ports, transport, parse, opening, ready }: SessionOptions<T>): Session<T>;
