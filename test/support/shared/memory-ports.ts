/** Ports without a browser: memory for storage, seeded numbers for chance, a page that does what the test says. */
import type { FlagStore, Network, PageSignals, Ports, Randomness, TabChannel, TabLock, Vault } from '../../../src/platform/ports.js';
import { type FakeClock, createFakeClock } from './fake-clock.js';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function createSeededRandomness(seed = 1): Randomness {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { unit, bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(unit() * 256)) };
}

export interface MemoryVault extends Vault {
  /** What is stored, as JSON, by name. */
  readonly content: Map<string, string>;
  loseDurability(): void;
}

/** A vault that another "page" of the same browser can share by giving the same map. */
export function createMemoryVault(content = new Map<string, string>()): MemoryVault {
  const listeners = new Set<(durable: boolean) => void>();
  let durable = true;
  const read = (key: string): unknown => (content.has(key) ? (JSON.parse(content.get(key)!) as unknown) : undefined);
  return {
    content,
    get durable() {
      return durable;
    },
    onDurableChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: async (key) => read(key),
    entries: async (prefix) => [...content.keys()].filter((key) => key.startsWith(prefix)).sort().map((key) => [key, read(key)] as const),
    async set(key, value) {
      const text = JSON.stringify(value);
      await Promise.resolve();
      content.set(key, text);
    },
    async delete(key) {
      content.delete(key);
    },
    async wipe() {
      content.clear();
    },
    loseDurability() {
      durable = false;
      for (const listener of listeners) listener(false);
    },
  };
}

/** Flags in memory. */
export function createMemoryFlags(content = new Map<string, string>()): FlagStore & { readonly content: Map<string, string> } {
  return { content, get: (key) => content.get(key) ?? null, set: (key, value) => void content.set(key, value), delete: (key) => void content.delete(key), keeps: () => true };
}

export interface FakePage extends PageSignals {
  wake(): void;
  hide(): void;
  /** Listeners that are there. */
  readonly listeners: number;
}

/** A page that wakes and hides when told. */
export function createFakePage(): FakePage {
  const wakes = new Set<() => void>();
  const hides = new Set<() => void>();
  const on = (set: Set<() => void>) => (listener: () => void): (() => void) => {
    set.add(listener);
    return () => set.delete(listener);
  };
  return {
    visible: () => true,
    onWake: on(wakes),
    onHide: on(hides),
    onVisibilityChange: () => () => {},
    wake: () => [...wakes].forEach((run) => run()),
    hide: () => [...hides].forEach((run) => run()),
    get listeners() {
      return wakes.size + hides.size;
    },
  };
}

/** Tabs of one browser: each call gives one tab's end. */
export function createTabHub(): () => TabChannel {
  const tabs = new Map<object, Set<(message: unknown) => void>>();
  return () => {
    const own = {};
    const listeners = new Set<(message: unknown) => void>();
    tabs.set(own, listeners);
    return {
      post(message) {
        const text = JSON.stringify(message);
        for (const [tab, others] of tabs) if (tab !== own) for (const listener of others) queueMicrotask(() => listener(JSON.parse(text)));
      },
      onMessage(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => listeners.clear(),
    };
  };
}

/** The lock that the tabs of one browser share. */
export function createLock(): TabLock {
  interface Claim {
    readonly onHeld: () => void;
    readonly onLost: () => void;
  }
  let holder: Claim | null = null;
  const waiting: Claim[] = [];
  const grant = (claim: Claim): void => {
    holder = claim;
    queueMicrotask(() => holder === claim && claim.onHeld());
  };
  return {
    take(steal, onHeld, onLost) {
      const claim = { onHeld, onLost };
      if (steal && holder) queueMicrotask(holder.onLost);
      if (steal || !holder) grant(claim);
      else waiting.push(claim);
      return () => {
        if (waiting.includes(claim)) waiting.splice(waiting.indexOf(claim), 1);
        if (holder !== claim) return;
        holder = null;
        const next = waiting.shift();
        if (next) grant(next);
      };
    },
  };
}

const noNetwork: Network = {
  request: () => Promise.reject(new Error('no network in this test')),
  openSocket() {
    throw new Error('no network in this test');
  },
};

/** What the tabs and pages of one browser share. */
export interface FakeBrowser {
  readonly clock: FakeClock;
  readonly vaultContent: Map<string, string>;
  readonly flagContent: Map<string, string>;
  readonly openTab: () => TabChannel;
  /** Absent: a browser without Web Locks. */
  readonly lock?: TabLock | undefined;
}

/** A browser with nothing in it. `lock`: absent in browsers without Web Locks. */
export function createFakeBrowser(clock = createFakeClock(), lock?: TabLock): FakeBrowser {
  return { clock, vaultContent: new Map(), flagContent: new Map(), openTab: createTabHub(), lock };
}

export interface MemoryPorts extends Ports {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly vault: MemoryVault;
}

/** The ports of one page in a browser. */
export function createMemoryPorts(browser = createFakeBrowser(), seed = 1): MemoryPorts {
  return {
    clock: browser.clock,
    randomness: createSeededRandomness(seed),
    network: noNetwork,
    page: createFakePage(),
    vault: createMemoryVault(browser.vaultContent),
    flags: createMemoryFlags(browser.flagContent),
    tabFlags: createMemoryFlags(),
    tabs: browser.openTab(),
    lock: browser.lock,
  };
}
