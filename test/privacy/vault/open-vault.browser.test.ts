/** The encrypted store, in a real browser: what lies in IndexedDB, what time does to it, and what happens where the browser refuses. */
import { expect } from '@open-wc/testing';
import { openVault } from '../../../src/privacy/vault/open-vault.js';
import type { Clock, Vault } from '../../../src/platform/ports.js';
import { createMemoryFlags } from '../../support/shared/memory-ports.js';

const canary = 'chest pain since Tuesday 8f3a';
const dayMs = 86_400_000;

let name: string;
let count = 0;
let nowMs: number;
let flags: ReturnType<typeof createMemoryFlags>;
const clock: Clock = {
  now: () => nowMs,
  // The deadline of a store that never answers is real time here.
  setTimer(run, delayMs) {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
};
const open = (deadlineMs?: number): Vault => openVault({ name, clock, flags, ...(deadlineMs !== undefined && { deadlineMs }) });
const databaseName = (): string => `care-chat:${name}`;

/** Everything in the database, as the browser keeps it. */
async function raw(): Promise<readonly (readonly [IDBValidKey, unknown])[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(databaseName());
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    if (!database.objectStoreNames.contains('vault')) return [];
    const store = database.transaction('vault').objectStore('vault');
    const ask = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const [keys, values] = await Promise.all([ask(store.getAllKeys()), ask(store.getAll() as IDBRequest<unknown[]>)]);
    return keys.map((key, index) => [key, values[index]] as const);
  } finally {
    database.close();
  }
}

const keyEntry = (entries: Awaited<ReturnType<typeof raw>>): CryptoKey | undefined => entries.map(([, value]) => value).find((value): value is CryptoKey => value instanceof CryptoKey);

/** Replaces `indexedDB.open` for one test. */
async function withOpen(replacement: typeof indexedDB.open, run: () => Promise<void>): Promise<void> {
  const prototype = IDBFactory.prototype as { open: typeof indexedDB.open };
  const original = prototype.open;
  prototype.open = replacement;
  try {
    await run();
  } finally {
    prototype.open = original;
  }
}

describe('vault', () => {
  beforeEach(() => {
    name = `test-${Date.now()}-${++count}`;
    nowMs = Date.UTC(2026, 10, 23);
    flags = createMemoryFlags();
  });
  afterEach(() => void indexedDB.deleteDatabase(databaseName()));

  it('opens nothing before the first write', async () => {
    const asked: string[] = [];
    await withOpen(function (this: IDBFactory, ...[database]: Parameters<typeof indexedDB.open>) {
      asked.push(database);
      throw new Error('should not be asked');
    }, async () => {
      const vault = open();
      expect(await vault.get('draft/c_1')).to.equal(undefined);
      expect(await vault.entries('')).to.deep.equal([]);
      await vault.delete('draft/c_1');
      await vault.wipe();
      expect(vault.durable).to.equal(true);
    });
    expect(asked).to.deep.equal([]);
    expect(flags.content.size).to.equal(0);
  });

  it('gives back on another page what was put in, entries in order of their names', async () => {
    const vault = open();
    await vault.set('outbox/c_1/2', { text: canary });
    await vault.set('outbox/c_1/1', { text: 'first' });
    await vault.set('draft/c_1', 'x');
    const later = open();
    expect(await later.get('outbox/c_1/2')).to.deep.equal({ text: canary });
    expect(await later.entries('outbox/')).to.deep.equal([['outbox/c_1/1', { text: 'first' }], ['outbox/c_1/2', { text: canary }]]);
    await later.delete('outbox/c_1/1');
    expect((await open().entries('outbox/')).length).to.equal(1);
  });

  it('looks into the database where another tab says that something is there, though the flag has not come yet', async () => {
    await open().set('draft/new', 'Hello');
    flags = createMemoryFlags();
    expect(await open().get('draft/new')).to.equal(undefined);
    expect(await open().get('draft/new', true)).to.equal('Hello');
  });

  it('looks into the database where flags are not kept', async () => {
    await open().set('outbox/c_1/1', { text: canary });
    flags = { ...createMemoryFlags(), keeps: () => false };
    expect(await open().entries('outbox/')).to.deep.equal([['outbox/c_1/1', { text: canary }]]);
  });

  it('leaves no plain text in the database, and a key that cannot leave it', async () => {
    await open().set('draft/c_1', { text: canary });
    const entries = await raw();
    expect(entries.length).to.equal(2);
    const key = keyEntry(entries)!;
    expect(key.extractable).to.equal(false);
    let refused = false;
    await crypto.subtle.exportKey('raw', key).catch(() => (refused = true));
    expect(refused).to.equal(true);
    const bytes = entries.map(([entry, value]) => {
      const sealed = value as { iv?: Uint8Array; data?: ArrayBuffer };
      return `${String(entry)} ${JSON.stringify(value)} ${sealed.data ? new TextDecoder('latin1').decode(sealed.data) : ''}`;
    }).join('\n');
    for (const piece of ['chest', 'Tuesday', '8f3a']) expect(bytes).not.to.include(piece);
  });

  it('never seals twice with the same nonce', async () => {
    const vault = open();
    const nonces = new Set<string>();
    for (let turn = 0; turn < 20; turn++) {
      await vault.set('draft/c_1', 'same');
      const sealed = (await raw()).map(([, value]) => value as { iv?: Uint8Array }).find(({ iv }) => iv);
      nonces.add(String(sealed!.iv));
    }
    expect(nonces.size).to.equal(20);
  });

  it('does not open an entry that was moved under another name', async () => {
    await open().set('draft/c_1', { text: canary });
    const sealed = (await raw()).find(([entry]) => entry === 'draft/c_1')![1];
    await new Promise<void>((resolve) => {
      const request = indexedDB.open(databaseName());
      request.onsuccess = () => {
        const transaction = request.result.transaction('vault', 'readwrite');
        transaction.objectStore('vault').put(sealed, 'draft/c_2');
        transaction.oncomplete = () => {
          request.result.close();
          resolve();
        };
      };
    });
    expect(await open().get('draft/c_2')).to.equal(undefined);
    expect(await open().get('draft/c_1')).to.deep.equal({ text: canary });
  });

  it('forgets after 7 days, or as told, and takes expired entries out of the database', async () => {
    const vault = open();
    await vault.set('draft/c_1', 'week');
    await vault.set('device', 'd_1', 30 * dayMs);
    nowMs += 7 * dayMs - 1;
    expect(await vault.get('draft/c_1')).to.equal('week');
    nowMs += 1;
    expect(await open().get('draft/c_1')).to.equal(undefined);
    expect(await open().get('device')).to.equal('d_1');
    expect((await raw()).map(([entry]) => entry)).not.to.include('draft/c_1');
  });

  it('leaves neither content nor key nor flag after a wipe, and works on', async () => {
    const vault = open();
    await vault.set('draft/c_1', { text: canary });
    await vault.wipe();
    expect(await raw()).to.deep.equal([]);
    expect(flags.content.size).to.equal(0);
    expect(await vault.get('draft/c_1')).to.equal(undefined);
    await vault.set('draft/c_1', 'new');
    expect(await open().get('draft/c_1')).to.equal('new');
  });

  it('makes up on a later page for a wipe that the browser did not let happen', async () => {
    const vault = open();
    await vault.set('draft/c_1', { text: canary });
    const wipeOut = IDBObjectStore.prototype.clear;
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('no', 'UnknownError');
    };
    try {
      await vault.wipe();
      expect(await vault.get('draft/c_1')).to.equal(undefined);
      expect((await raw()).length).to.equal(2);
      expect(flags.content.size).to.equal(1);
    } finally {
      IDBObjectStore.prototype.clear = wipeOut;
    }
    expect(await open().get('draft/c_1')).to.equal(undefined);
    expect(await raw()).to.deep.equal([]);
    expect(flags.content.size).to.equal(0);
  });

  it('writes nothing beside what a wipe left', async () => {
    const vault = open();
    await vault.set('draft/c_1', { text: canary });
    flags.set(`care-chat:vault:${name}`, '0');
    await open().set('draft/c_2', 'new');
    expect((await raw()).map(([entry]) => entry)).not.to.include('draft/c_1');
    expect(await open().get('draft/c_2')).to.equal('new');
  });

  it('agrees on one key when two tabs begin at once', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([one.set('a', 1), two.set('b', 2)]);
    const third = open();
    expect([await third.get('a'), await third.get('b')]).to.deep.equal([1, 2]);
  });

  it('goes on with a new key when another tab has wiped', async () => {
    const [one, two] = [open(), open()];
    await one.set('a', 1);
    await two.wipe();
    await one.set('b', 2);
    flags.set(`care-chat:vault:${name}`, '1');
    expect(await open().get('a')).to.equal(undefined);
    expect(await open().get('b')).to.equal(2);
  });

  it('keeps the last of two writes made at once', async () => {
    const vault = open();
    await Promise.all([vault.set('draft/c_1', 'old'), vault.set('draft/c_1', 'new')]);
    expect(await open().get('draft/c_1')).to.equal('new');
  });

  const refusals: readonly (readonly [string, typeof indexedDB.open])[] = [
    ['throws', () => {
      throw new DOMException('denied', 'SecurityError');
    }],
    ['fails', function (this: IDBFactory) {
      const request = new EventTarget() as EventTarget & { onerror?: (event: Event) => void; error?: unknown };
      queueMicrotask(() => request.onerror?.(new Event('error')));
      return request as unknown as IDBOpenDBRequest;
    }],
    ['never answers', () => new EventTarget() as unknown as IDBOpenDBRequest],
  ];
  for (const [what, replacement] of refusals) {
    it(`remembers in memory, and says so once, where opening ${what}`, async () => {
      await withOpen(replacement, async () => {
        const vault = open(50);
        const told: boolean[] = [];
        vault.onDurableChange((durable) => told.push(durable));
        await vault.set('draft/c_1', { text: canary });
        await vault.set('outbox/c_1/1', 'x');
        expect(vault.durable).to.equal(false);
        expect(told).to.deep.equal([false]);
        expect(await vault.get('draft/c_1')).to.deep.equal({ text: canary });
        expect(await vault.entries('outbox/')).to.deep.equal([['outbox/c_1/1', 'x']]);
        await vault.delete('draft/c_1');
        expect(await vault.get('draft/c_1')).to.equal(undefined);
        nowMs += 8 * dayMs;
        expect(await vault.get('outbox/c_1/1')).to.equal(undefined);
        await vault.wipe();
      });
    });
  }

  it('works from memory where even the name of the browser\'s store throws', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get: () => { throw new DOMException('denied', 'SecurityError'); } });
    try {
      const vault = open();
      expect(vault.durable).to.equal(false);
      await vault.set('draft/c_1', 'kept');
      expect(await vault.get('draft/c_1')).to.equal('kept');
      await vault.wipe();
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
      else Reflect.deleteProperty(globalThis, 'indexedDB');
    }
  });

  it('remembers in memory what does not fit', async () => {
    const vault = open();
    await vault.set('draft/c_1', 'kept');
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      await vault.set('outbox/c_1/1', { text: canary });
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(vault.durable).to.equal(false);
    expect(await vault.get('outbox/c_1/1')).to.deep.equal({ text: canary });
    expect(await vault.get('draft/c_1')).to.equal('kept');
    expect((await vault.entries('')).length).to.equal(2);
  });

  it('goes on when the database is taken away underneath', async () => {
    const vault = open();
    await vault.set('draft/c_1', 'a');
    const transaction = IDBDatabase.prototype.transaction;
    let failed = false;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof transaction>) {
      if (failed) return transaction.apply(this, args);
      failed = true;
      this.close();
      throw new DOMException('closing', 'InvalidStateError');
    } as typeof transaction;
    try {
      await vault.set('draft/c_1', 'b');
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(vault.durable).to.equal(true);
    expect(await open().get('draft/c_1')).to.equal('b');
  });

  it('puts into the store what had to be remembered, as soon as it takes it, and says so', async () => {
    const vault = open();
    const told: boolean[] = [];
    vault.onDurableChange((durable) => told.push(durable));
    await vault.set('draft/c_1', 'old');
    await vault.set('gone', 1);
    const put = IDBObjectStore.prototype.put;
    const del = IDBObjectStore.prototype.delete;
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.delete = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      await vault.set('outbox/c_1/1', { text: canary });
      await vault.set('draft/c_1', 'new');
      await vault.delete('gone');
    } finally {
      IDBObjectStore.prototype.put = put;
      IDBObjectStore.prototype.delete = del;
    }
    await vault.set('outbox/c_1/2', 'x');
    expect(told).to.deep.equal([false, true]);
    expect(await open().entries('')).to.deep.equal([['draft/c_1', 'new'], ['outbox/c_1/1', { text: canary }], ['outbox/c_1/2', 'x']]);
  });

  it('comes back to a store that answered too late', async () => {
    const original = indexedDB.open.bind(indexedDB);
    let answer = (): void => {};
    await withOpen((...args) => {
      const request = original(...args);
      const late = new EventTarget() as EventTarget & { onsuccess?: (event: Event) => void; onupgradeneeded?: (event: Event) => void; readonly result?: IDBDatabase };
      Object.defineProperty(late, 'result', { get: () => request.result });
      request.onupgradeneeded = (event) => late.onupgradeneeded?.(event);
      request.onsuccess = (event) => void (answer = () => late.onsuccess?.(event));
      return late as unknown as IDBOpenDBRequest;
    }, async () => {
      const vault = open(200);
      await vault.set('draft/c_1', 'first');
      await vault.set('draft/c_1', 'second');
      expect(vault.durable).to.equal(false);
      answer();
      // Each writing tries again, a task later; the test's own time-out is the limit.
      while (!vault.durable) {
        await vault.set('draft/c_2', 'third');
        await new Promise<void>((resolve) => setTimeout(resolve));
      }
      expect(await vault.get('draft/c_1')).to.equal('second');
    });
    expect(await open().get('draft/c_1')).to.equal('second');
  });

  it('takes no sleep of the machine for a store that does not answer', async () => {
    const due: (() => void)[] = [];
    const asleep: Clock = {
      now: () => nowMs,
      setTimer(run) {
        due.push(run);
        return () => {};
      },
    };
    const vault = openVault({ name, clock: asleep, flags });
    const told: boolean[] = [];
    vault.onDurableChange((durable) => told.push(durable));
    const stored = vault.set('draft/c_1', 'typed');
    while (due.length === 0) await Promise.resolve();
    for (const run of due.splice(0)) run();
    await stored;
    expect(told).to.deep.equal([]);
    expect(await open().get('draft/c_1')).to.equal('typed');
  });

  it('says so when a store that was only read answers after all', async () => {
    await open().set('draft/c_1', 'kept');
    let goOn = (): void => {};
    const slow = new Promise<void>((resolve) => (goOn = resolve));
    const vault = open(100);
    const told: boolean[] = [];
    vault.onDurableChange((durable) => told.push(durable));
    const realOpen = indexedDB.open.bind(indexedDB);
    await withOpen((...args) => {
      const request = realOpen(...args);
      const late = new EventTarget() as EventTarget & { onsuccess?: (event: Event) => void };
      Object.defineProperty(late, 'result', { get: () => request.result });
      request.onsuccess = (event) => void slow.then(() => late.onsuccess?.(event));
      return late as unknown as IDBOpenDBRequest;
    }, async () => {
      expect(await vault.get('draft/c_1')).to.equal(undefined);
      expect(told).to.deep.equal([false]);
      const answered = new Promise<boolean>((resolve) => vault.onDurableChange(resolve));
      goOn();
      expect(await answered).to.equal(true);
      expect(told).to.deep.equal([false, true]);
    });
    expect(await vault.get('draft/c_1')).to.equal('kept');
  });

  it('keeps no tab waiting that deletes the database, and says that what was stored is gone', async () => {
    const vault = open();
    const told: boolean[] = [];
    vault.onDurableChange((durable) => told.push(durable));
    await vault.set('draft/c_1', 'a');
    let blocked = false;
    await new Promise<void>((resolve) => {
      const request = indexedDB.deleteDatabase(databaseName());
      request.onblocked = () => (blocked = true);
      request.onsuccess = () => resolve();
    });
    expect(blocked).to.equal(false);
    await vault.set('draft/c_2', 'b');
    expect(told).to.deep.equal([false]);
    expect(await vault.get('draft/c_2')).to.equal('b');
    await vault.wipe();
    await vault.set('draft/c_3', 'c');
    expect(told).to.deep.equal([false, true]);
  });

  it('keeps no tab waiting that upgrades the database, and goes on with what it finds', async () => {
    const vault = open();
    await vault.set('draft/c_1', 'a');
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(databaseName(), 7);
      request.onblocked = () => reject(new Error('blocked'));
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    await vault.set('draft/c_2', 'b');
    expect(vault.durable).to.equal(true);
    expect(await open().entries('draft/')).to.deep.equal([['draft/c_1', 'a'], ['draft/c_2', 'b']]);
  });

  it('waits for a database that another tab holds closed no longer than its deadline', async () => {
    await open().set('draft/c_1', 'a');
    // A page of an older version that does not let go: our own deletion is blocked, and with it every later opening.
    const holder = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(databaseName());
      request.onsuccess = () => resolve(request.result);
    });
    const deletion = indexedDB.deleteDatabase(databaseName());
    await new Promise<void>((resolve) => (deletion.onblocked = () => resolve()));
    const vault = open(100);
    await vault.set('draft/c_2', 'b');
    expect(vault.durable).to.equal(false);
    expect(await vault.get('draft/c_2')).to.equal('b');
    holder.close();
    await new Promise<void>((resolve) => (deletion.onsuccess = () => resolve()));
  });

  it('commits every transaction itself, so that none waits for a page that is suspended', async () => {
    const begun: IDBTransaction[] = [];
    const committed: IDBTransaction[] = [];
    const { transaction } = IDBDatabase.prototype;
    const { commit } = IDBTransaction.prototype;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof transaction>) {
      const one = transaction.apply(this, args);
      // Not what another test's vault does late.
      if (this.name === databaseName()) begun.push(one);
      return one;
    } as typeof transaction;
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      committed.push(this);
      commit.call(this);
    };
    try {
      const vault = open();
      await vault.set('draft/c_1', 'a');
      await vault.get('draft/c_1');
      await vault.entries('draft/');
      await vault.delete('draft/c_1');
      await vault.wipe();
    } finally {
      IDBDatabase.prototype.transaction = transaction;
      IDBTransaction.prototype.commit = commit;
    }
    expect(begun.length).to.be.greaterThan(5);
    expect(begun.filter((one) => !committed.includes(one)).map(({ mode }) => mode)).to.deep.equal([]);
  });
});
