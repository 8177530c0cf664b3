/**
 * The chunk `core`: one conversation per server and widget, shared by all elements of the page, and the session through which one element
 * uses it: facts become the element's events, the unread count goes to its badge. Draws nothing.
 */
import { createSnapshot, type ReadonlySnapshot } from '../base/snapshot.js';
import { CareError, type CareErrorCode } from '../base/care-error.js';
import type { ChatClient, ChatFact } from '../core/api.js';
import { createChatClient } from '../core/chat-client.js';
import type { ChatSnapshot } from '../core/snapshots.js';
import { createBrowserPorts } from '../platform/browser/create-ports.js';
import type { Ports, Vault } from '../platform/ports.js';
import { openVault } from '../privacy/vault/open-vault.js';
import type { Widget } from '../protocol/types.js';
import { createWebSocketTransport } from '../transports/websocket/websocket-transport.js';
import {
  CareConnectionChangedEvent, CareConversationEndedEvent, CareConversationStartedEvent, CareMessageReceivedEvent, CareMessageSentEvent,
  CareSendRequestEvent, CareUnreadChangedEvent,
} from './events.js';
import { formFlag } from './form-draft.js';
import type { ChatHost } from './host.js';
import { CareErrorEvent } from './tag-events.js';
import { version } from './version.js';

/** One element's use of the shared conversation. */
export interface ChatSession {
  readonly client: ChatClient;
  readonly ports: Ports;
  /** True after somebody asked for a conversation that must be preceded by questions; the panel sets it back. */
  readonly startWanted: ReadonlySnapshot<boolean>;
  startTaken(): void;
  /** Whether the clinic wants something asked or chosen before a conversation. */
  mustAsk(): boolean;
  /** Reads what the clinic offers and takes up an earlier conversation; after a failure, tries again. */
  load(): Promise<void>;
  send(text: string): Promise<boolean>;
  start(): Promise<void>;
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
  readonly ports: Ports;
  users: number;
}

const clients = new Map<string, Shared>();
/** Kept for the life of the page: where nothing can be stored, the vault's memory is all there is. */
const vaults = new Map<string, Vault>();

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
  const client = createChatClient({
    transport: createWebSocketTransport({ server, network: ports.network }),
    ports, widgetId: host.widget, locale: host.lang(), client: { name: 'care-chat', version }, pageName: host.pageName(),
  });
  const shared: Shared = { client, ports, users: 1 };
  clients.set(key, shared);
  return { shared, key };
};

/** Lets go after the current task, so that an element that is only moved keeps its conversation's connection. */
const letGo = (key: string, shared: Shared): void => {
  queueMicrotask(() => {
    if (--shared.users > 0) return;
    clients.delete(key);
    shared.client.dispose();
    shared.ports.tabs.close();
  });
};

const mustAsk = (widget: Widget | null): boolean => widget !== null && (widget.consents.length > 0 || widget.preChat !== undefined || widget.departments.length > 1);

const toEvent = (fact: ChatFact): Event => {
  switch (fact.type) {
    case 'conversation-started':
      return new CareConversationStartedEvent(fact.conversationId);
    case 'conversation-ended':
      return new CareConversationEndedEvent(fact.conversationId, fact.by);
    case 'message-sent':
      return new CareMessageSentEvent(fact.conversationId, fact.cmid);
    case 'message-received':
      return new CareMessageReceivedEvent(fact.conversationId, fact.eventId, fact.role);
    case 'error':
      return new CareErrorEvent(fact.code);
  }
};

const isLive = ({ conversation }: ChatSnapshot): boolean => conversation !== null && conversation.status !== 'closed';

/** Creates an element's session. Begins to load at once: making one is a sign of intent, or of a live conversation. */
export function createChatSession(host: ChatHost): ChatSession {
  const { shared, key } = share(host);
  const { client, ports } = shared;
  const startWanted = createSnapshot(false);
  const langKey = `care-chat:lang:${host.widget}`;
  const openKey = `care-chat:open:${host.widget}`;
  /** The language this visitor chose; written down only while a conversation goes on. */
  let chosenLang = ports.tabFlags.get(langKey);
  let unread = 0;
  let { phase, conversation } = client.snapshot.value;
  let connection = client.snapshot.value.connection.state;
  let loading: Promise<void> | undefined;

  const fail = (code: CareErrorCode): void => void host.element.dispatchEvent(new CareErrorEvent(code));
  const hasLive = (): boolean => isLive(client.snapshot.value) || client.hasLive();
  const forgetVisit = (): void => {
    ports.tabFlags.delete(langKey);
    ports.tabFlags.delete(openKey);
    ports.tabFlags.delete(formFlag(host.widget));
  };
  const keepLang = (): void => {
    if (chosenLang && hasLive()) ports.tabFlags.set(langKey, chosenLang);
  };

  const onSnapshot = (snapshot: ChatSnapshot): void => {
    if (snapshot.widget) host.setEmergency(snapshot.widget.emergency[0]);
    if (snapshot.unread !== unread) {
      unread = snapshot.unread;
      host.setUnread(unread);
      internalsOf(host.element).states[unread > 0 ? 'add' : 'delete']('unread');
      host.element.dispatchEvent(new CareUnreadChangedEvent(unread));
    }
    if (snapshot.connection.state !== connection) {
      connection = snapshot.connection.state;
      host.element.dispatchEvent(new CareConnectionChangedEvent(connection));
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

  const load = (): Promise<void> =>
    (loading ??= client
      .load()
      .then(() => client.resume())
      .then(() => {
        // It was not there any more.
        if (!hasLive() && !client.snapshot.value.conversation) forgetVisit();
      })
      .finally(() => (loading = undefined)));

  const takeUpVisit = (): void => {
    if (chosenLang && chosenLang !== host.lang()) host.setLang(chosenLang);
    // On a phone the panel would cover the page that the visitor has just asked for.
    if (client.hasLive() && ports.tabFlags.get(openKey) === '1' && !host.element.opened && matchMedia('(min-width: 521px) and (min-height: 461px)').matches) host.open();
  };

  const send = async (text: string): Promise<boolean> => {
    if (!host.element.dispatchEvent(new CareSendRequestEvent(text))) return false;
    await load();
    const { widget, phase, conversation, textChars } = client.snapshot.value;
    if (phase !== 'ready') {
      client.setDraft(text);
      host.open();
      return false;
    }
    if (conversation) {
      const sent = client.send(text);
      if (sent.ok) return true;
      // Nothing typed is lost: what cannot be sent becomes the draft again, unless it came from there.
      if (conversation.status === 'open' || conversation.status === 'waiting') client.setDraft(text);
      throw sent.error;
    }
    if (text.trim() === '') throw new CareError('empty-text');
    client.setDraft(text);
    if (text.length > textChars) throw new CareError('text-too-long');
    if (mustAsk(widget)) {
      host.open();
      startWanted.set(true);
      return false;
    }
    const started = await client.start({ firstText: text });
    if (started.ok) client.setDraft('');
    return started.ok;
  };

  onSnapshot(client.snapshot.value);
  takeUpVisit();
  void load();

  return {
    client, ports, startWanted, load, send, fail,
    startTaken: () => startWanted.set(false),
    mustAsk: () => mustAsk(client.snapshot.value.widget),
    async start() {
      await load();
      const { conversation } = client.snapshot.value;
      if (conversation && conversation.status !== 'closed') return;
      if (conversation) await client.reset();
      startWanted.set(true);
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
      if (opened && hasLive()) ports.tabFlags.set(openKey, '1');
      else ports.tabFlags.delete(openKey);
    },
    dispose() {
      for (const off of offs) off();
      internalsOf(host.element).states.delete('unread');
      letGo(key, shared);
    },
  };
}
