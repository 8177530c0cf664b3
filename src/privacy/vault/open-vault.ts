/**
 * The encrypted store for drafts, outbox, tokens and ids: the one door to idb-keyval.
 *
 * AES-GCM (NIST SP 800-38D) with a 256-bit key that cannot be exported and lives in the same IndexedDB; a fresh 96-bit nonce per write; the entry's name is
 * authenticated with it, so that entries cannot be swapped. Nothing is opened or created before the first write, or before a read where a flag says
 * that something was left. Where IndexedDB is refused, full, silent or taken away, memory takes over and `durable` says so: no method ever rejects.
 * Names of entries are stored in clear: they hold ids, never content.
 */
import { clear, createStore, del, entries as allEntries, get as read, type UseStore } from 'idb-keyval';
import type { Clock, FlagStore, Vault } from '../../platform/ports.js';

export interface VaultOptions {
  /** Names the database: server origin and widget. */
  readonly name: string;
  readonly clock: Clock;
  /** Where the vault notes that it holds something (a flag, no content), so that it need not look. */
  readonly flags: FlagStore;
  /** Life of an entry, in milliseconds. Default 7 days. */
  readonly ttlMs?: number;
  /** How long the browser's store may take before memory takes over, in milliseconds. Default 2 s. */
  readonly deadlineMs?: number;
}

interface Sealed {
  readonly expiresAt: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const keyName = '\0key';
const utf8 = new TextEncoder();

/** Where storage is refused even its name may throw. */
const isOffered = (): boolean => {
  try {
    return typeof indexedDB !== 'undefined' && typeof crypto !== 'undefined' && crypto.subtle !== undefined;
  } catch {
    return false;
  }
};

/** Makes the vault of one server and widget. Has no effect until it is used. */
export function openVault({ name, clock, flags, ttlMs = 7 * 86_400_000, deadlineMs = 2000 }: VaultOptions): Vault {
  const flag = `care-chat:vault:${name}`;
  const memory = new Map<string, { expiresAt: number; value: unknown } | null>();
  const listeners = new Set<(durable: boolean) => void>();
  let durable = isOffered();
  /** The browser's store did not answer in time: never asked again. */
  let dead = !durable;
  let store: UseStore | undefined;
  let held: CryptoKey | undefined;
  let purged = false;
  let queue: Promise<unknown> = Promise.resolve();

  const lose = (): void => {
    if (!durable) return;
    durable = false;
    for (const listener of [...listeners]) listener(false);
  };

  const open = (): UseStore => (store ??= createStore(`care-chat:${name}`, 'vault'));

  /** One operation after another, each with a deadline and, should the connection have been taken away, a second try; its failure is `otherwise`. */
  const run = <T>(operation: () => Promise<T>, otherwise: () => T): Promise<T> => {
    const step = queue.then(
      () =>
        new Promise<T>((resolve) => {
          if (dead) return resolve(otherwise());
          const fail = (silent: boolean): void => {
            cancel();
            dead ||= silent;
            lose();
            resolve(otherwise());
          };
          const cancel = clock.setTimer(() => fail(true), deadlineMs);
          const done = (value: T): void => {
            cancel();
            resolve(value);
          };
          const again = (): Promise<T> => {
            store = undefined;
            return operation();
          };
          Promise.resolve().then(operation).catch(again).then(done, () => fail(false));
        }),
    );
    queue = step;
    return step;
  };

  /** The key that is in the store, or a new one put there: one transaction, so that two tabs agree. */
  const agree = (fresh: CryptoKey): Promise<CryptoKey> =>
    open()('readwrite', (target) =>
      new Promise<CryptoKey>((resolve, reject) => {
        let agreed = fresh;
        const request = target.get(keyName) as IDBRequest<CryptoKey | undefined>;
        request.onsuccess = () => {
          if (request.result) agreed = request.result;
          else target.put(fresh, keyName);
        };
        target.transaction.oncomplete = () => resolve(agreed);
        target.transaction.onabort = target.transaction.onerror = () => reject(target.transaction.error);
      }));

  const key = async (create: boolean): Promise<CryptoKey | undefined> => {
    held = (await read<CryptoKey>(keyName, open())) ?? (create ? await agree(held ?? (await newKey())) : undefined);
    return held;
  };

  const seal = async (secret: CryptoKey, entry: string, value: unknown, expiresAt: number): Promise<Sealed> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(entry) }, secret, utf8.encode(JSON.stringify(value)));
    return { expiresAt, iv, data };
  };

  /** The value, or undefined where it has expired or cannot be opened; such entries are forgotten. */
  const unseal = async (entry: string, sealed: Sealed | undefined): Promise<unknown> => {
    if (!sealed) return undefined;
    try {
      const current = held ?? (await key(false));
      if (current && sealed.expiresAt > clock.now()) {
        const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: utf8.encode(entry) }, current, sealed.data);
        return JSON.parse(new TextDecoder().decode(data)) as unknown;
      }
    } catch {
      // Sealed with a key that is gone.
    }
    await del(entry, open());
    return undefined;
  };

  /** Whether the browser's store is worth asking: something was left there. */
  const exists = (): boolean => store !== undefined || flags.get(flag) !== null;

  /** A wipe that the browser did not let happen (flag "0") is made up for before anything is read or written. */
  const finishWipe = async (): Promise<void> => {
    if (flags.get(flag) !== '0') return;
    await clear(open());
    flags.delete(flag);
  };

  const purge = async (): Promise<void> => {
    await finishWipe();
    if (purged) return;
    purged = true;
    for (const [entry, sealed] of await allEntries<string, Sealed>(open())) {
      if (entry !== keyName && !(sealed.expiresAt > clock.now())) await del(entry, open());
    }
  };

  const remembered = (entry: string): unknown => {
    const kept = memory.get(entry);
    return kept && kept.expiresAt > clock.now() ? kept.value : undefined;
  };

  return {
    get durable() {
      return durable;
    },
    onDurableChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: (entry) =>
      run(
        async () => {
          if (memory.has(entry) || !exists()) return remembered(entry);
          held = undefined;
          await purge();
          return unseal(entry, await read<Sealed>(entry, open()));
        },
        () => remembered(entry),
      ),
    entries(prefix) {
      const kept = (): (readonly [string, unknown])[] =>
        [...memory.keys()].filter((entry) => entry.startsWith(prefix) && remembered(entry) !== undefined).map((entry) => [entry, remembered(entry)] as const);
      const inOrder = (list: (readonly [string, unknown])[]) => list.sort(([a], [b]) => (a < b ? -1 : 1));
      return run(
        async () => {
          const found = kept();
          if (!exists()) return inOrder(found);
          held = undefined;
          await purge();
          for (const [entry, sealed] of await allEntries<string, Sealed>(open())) {
            if (!entry.startsWith(prefix) || memory.has(entry)) continue;
            const value = await unseal(entry, sealed);
            if (value !== undefined) found.push([entry, value]);
          }
          return inOrder(found);
        },
        () => inOrder(kept()),
      );
    },
    set: (entry, value, life = ttlMs) => {
      const expiresAt = clock.now() + life;
      return run(
        async () => {
          await finishWipe();
          // The key is looked up each time: another tab may have wiped it, or the browser the whole database.
          const current = (await key(true))!;
          const sealed = await seal(current, entry, value, expiresAt);
          await open()('readwrite', (target) => {
            target.put(sealed, entry);
            return settled(target.transaction);
          });
          memory.delete(entry);
          flags.set(flag, '1');
        },
        () => void memory.set(entry, { expiresAt, value }),
      );
    },
    delete: (entry) =>
      run(
        async () => {
          memory.delete(entry);
          if (exists()) await del(entry, open());
        },
        // A tombstone: what could not be deleted is not read again by this page.
        () => void memory.set(entry, null),
      ),
    wipe() {
      const forget = (): void => {
        memory.clear();
        held = undefined;
        // The flag goes when the data has gone.
        if (exists()) flags.set(flag, '0');
      };
      return run(() => {
        forget();
        return finishWipe();
      }, forget);
    },
  };
}

const newKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const settled = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
