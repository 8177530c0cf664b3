/** What we need from the world. Consumers take these; `platform/browser` (or a test) provides them. Never imports an implementation. */

/** Time. `now` is wall time in milliseconds since the epoch, UTC; it may jump. */
export interface Clock {
  now(): number;
  /** Runs `run` once after `delayMs`; returns the way to cancel. */
  setTimer(run: () => void, delayMs: number): () => void;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  /** Uniform in [0, 1). */
  unit(): number;
}

/** A WebSocket as far as we use one. Handlers are called at most once for `onclose`. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  readonly bufferedBytes: number;
}

export interface SocketHandlers {
  onopen(): void;
  onmessage(data: unknown): void;
  /** Error and close merged: first one wins. */
  onclose(code: number, reason: string): void;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Survives page unload (Fetch `keepalive`; bodies share 64 KiB). */
  readonly keepalive?: boolean;
  readonly timeoutMs?: number;
  /** Ends the request and the reading of its answer; whoever gives it keeps the time, and `timeoutMs` does not count. */
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | null;
  text(): Promise<string>;
  /** The answer while it comes; instead of `text`. */
  readonly body?: ReadableStream<Uint8Array> | null;
}

export interface Network {
  /** Rejects only when no answer was had (offline, DNS, TLS, CSP, time-out). No cookies are sent. */
  request(request: HttpRequest): Promise<HttpResponse>;
  openSocket(url: string, protocol: string, handlers: SocketHandlers): SocketLike;
}

/** Signals of the page's life. Each `on…` returns the way to stop listening. */
export interface PageSignals {
  visible(): boolean;
  /** What was connected may not be any more, or may be again: the page became visible, came from the back/forward cache, slept, went on- or offline. */
  onWake(listener: () => void): () => void;
  /** The page is being left or frozen (`pagehide`). */
  onHide(listener: () => void): () => void;
  onVisibilityChange(listener: () => void): () => void;
}

/** Messages among the tabs of one browser and origin. Never carries text that a patient typed. */
export interface TabChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  close(): void;
}

/** One lock among the tabs of one browser and origin (Web Locks). A comfort, never a condition. */
export interface TabLock {
  /**
   * Waits for the lock, or takes it from whoever has it (`steal`). `onHeld`: it is this tab's now. `onLost`: it was taken away, or cannot be had at all (an opaque
   * origin), in which case `onHeld` was never called. Returns the way to let go or to stop waiting; after that neither is called.
   */
  take(steal: boolean, onHeld: () => void, onLost: () => void): () => void;
}

/** Small flags and ids in clear storage, per tab or per browser; never throws, forgets where storage is refused. */
export interface FlagStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
  /** Whether what is set now is there on the next page: tried, for a storage may be refused or full. */
  keeps(): boolean;
}

/** Encrypted (or at worst in-memory) storage for drafts, outbox, tokens and cursors. No method ever rejects. */
export interface Vault {
  /** False where what is put here does not survive a reload. May become false later. */
  readonly durable: boolean;
  onDurableChange(listener: (durable: boolean) => void): () => void;
  /** `told`: another tab says that it is there, of which the flags may hear a moment later. */
  get(key: string, told?: boolean): Promise<unknown>;
  /** Every live entry whose key starts with `prefix`, in key order. */
  entries(prefix: string): Promise<readonly (readonly [key: string, value: unknown])[]>;
  /** Resolves after the value is stored. `ttlMs` defaults to the vault's own. */
  set(key: string, value: unknown, ttlMs?: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Forgets everything and destroys the key. */
  wipe(): Promise<void>;
}

/** All ports a client needs. */
export interface Ports {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly network: Network;
  readonly page: PageSignals;
  readonly vault: Vault;
  /** Per browser. */
  readonly flags: FlagStore;
  /** Per tab. */
  readonly tabFlags: FlagStore;
  readonly tabs: TabChannel;
  /** Absent where the browser has none: then every tab has a connection of its own. */
  readonly lock?: TabLock | undefined;
}
