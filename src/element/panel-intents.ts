/** What the visitor can do in the panel: each intent → its effect on the conversation and on where the visitor stands. */
import type { FormAnsweredBody } from '../protocol/types.js';
import type { Transcript } from '../ui/transcript.js';
import type { ChatSession } from './chat-core.js';
import type { ChatHost } from './host.js';
import type { PanelIntents, PanelState, Step } from './panel-context.js';
import type { StartParts } from './start.js';
import type { Words } from './words.js';

export interface PanelIntentsOptions {
  readonly host: ChatHost;
  readonly session: ChatSession;
  readonly state: PanelState;
  readonly transcript: Transcript;
  words(): Words;
  /** The views before a conversation, once they have loaded. */
  start(): StartParts | null;
  retryStart(): void;
  requestUpdate(): void;
  /** Renders, then focuses what the selector finds. */
  focusLater(selector: string): void;
}

const draftKey = 'form-draft/pre-chat';

/** Creates the table of intents. */
export function createPanelIntents({ host, session, state, transcript, words, start, retryStart, requestUpdate, focusLater }: PanelIntentsOptions): PanelIntents & { setPage(name: string | undefined): void } {
  const { client, ports: { vault } } = session;
  const { loadChunk } = host;
  const shadow = host.shell.root.getRootNode() as ShadowRoot;
  const now = () => client.snapshot.value;
  let page = host.pageName();

  const goTo = (step: Step): void => {
    state.step = step;
    focusLater('.view-title');
  };
  const loadForm = async (): Promise<void> => {
    const questionnaire = now().widget?.preChat;
    if (!questionnaire || state.form) return;
    state.formError = null;
    try {
      const [{ createPreChat }, draft] = await Promise.all([loadChunk('form', () => import('./pre-chat.js')), vault.get(draftKey)]);
      const { tag, formT } = words();
      const view = createPreChat(shadow, {
        questionnaire, lang: tag, purpose: 'pre-chat', draft: draft ?? undefined, requestUpdate,
        onChange: (next) => void vault.set(draftKey, next),
        ...(formT && { t: formT }),
      });
      if (view.ok) state.form = view.value;
      else state.formError = view.error.code;
    } catch {
      state.formError = 'chunk-failed';
    }
    requestUpdate();
  };
  const startNow = async (preChat?: FormAnsweredBody): Promise<void> => {
    const { widget } = now();
    const consents = (await start()?.records(widget?.consents ?? [], state.granted, words().tag)) ?? [];
    const started = await client.start({
      departmentId: state.departmentId ?? widget?.departments[0]?.id,
      ...(preChat && { preChat }),
      ...(consents.length > 0 && { consents }),
    });
    if (!started.ok) {
      if (started.error.code === 'consent-required') goTo('consent');
      if (started.error.code === 'form-version') {
        state.form = null;
        void loadForm();
      }
      requestUpdate();
      return;
    }
    await vault.delete(draftKey);
    Object.assign(state, { step: 'welcome', form: null, formError: null, consentMissing: false });
    state.granted.clear();
    transcript.reset();
    focusLater('.composer-field');
  };
  /** The first step that has something to ask after `step`. */
  const after = (step: Step): void => {
    const { widget } = now();
    if (step === 'welcome' && widget && widget.consents.length > 0) goTo('consent');
    else if (step !== 'pre-chat' && widget?.preChat) {
      goTo('pre-chat');
      void loadForm();
    } else void startNow();
  };

  return {
    begin() {
      session.startTaken();
      const { conversation, widget } = now();
      if ((conversation && conversation.status !== 'closed') || !widget) return;
      state.departmentId ??= widget.departments[0]?.id;
      after('welcome');
    },
    back() {
      goTo(state.step === 'pre-chat' && (now().widget?.consents.length ?? 0) > 0 ? 'consent' : 'welcome');
    },
    chooseDepartment(id) {
      state.departmentId = id;
      requestUpdate();
    },
    grant(purpose, on) {
      if (on) state.granted.add(purpose);
      else state.granted.delete(purpose);
      requestUpdate();
    },
    consent() {
      const missing = (now().widget?.consents ?? []).some(({ required, purpose }) => required && !state.granted.has(purpose));
      state.consentMissing = missing;
      if (missing) focusLater('.choice input[aria-invalid="true"]');
      else after('consent');
    },
    submitForm() {
      if (!state.form) {
        void startNow();
        return;
      }
      const answers = state.form.submit();
      if (answers) void startNow(answers);
    },
    retryForm: () => void loadForm(),
    retryLoad() {
      retryStart();
      void session.load();
    },
    send(text) {
      state.sendError = null;
      state.firstUnreadSeq = null;
      session.send(text).then(
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
    composerFocus: (on) => client.holdDraft(on),
    tryNow: () => client.tryNow(),
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
      void client.reset().then(() => {
        transcript.reset();
        goTo('welcome');
      });
    },
    toggleMenu(on) {
      state.menuOpen = on;
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
        // What was given up can be written anew; it never replaces what is being written.
        if (item && now().draft.text.trim() === '') client.setDraft(item.text);
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
