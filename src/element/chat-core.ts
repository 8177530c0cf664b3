/**
 * The chunk `core`: one conversation per server and widget, shared by all elements of the page, and the session through which one element
 * uses it: facts become the element's events, the unread count goes to its badge. Draws nothing.
 */
import { leftFlag } from '../base/left-flag.js';
import { liveFlagKey } from '../base/live-flag.js';
import { createSnapshot, type Snapshot } from '../base/snapshot.js';
import { CareError, type CareErrorCode } from '../base/care-error.js';
import type { ChatClient, ChatFact } from '../core/api.js';
import { createLazyChatClient } from '../core/lazy-chat-client.js';
import type { ChatSnapshot, ConversationSnapshot } from '../core/snapshots.js';
import { createBrowserPorts } from '../platform/browser/create-ports.js';
import type { Ports, Vault } from '../platform/ports.js';
import { openVault } from '../privacy/vault/open-vault.js';
import type { FormAnsweredBody, Widget } from '../protocol/types.js';
import { createLadderTransport } from '../transports/ladder/ladder-transport.js';
import type { Transport } from '../transports/transport.js';
import type { ChatHost, StartOptions } from './host.js';
import { loadChunk } from './load-chunk.js';
import { CareEvent } from './tag-events.js';
import { tabFlag } from './tab-flag.js';
import { version } from './version.js';

/**
 * `chat`: a conversation that must be preceded by questions; `check:…`: the symptom checker with this id, or the choice of them; `kept`: the check that
 * this tab went through before a reload; `asked`: the form that this tab was asked before it; `forget`: nothing any more, and what was answered is to be let go of.
 */
export type Wanted = 'chat' | `check:${string}` | 'kept' | 'asked' | 'forget' | WantedForm;

/** A form of the widget, to be answered in the conversation; `asked`: the button that opens it. Without one it is a rating of the ended conversation. */
export interface WantedForm {
  readonly form: string;
  readonly asked?: FormAnsweredBody['asked'];
}

/** One element's use of the shared conversation. */
export interface ChatSession {
  readonly client: ChatClient;
  readonly ports: Ports;
  readonly transport: Pick<Transport, 'request'>;
  /** What somebody asked for and the panel has not taken up yet; whoever takes it up sets it back. */
  readonly wanted: Snapshot<Wanted | null>;
  /** The chunk `more`: only the core asks for it, so that only the core carries its hash. */
  loadMore(): Promise<typeof import('./more.js')>;
  /** What the page said of the conversation that it asked for last; or the ended one from which another is begun. */
  asked: StartOptions & { readonly before?: ConversationSnapshot | null };
  /** Whether the clinic wants something asked or chosen before a conversation. */
  mustAsk(): boolean;
  /** Reads what the clinic offers and takes up an earlier conversation; after a failure, tries again. */
  load(): Promise<void>;
  send(text: string): Promise<boolean>;
  /** Asks for the symptom checker with this id; without one for the only one there is, or the choice of them. */
  check(id?: string): void;
  start(options?: StartOptions): Promise<void>;
  end(): Promise<boolean>;
  logout(): Promise<void>;
  /** Switches the language of this visit and remembers it for its other pages. */
  setLang(lang: string): void;
  /** The panel was opened or closed: remembered for the next page of this visit. */
  setOpened(opened: boolean): void;
  /** Tells the page that something failed. */
  fail(code: CareErrorCode): void;
  dispose(): void;
}

/** Custom states need the internals, which an element gives out once. The tag leaves them to its core: before there is one, nothing is unread. */
const internals = new WeakMap<HTMLElement, ElementInternals>();
const internalsOf = (element: HTMLElement): ElementInternals => {
  const known = internals.get(element) ?? element.attachInternals();
  internals.set(element, known);
  return known;
};

interface Shared {
  readonly client: ChatClient;
  readonly transport: Transport;
  readonly ports: Ports;
  users: number;
}

const clients = new Map<string, Shared>();
/** Kept for the life of the page: where nothing can be stored, the vault's memory is all there is. */
const vaults = new Map<string, Vault>();

const loadMore = () => loadChunk('more', () => import('./more.js'));

const share = (host: ChatHost): { readonly shared: Shared; readonly key: string } => {
  // What is no address stays as it is: the transport refuses it by its code.
  const server = URL.canParse(host.server) ? new URL(host.server).origin : host.server;
  const key = `${server}|${host.widget}`;
  const known = clients.get(key);
  if (known) {
    known.users++;
    return { shared: known, key };
  }
  const ports = createBrowserPorts({
    channelName: `care-chat:${key}`,
    vault({ clock, flags }) {
      const vault = vaults.get(key) ?? openVault({ name: key, clock, flags });
      vaults.set(key, vault);
      return vault;
    },
  });
  const transport = createLadderTransport({ ...ports, server, load: loadMore });
  const client = createLazyChatClient({
    transport, ports, widgetId: host.widget, locale: host.lang(), client: { name: 'care-chat', version }, pageName: host.pageName(),
    loadMore,
  });
  const shared: Shared = { client, transport, ports, users: 1 };
  clients.set(key, shared);
  return { shared, key };
};

/** Lets go after the current task, so that an element that is only moved keeps its conversation's connection. */
const letGo = (key: string, shared: Shared): void => {
  queueMicrotask(() => {
    if (--shared.users > 0) return;
    clients.delete(key);
    shared.client.dispose();
  });
};

const mustAsk = (widget: Widget | null): boolean => Boolean(widget && (widget.consents[0] ?? widget.preChat ?? widget.departments[1]));

const toEvent = ({ type, ...fields }: ChatFact): Event => new CareEvent(`care-${type}`, fields);

const isLive = ({ conversation }: ChatSnapshot): boolean => conversation !== null && conversation.status !== 'closed';

/** Creates an element's session. Begins to load at once: making one is a sign of intent, or of a live conversation. */
export function createChatSession(host: ChatHost): ChatSession {
  const { shared, key } = share(host);
  const { client, transport, ports } = shared;
  const flags = ports.tabFlags;
  const flag = (name: Parameters<typeof tabFlag>[0]): string => tabFlag(name, host.widget);
  const isKept = (): boolean => flags.get(flag('live')) !== null;
  const wanted = createSnapshot<Wanted | null>(isKept() ? 'kept' : null);
  /** The language this visitor chose; written down only while a conversation goes on. */
  let chosenLang = flags.get(flag('lang'));
  let widget: Widget | null = null;
  let unread = 0;
  let { phase, conversation } = client.snapshot.value;
  let connection = client.snapshot.value.connection.state;

  const fail = (code: CareErrorCode): void => void host.element.dispatchEvent(new CareEvent('care-error', { code }));
  const hasLive = (): boolean => isLive(client.snapshot.value) || client.hasLive();
  const forgetLook = (): void => {
    flags.delete(flag('lang'));
    flags.delete(flag('open'));
  };
  /** The visitor is gone, here or in another tab, and with them what they answered. */
  const forgetVisit = (): void => {
    session.asked = {};
    forgetLook();
    for (const name of ['form', 'live'] as const) flags.delete(flag(name));
    wanted.set('forget');
  };
  const keepLang = (): void => {
    if (chosenLang && hasLive()) flags.set(flag('lang'), chosenLang);
  };

  const onSnapshot = (snapshot: ChatSnapshot): void => {
    if (snapshot.widget && snapshot.widget !== widget) {
      widget = snapshot.widget;
      host.setEmergency([widget.emergency[0], widget.emergency.find(({ kind }, n) => n && kind === 'crisis')]);
    }
    if (snapshot.unread !== unread) {
      unread = snapshot.unread;
      host.setUnread(unread);
      internalsOf(host.element).states[unread > 0 ? 'add' : 'delete']('unread');
      host.element.dispatchEvent(new CareEvent('care-unread-changed', { unread }));
    }
    if (snapshot.connection.state !== connection) {
      connection = snapshot.connection.state;
      host.element.dispatchEvent(new CareEvent('care-connection-changed', { state: connection }));
    }
    if (snapshot.phase !== phase) {
      phase = snapshot.phase;
      if (phase === 'failed') fail(snapshot.error ?? 'internal');
    }
    if (snapshot.conversation?.id !== conversation?.id) {
      if (snapshot.conversation) keepLang();
      // Left, here or in another tab.
      else forgetVisit();
    }
    conversation = snapshot.conversation;
  };
  const offs = [client.snapshot.subscribe(onSnapshot), client.onFact((fact) => host.element.dispatchEvent(toEvent(fact)))];

  // Both at once: where the network only hangs, what was said and typed shows all the same. Both may be asked again at any time: a store that is slow to answer does not swallow another try.
  const load = (): Promise<void> =>
    Promise.all([client.load(), client.resume()]).then(() => {
      // It was not there any more.
      if (!hasLive() && !isKept() && !client.snapshot.value.conversation) forgetLook();
    });

  const takeUpVisit = (): void => {
    if (chosenLang && chosenLang !== host.lang()) host.setLang(chosenLang);
    if ((isKept() || client.hasLive()) && flags.get(flag('open')) === '1' && !host.element.opened) host.open();
  };

  const send = async (text: string): Promise<boolean> => {
    if (!host.element.dispatchEvent(Object.assign(new Event('care-send-request', { cancelable: true }), { text }))) return false;
    // What belongs to a conversation that is there needs nothing of the network to be kept and sent.
    if (!client.snapshot.value.conversation) await client.resume();
    const { conversation } = client.snapshot.value;
    if (conversation) {
      const sent = client.send(text);
      if (sent.ok) return true;
      // Nothing typed is lost: what cannot be sent becomes the draft again, unless it came from there.
      if (conversation.status === 'open' || conversation.status === 'waiting') client.setDraft(text);
      throw sent.error;
    }
    if (text.trim() === '') throw new CareError('empty-text');
    // Typed on meanwhile, it stands there with more behind it.
    if (!client.snapshot.value.draft.text.includes(text)) client.setDraft(text);
    await client.load();
    const { widget, phase, textChars } = client.snapshot.value;
    if (phase !== 'ready') {
      host.open();
      return false;
    }
    if (text.length > textChars) throw new CareError('text-too-long');
    if (mustAsk(widget)) {
      host.open();
      wanted.set('chat');
      return false;
    }
    return (await client.start({ firstText: text })).ok;
  };

  const session: ChatSession = {
    client, ports, transport, wanted, load, send, fail, loadMore,
    asked: {},
    mustAsk: () => mustAsk(client.snapshot.value.widget),
    check: (id = '') => wanted.set(`check:${id}`),
    async start(options = {}) {
      await load();
      const { conversation } = client.snapshot.value;
      if (conversation && conversation.status !== 'closed') return;
      if (conversation) await client.reset();
      session.asked = options;
      wanted.set('chat');
    },
    async end() {
      const ended = await client.end();
      if (!ended.ok) fail(ended.error.code);
      return ended.ok;
    },
    async logout() {
      chosenLang = null;
      forgetVisit();
      await client.logout();
    },
    setLang(lang) {
      chosenLang = lang;
      keepLang();
      host.setLang(lang);
    },
    setOpened(opened) {
      // A page begins with an open panel before it has read its conversation again.
      if (opened && (isKept() || hasLive())) flags.set(flag('open'), '1');
      else flags.delete(flag('open'));
    },
    dispose() {
      for (const off of offs) off();
      internalsOf(host.element).states.delete('unread');
      letGo(key, shared);
    },
  };
  if (ports.flags.get(liveFlagKey(host.widget)) === leftFlag) loadMore().then((more) => offs.push(more.sendLeft(session, host)), () => {});
  onSnapshot(client.snapshot.value);
  takeUpVisit();
  void load();
  return session;
}
