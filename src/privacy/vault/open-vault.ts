/**
 * The encrypted store for drafts, outbox, tokens and ids: the one door to idb-keyval.
 *
 * AES-GCM (NIST SP 800-38D) with a 256-bit key that cannot be exported and lives in the same IndexedDB; a fresh 96-bit nonce per write; the entry's name is
 * authenticated with it, so that entries cannot be swapped. Nothing is opened or created before the first write, or before a read where a flag says
 * that something was left (or where flags are not kept). Where IndexedDB is refused, full, silent or taken away, memory takes over and `durable` says so: no method ever rejects.
 * What memory holds is put into the store as soon as that takes it, and `durable` is true again. A database that was deleted underneath has lost what
 * this page had put there (and whoever deleted it may have wanted that): it is not written again, and `durable` stays false.
 * Names of entries are stored in clear: they hold ids, never content.
 */
import { clear, del, entries as allEntries, get as read, type UseStore } from 'idb-keyval';
import type { Clock, FlagStore, Vault } from '../../platform/ports.js';

export interface VaultOptions {
  /** Names the database: server origin and widget. */
  readonly name: string;
  readonly clock: Clock;
  /** Where the vault notes that it holds something (a flag, no content), so that it need not look. */
  readonly flags: FlagStore;
  /** Life of an entry, in milliseconds. Default 7 days. */
  readonly ttlMs?: number;
  /** How long the browser's store may take before memory takes over, in milliseconds. Default 4 s: an old phone needs more than one for the first. */
  readonly deadlineMs?: number;
}

interface Sealed {
  readonly expiresAt: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** What memory holds; null: deleted. */
interface Remembered {
  readonly expiresAt: number;
  readonly value: unknown;
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
export function openVault({ name, clock, flags, ttlMs = 7 * 86_400_000, deadlineMs = 4000 }: VaultOptions): Vault {
  const flag = `care-chat:vault:${name}`;
  const memory = new Map<string, Remembered | null>();
  const listeners = new Set<(durable: boolean) => void>();
  let durable = isOffered();
  /** The browser's store is not there, or did not answer in time: not asked until what was asked last is answered after all. */
  let dead = !durable;
  /** What this page had stored was deleted underneath. */
  let gone = false;
  let connection: Promise<IDBDatabase> | undefined;
  let held: CryptoKey | undefined;
  let purged = false;
  let queue: Promise<unknown> = Promise.resolve();

  const become = (next: boolean): void => {
    if (durable === next) return;
    durable = next;
    for (const listener of [...listeners]) listener(next);
  };

  /** A tab that wants to delete or upgrade the database is never kept waiting: the connection is opened again when needed. */
  const connect = (): Promise<IDBDatabase> =>
    (connection ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(`care-chat:${name}`);
      request.onupgradeneeded = () => request.result.createObjectStore('vault');
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result;
        const leave = (deleted: boolean): void => {
          db.close();
          connection = undefined;
          if (!deleted || flags.get(flag) === null) return;
          gone = true;
          become(false);
        };
        db.onversionchange = ({ newVersion }) => leave(newVersion === null);
        db.onclose = () => leave(true);
        resolve(db);
      };
    }));

  /**
   * One transaction, all of whose requests are made at once. It is committed and not left to end by itself: for that it needs its page, and a page that is
   * suspended meanwhile (WebKit's page cache) would hold up the next page's writes for as long as it is kept.
   */
  const store: UseStore = async (mode, use) => {
    const transaction = (await connect()).transaction('vault', mode);
    const result = use(transaction.objectStore('vault'));
    transaction.commit();
    return result;
  };

  /** One operation after another, each with a deadline and, should the connection have been taken away, a second try; its failure is `otherwise`. */
  const run = <T>(operation: () => Promise<T>, otherwise: () => T): Promise<T> => {
    const step = queue.then(
      () =>
        new Promise<T>((resolve) => {
          if (dead) return resolve(otherwise());
          const fail = (): void => {
            cancel();
            become(false);
            resolve(otherwise());
          };
          const isLate = (): void => {
            dead = true;
            fail();
          };
          // In two halves: after a sleep the first is over at once, and a store that only slept with us has the second to answer.
          let cancel = clock.setTimer(() => {
            cancel = clock.setTimer(isLate, deadlineMs / 2);
          }, deadlineMs / 2);
          const done = (value: T): void => {
            cancel();
            dead = false;
            if (!memory.size) become(!gone);
            resolve(value);
          };
          const again = (): Promise<T> => {
            connection = undefined;
            return operation();
          };
          Promise.resolve().then(operation).catch(again).then(done, fail);
        }),
    );
    queue = step;
    return step;
  };

  /** The key that is in the store, or a new one put there: one transaction, so that two tabs agree. */
  const agree = (fresh: CryptoKey): Promise<CryptoKey> =>
    connect().then(async (db) => {
      let agreed = fresh;
      const transaction = db.transaction('vault', 'readwrite');
      const target = transaction.objectStore('vault');
      const request = target.get(keyName) as IDBRequest<CryptoKey | undefined>;
      request.onsuccess = () => {
        if (request.result) agreed = request.result;
        else target.put(fresh, keyName);
        transaction.commit();
      };
      await settled(transaction);
      return agreed;
    });

  const key = async (create: boolean): Promise<CryptoKey | undefined> => {
    held = (await read<CryptoKey>(keyName, store)) ?? (create ? await agree(held ?? (await newKey())) : undefined);
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
    await del(entry, store);
    return undefined;
  };

  /** Whether the browser's store is worth asking: something was left there, or flags cannot tell. */
  const exists = (): boolean => connection !== undefined || flags.get(flag) !== null || !flags.keeps();

  /** A wipe that the browser did not let happen (flag "0") is made up for before anything is read or written. */
  const finishWipe = async (): Promise<void> => {
    if (flags.get(flag) !== '0') return;
    await clear(store);
    flags.delete(flag);
  };

  const purge = async (): Promise<void> => {
    await finishWipe();
    if (purged) return;
    purged = true;
    for (const [entry, sealed] of await allEntries<string, Sealed>(store)) {
      if (entry !== keyName && !(sealed.expiresAt > clock.now())) await del(entry, store);
    }
  };

  /** Into the browser's store, or out of it (null); then memory need not hold it, unless it was given something newer meanwhile. */
  const put = async (entry: string, kept: Remembered | null): Promise<void> => {
    const before = memory.get(entry);
    if (kept) {
      // The key is looked up each time: another tab may have wiped it, or the browser the whole database.
      const current = (await key(true))!;
      const sealed = await seal(current, entry, kept.value, kept.expiresAt);
      await store('readwrite', (target) => {
        target.put(sealed, entry);
        return settled(target.transaction);
      });
    } else await del(entry, store);
    if (memory.get(entry) === before) memory.delete(entry);
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
    get: (entry, told) =>
      run(
        async () => {
          if (memory.has(entry) || (!told && !exists())) return remembered(entry);
          held = undefined;
          await purge();
          return unseal(entry, await read<Sealed>(entry, store));
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
          for (const [entry, sealed] of await allEntries<string, Sealed>(store)) {
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
      const kept: Remembered = { expiresAt: clock.now() + life, value };
      return run(
        async () => {
          await finishWipe();
          // What had to be remembered goes along; the newest value of an entry wins.
          for (const [name, was] of [...memory, [entry, kept] as const]) await put(name, was);
          flags.set(flag, '1');
        },
        () => void memory.set(entry, kept),
      );
    },
    delete: (entry) =>
      run(
        async () => {
          memory.delete(entry);
          if (exists()) await del(entry, store);
        },
        // A tombstone: what could not be deleted is not read again by this page.
        () => void memory.set(entry, null),
      ),
    wipe() {
      const forget = (): void => {
        memory.clear();
        held = undefined;
        gone = false;
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
