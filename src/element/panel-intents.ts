/** What the visitor can do in the panel: each intent → its effect on the conversation and on where the visitor stands. */
import type { ConversationSnapshot } from '../core/snapshots.js';
import type { Transcript } from '../ui/transcript.js';
import type { ChatSession } from './chat-core.js';
import type { ChatHost } from './host.js';
import type { PanelIntents, PanelState } from './panel-context.js';

export interface PanelIntentsOptions {
  readonly host: ChatHost;
  readonly session: ChatSession;
  readonly state: PanelState;
  readonly transcript: Transcript;
  retryStart(): void;
  /** What comes with the chunk `later` is wanted now. */
  wantLater(): void;
  tryNow(): void;
  /** To the first of the steps before a conversation, from one that has ended. */
  restart(before: ConversationSnapshot | null): void;
  requestUpdate(): void;
  /** Renders, then focuses what the selector finds. */
  focusLater(selector: string): void;
}

/** Creates the table of intents. */
export function createPanelIntents({ host, session, state, transcript, retryStart, wantLater, tryNow, restart, requestUpdate, focusLater }: PanelIntentsOptions): PanelIntents & { setPage(name: string | undefined): void } {
  const { client } = session;
  const now = () => client.snapshot.value;
  let page = host.pageName();

  return {
    retryLoad() {
      wantLater();
      retryStart();
      void session.load();
    },
    send(text) {
      state.sendError = null;
      state.firstUnreadSeq = null;
      return session.send(text).then(
        (sent) => {
          if (sent) transcript.jumpToLatest();
          requestUpdate();
        },
        (error: unknown) => {
          state.sendError = (error as { code?: string }).code ?? 'internal';
          requestUpdate();
        },
      );
    },
    input(text) {
      state.sendError = null;
      client.setDraft(text);
    },
    typing: (on) => client.setTyping(on),
    tryNow,
    askEnd(on) {
      Object.assign(state, { confirmingEnd: on, endFailed: false, menuOpen: false });
      focusLater(on ? '.keep' : '.composer-field');
    },
    end() {
      state.ending = true;
      requestUpdate();
      void session.end().then((ended) => {
        Object.assign(state, { ending: false, endFailed: !ended, confirmingEnd: !ended });
        if (ended) focusLater('.view-title');
        else requestUpdate();
      });
    },
    newChat() {
      const { conversation, draft } = now();
      void client.reset().then(() => {
        restart(conversation);
        // What was being written when it ended.
        client.setDraft(draft.text);
      });
    },
    toggleMenu(on) {
      state.menuOpen = on;
      if (on) wantLater();
      focusLater(on ? '.menu .menu-item' : '.tools .icon-button');
    },
    setLang(lang) {
      state.menuOpen = false;
      session.setLang(lang);
      focusLater('.tools .icon-button');
    },
    retry: (key) => client.retry(key),
    discard(key) {
      void client.discard(key).then((item) => {
        // What was taken back is written anew, before what is being written.
        if (item) client.setDraft([item.text, now().draft.text.trim()].filter(Boolean).join('\n'));
        focusLater('.composer-field');
      });
    },
    readUpTo(seq) {
      if (host.element.opened) client.markRead(seq);
    },
    loadOlder: () => void client.loadOlder(),
    setPage(name) {
      if (name === page || name === undefined) return;
      page = name;
      client.setPage(name);
    },
  };
}
