/** The SDK's own clients, patient and desk, as people use them (pages are left and opened again), and a history of what they were told. */
import assert from 'node:assert/strict';
import { type History, type HistoryFact, digestOfText } from '../../../src/conformance/checker/history.js';
import type { ChatClient, DeskClient } from '../../../src/core/api.js';
import { createChatClient } from '../../../src/core/chat-client.js';
import { createDeskClient } from '../../../src/core/desk-client.js';
import type { Timeline } from '../../../src/core/snapshots.js';
import { parseDeskFrame } from '../../../src/protocol/parse-desk.js';
import { createTransport } from '../../../src/transports/ladder/every-way.js';
import { createNodeBrowser, openNodePage, type NodeBrowser, type NodePage } from './node-ports.js';

/** Somebody with a page. */
export interface SdkPerson {
  readonly name: string;
  /** What is typed and not known to have arrived, in all tabs of the browser. */
  readonly queued: number;
  /** Says something, in a conversation; false where the client will not take it. */
  say(stream: string, text: string): boolean;
  /** Leaves the page and opens it again. `crash`: without the last words of a page that is left. */
  reload(crash: boolean): Promise<void>;
  /** An impatient person presses "try now". */
  tryNow(): void;
  /** The browser says that it is online again. */
  wake(): void;
  /** Number of the last message on show of a conversation; 0 where there is none. */
  lastShown(stream: string): number;
  /** What is on show of a conversation; null where nothing of it is. */
  copy(stream: string): Extract<HistoryFact, { type: 'copy' }> | null;
  stop(): void;
}

interface SdkOptions {
  readonly name: string;
  readonly server: string;
  readonly history: History;
  readonly seed: number;
}

const client = { name: 'fault-run', version: '1' };
/** Looks this often whether something was acknowledged. */
const lookMs = 25;

const nothing: Timeline = { chunks: [], length: 0, hasOlder: false, loadingOlder: false };

/** What waits in a browser's vault. */
const waiting = ({ vaultContent }: NodeBrowser): readonly string[] => [...vaultContent.keys()].filter((key) => key.startsWith('outbox/'));

const deviceOf = ({ vaultContent }: NodeBrowser): string => JSON.parse(vaultContent.get('device') ?? '""') as string;

const lastOf = ({ chunks }: Timeline): number => chunks.flatMap((chunk) => chunk.filter(({ type }) => type === 'message')).reduce((last, { seq }) => Math.max(last, seq ?? 0), 0);

const toCopy = (name: string, stream: string, { chunks, hasOlder }: Timeline): Extract<HistoryFact, { type: 'copy' }> => {
  const messages = chunks.flat().flatMap((item) => (item.type === 'message' && item.seq !== null ? [{ seq: item.seq, digest: digestOfText(item.text) }] : []));
  return { type: 'copy', client: name, stream, from: hasOlder ? (messages[0]?.seq ?? Number.MAX_SAFE_INTEGER) : 1, messages };
};

/** Watches a vault, which has what is said before the next look: what has left it was acknowledged or seen in the log; nobody discards anything here. */
const createWatch = ({ name, history }: SdkOptions, browser: NodeBrowser): { invoked(stream: string, cmid: string, text: string): void; look(): void } => {
  const open = new Map<string, { readonly stream: string; readonly cmid: string; refused: boolean }>();
  const key = (stream: string, cmid: string) => ({ client: name, device: deviceOf(browser), stream, cmid });
  return {
    invoked(stream, cmid, text) {
      open.set(`outbox/${stream}/${cmid}`, { stream, cmid, refused: false });
      history.add({ type: 'invoke', ...key(stream, cmid), digest: digestOfText(text) });
    },
    look() {
      for (const [place, item] of open) {
        const kept = browser.vaultContent.get(place);
        if (kept === undefined) {
          open.delete(place);
          history.add({ type: 'ok', ...key(item.stream, item.cmid) });
          continue;
        }
        const { state, error } = JSON.parse(kept) as { readonly state: string; readonly error: string | null };
        if (state !== 'failed' || item.refused) continue;
        item.refused = true;
        history.add({ type: 'fail', ...key(item.stream, item.cmid), code: error ?? 'unknown' });
      }
    },
  };
};

interface Pages<C> {
  readonly client: C;
  reload(crash: boolean): Promise<void>;
  wake(): void;
  stop(): void;
}

/** Opens a page again and again over one browser. */
const createPages = <C extends { dispose(): void }>(browser: NodeBrowser, seed: number, make: (page: NodePage) => C, resume: (client: C) => Promise<void>): Pages<C> => {
  const tabFlags = new Map<string, string>();
  let pages = 0;
  let page = openNodePage(browser, tabFlags, seed);
  let own = make(page);
  const leave = (crash: boolean): void => {
    if (!crash) page.page.hide();
    own.dispose();
    page.leave();
  };
  return {
    get client() {
      return own;
    },
    async reload(crash) {
      leave(crash);
      page = openNodePage(browser, tabFlags, seed + 7919 * ++pages);
      own = make(page);
      await resume(own);
    },
    wake: () => page.page.wake(),
    stop: () => leave(true),
  };
};

export interface SdkVisitor extends SdkPerson {
  readonly stream: string;
  readonly browser: NodeBrowser;
}

/** A visitor whose conversation has begun; `browser`: another tab of one that is there. */
export const openSdkVisitor = async (options: SdkOptions & { readonly departmentId?: string; readonly browser?: NodeBrowser }): Promise<SdkVisitor> => {
  const { name, server, seed, departmentId, browser = createNodeBrowser() } = options;
  const watch = createWatch(options, browser);
  const pages = createPages<ChatClient>(
    browser, seed,
    ({ ports }) => createChatClient({ transport: createTransport({ ...ports, server }), ports, widgetId: 'main', locale: 'en', client }),
    (own) => own.resume(),
  );
  const looking = setInterval(watch.look, lookMs);
  if (options.browser) await pages.client.resume();
  else {
    const started = await pages.client.start({ departmentId });
    assert.ok(started.ok, started.ok ? '' : started.error.code);
  }
  const stream = pages.client.snapshot.value.conversation!.id;
  return {
    name, stream, browser,
    get queued() {
      return waiting(browser).length;
    },
    say(_stream, text) {
      const sent = pages.client.send(text);
      if (sent.ok) watch.invoked(stream, sent.value, text);
      return sent.ok;
    },
    reload: pages.reload,
    tryNow: () => pages.client.tryNow(),
    wake: pages.wake,
    lastShown: () => lastOf(pages.client.snapshot.value.conversation?.timeline ?? nothing),
    copy() {
      const { conversation } = pages.client.snapshot.value;
      return conversation && toCopy(name, stream, conversation.timeline);
    },
    stop() {
      watch.look();
      clearInterval(looking);
      pages.stop();
    },
  };
};

export interface SdkAgent extends SdkPerson {
  /** Takes a conversation that waits. */
  accept(stream: string): Promise<void>;
  /** Shows a conversation. */
  show(stream: string): void;
}

/** An agent at a desk, signed in. */
export const openSdkAgent = async (options: SdkOptions & { readonly email: string; readonly password: string }): Promise<SdkAgent> => {
  const { name, server, seed, email, password } = options;
  const browser = createNodeBrowser();
  const watch = createWatch(options, browser);
  const pages = createPages<DeskClient>(
    browser, seed,
    ({ ports }) => createDeskClient({ transport: createTransport({ ...ports, server, parse: parseDeskFrame }), ports, client }),
    (own) => own.resume(),
  );
  const looking = setInterval(watch.look, lookMs);
  const signedIn = await pages.client.signIn(email, password);
  assert.ok(signedIn.ok, signedIn.ok ? '' : signedIn.error.code);
  return {
    name,
    get queued() {
      return waiting(browser).length;
    },
    async accept(stream) {
      // The desk acts on a live connection; it has just been started.
      for (let tries = 0; ; tries++) {
        const accepted = await pages.client.accept(stream);
        if (accepted.ok) return;
        assert.ok(accepted.error.code === 'network' && tries < 100, accepted.error.code);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    say(stream, text) {
      pages.client.open(stream);
      const sent = pages.client.send(text);
      if (sent.ok) watch.invoked(stream, sent.value, text);
      return sent.ok;
    },
    show: (stream) => pages.client.open(stream),
    reload: pages.reload,
    tryNow: () => pages.client.tryNow(),
    wake: pages.wake,
    lastShown(stream) {
      const { active } = pages.client.snapshot.value;
      return lastOf(active?.id === stream ? active.timeline : nothing);
    },
    copy(stream) {
      const { active } = pages.client.snapshot.value;
      return active?.id === stream ? toCopy(name, stream, active.timeline) : null;
    },
    stop() {
      watch.look();
      clearInterval(looking);
      pages.stop();
    },
  };
};
