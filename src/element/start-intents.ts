/** What a visitor can do before a conversation: from the welcome over consent and questions to the start. Each step asks only what the clinic wants asked. */
import type { CheckPart } from './checker/check-host.js';
import type { FormView } from '../form-view/view-core.js';
import type { FormAnsweredBody, FormContent, Widget } from '../protocol/types.js';
import type { Prefill } from '../questionnaire/page-values.js';
import { createAskedForm, type AskedForm } from './asked-form.js';
import { toConsentRecords, type RichTexts } from './consents.js';
import { createFormDraft } from './form-draft.js';
import { CareEvent } from './tag-events.js';
import type { OfflineHost, OfflinePart, StartHost, StartIntents, StartState, Step } from './start-context.js';
import { questionsOf } from './start-views.js';
import { createWhoIsThere } from './who-is-there.js';

/** What the panel asks of the steps, besides what the visitor does in them. */
export interface Steps {
  readonly state: StartState;
  readonly intents: StartIntents;
  readonly offline: OfflinePart | null;
  readonly asked: AskedForm;
  /** Asks for a message to be left, with forms that were answered elsewhere. */
  leave(attached?: readonly FormAnsweredBody[]): void;
  /** Takes up what is wanted of the session, as far as it can be by now. */
  begin(): void;
  /** Back at the first step, for another conversation. */
  restart(): void;
  /** The language changed. */
  setLang(): void;
  dispose(): void;
}

/** How long what was answered before the last chat counts: as long as half-given answers. */
const beforeLifeMs = 30 * 60_000;

/** Creates the steps at the welcome. */
export function createSteps(stage: StartHost, rich: RichTexts): Steps {
  const { shadow, host: { element, loadChunk, pageName, server, widget: widgetId }, session, words, requestUpdate, focusLater } = stage;
  const { client, ports } = session;
  const formDraft = createFormDraft(ports, widgetId);
  const widget = () => client.snapshot.value.widget;
  /** The form that the page asked for, in place of the clinic's own questions; false: none. */
  let named: Widget['preChat'] | false;
  const questions = () => {
    const known = widget();
    return !known || named === false ? undefined : named ?? questionsOf(known, state.departmentId);
  };
  const consents = () => widget()?.consents ?? [];
  const state: StartState = { step: 'welcome', departmentId: undefined, granted: new Set(), consentMissing: false, form: null, again: false, leaving: false, looking: false, gone: false, formError: null, checkFailed: false };
  const { isHere, begin: beginToAsk, look } = createWhoIsThere(stage, state);
  let check: CheckPart | null = null;
  /** What a symptom check came to and is to be handed over as soon as there is a conversation. */
  let handOver: FormAnsweredBody | null = null;
  let offline: OfflinePart | null = null;
  let attached: readonly FormAnsweredBody[] = [];
  /** When this stood at the beginning last. */
  let begunAt = ports.clock.now();
  /** The questions that `state.form` shows. */
  let shown: unknown;

  const loadFormChunk = () => loadChunk('form', () => import('./pre-chat.js'));
  const goTo = (step: Step): void => {
    state.step = step;
    focusLater('.view-title');
  };
  /** A form that has changed takes up what was answered to the one before, as far as it fits. */
  const takeUp = (view: FormView, before: FormView): void => {
    view.restore({ ...before.toDraft(), form: view.session.form.name });
    formDraft.write(view.toDraft());
  };
  /** What the page gives, where it is anything at all: a getter of it may throw, and is not called here. */
  const readPrefill = (): Prefill => {
    const read = (of: () => unknown): PropertyDescriptorMap => {
      try {
        const given = of() ?? {};
        if (typeof given === 'object' && !Array.isArray(given)) return Object.getOwnPropertyDescriptors(given);
      } catch {
        // Told below.
      }
      element.dispatchEvent(new CareEvent('care-error', { code: 'prefill-invalid' }));
      return {};
    };
    return Object.defineProperties({}, { ...read(() => element.config.prefill), ...read(() => session.asked.prefill) }) as Prefill;
  };
  const makeView: OfflineHost['makeView'] = async (questionnaire, purpose, onChange, draft) => {
    const { createPreChat } = await loadFormChunk();
    const asked = words();
    const { tag, formT } = asked;
    const made = await createPreChat(shadow, {
      questionnaire, lang: tag, purpose, inTurn: purpose === 'in-chat', draft: draft ?? undefined, requestUpdate, loadChunk, onChange,
      prefill: readPrefill(),
      onRefused: (linkId) => void element.dispatchEvent(new CareEvent('care-error', { code: 'prefill-invalid', linkId })),
      recipient: widget()?.clinicName,
      // The chat's own server knows already who opened the form; anybody else would learn it.
      allowMedia: (url) => new URL(url).origin === new URL(server).origin,
      renderMarkup: ({ kind, source }) => rich(source, kind)?.cloneNode(true) ?? null,
      ...(formT && { t: formT }),
    });
    // Another language may have been chosen meanwhile.
    const now = words();
    if (made.ok && now !== asked) made.value.setLang(now.tag, now.formT);
    return made;
  };
  /** A form of the widget by its id; undefined where there is none, null where it cannot be had now: the page is told. */
  const loadNamed = async (id: string): Promise<Widget['preChat'] | null> => {
    await client.load();
    const answer = await session.transport.request({ method: 'GET', path: `/forms/${encodeURIComponent(id)}?widget=${encodeURIComponent(widgetId)}` });
    const questionnaire = answer.ok ? (answer.value.body as Partial<FormContent>).questionnaire : undefined;
    if (questionnaire) return questionnaire;
    const code = answer.ok || answer.error.code === 'not-found' ? 'form-unknown' : answer.error.code;
    session.fail(code);
    return code === 'form-unknown' ? undefined : null;
  };
  const asked = createAskedForm({ ...stage, makeView, loadForm: loadNamed });
  /** What the page has asked for; what it cannot have is told, and the clinic's own questions are asked. */
  const choose = async (): Promise<void> => {
    const { form } = session.asked;
    named = (typeof form === 'string' ? await loadNamed(form) : null) ?? undefined;
    if (form !== false || !questions()) return;
    if (widget()?.preChatSkippable) named = false;
    else session.fail('form-required');
  };
  const loadForm = async (): Promise<void> => {
    const questionnaire = questions();
    if (!questionnaire || (state.form && shown === questionnaire)) return;
    const before = state.form;
    Object.assign(state, { form: null, again: false, formError: null });
    requestUpdate();
    try {
      const draft = await formDraft.read();
      const view = await makeView(questionnaire, 'pre-chat', (changed) => {
        formDraft.write(changed);
        void look();
      }, draft);
      shown = questionnaire;
      if (view.ok) {
        if (before) takeUp(view.value, before);
        else if (session.asked.before && !draft && ports.clock.now() - begunAt < beforeLifeMs) state.again = (await loadFormChunk()).answerAsBefore(view.value, session.asked.before);
        state.form = view.value;
      } else session.fail((state.formError = view.error.code));
    } catch {
      session.fail((state.formError = 'chunk-failed'));
    }
    requestUpdate();
  };
  /** What the clinic asks is another thing by now, and has been read again: ask it anew. */
  const askAgain = async (consentsBefore: string, preChat: FormAnsweredBody | undefined): Promise<void> => {
    // What the page asked for does not come with the rest; where it cannot be had now, the next try asks for it again.
    if (named && typeof session.asked.form === 'string') {
      const again = await loadNamed(session.asked.form);
      if (again !== null) named = again;
    }
    if (consentsBefore !== JSON.stringify(consents())) {
      state.granted.clear();
      if (consents().length > 0) return goTo('consent');
    }
    if (questions()) {
      goTo('pre-chat');
      void loadForm();
    } else if (preChat) void startNow();
    else goTo('welcome');
  };
  const recordsOf = (): ReturnType<typeof toConsentRecords> => toConsentRecords(consents(), state.granted, words().tag, rich);
  const loadOffline = async (): Promise<OfflinePart | null> => {
    if (offline) return offline;
    try {
      const [{ createOffline }, { createMessageBox }] = await Promise.all([loadChunk('offline', () => import('./offline/offline.js')), session.loadMore()]);
      offline ??= createOffline({
        ...stage, createMessageBox, pageName, makeView, consents: recordsOf,
        departmentId: () => state.departmentId ?? widget()?.departments[0]?.id,
        back,
        async refused(code) {
          await client.load(true);
          if (code !== 'consent-required') return;
          state.granted.clear();
          goTo('consent');
        },
        left() {
          client.setDraft('');
          formDraft.write(null);
          Object.assign(state, { form: null, leaving: false, gone: false });
          if (handOver && attached.includes(handOver)) {
            handOver = null;
            check?.handedOver(null);
          }
          attached = [];
          state.granted.clear();
        },
        done: () => goTo('welcome'),
      });
      state.formError = null;
    } catch {
      session.fail((state.formError = 'chunk-failed'));
    }
    requestUpdate();
    return offline;
  };
  const toOffline = (): void => {
    goTo('offline');
    void loadOffline().then((part) => part?.open({ before: state.form, text: client.snapshot.value.draft.text, with: attached }));
  };
  const leave = (more: readonly FormAnsweredBody[] = attached): void => {
    attached = !handOver || more.includes(handOver) ? more : [...more, handOver];
    state.leaving = true;
    // What was agreed to before the questions stands.
    if (state.step === 'pre-chat') toOffline();
    else after('welcome');
  };
  const back = (): void => {
    const isForm = state.step === 'pre-chat' || state.step === 'offline';
    if (!isForm || consents().length === 0) state.leaving = false;
    goTo(isForm && consents().length > 0 ? 'consent' : 'welcome');
  };
  const startNow = async (preChat?: FormAnsweredBody): Promise<void> => {
    const texts = consents();
    const records = await recordsOf();
    const started = await client.start({
      departmentId: state.departmentId ?? widget()?.departments[0]?.id,
      ...(preChat && { preChat }),
      ...(records.length > 0 && { consents: records }),
    });
    if (!started.ok) {
      const { code } = started.error;
      if (code === 'consent-required') {
        state.granted.clear();
        goTo('consent');
      }
      if (code === 'form-version') await askAgain(JSON.stringify(texts), preChat);
      requestUpdate();
      return;
    }
    passOn();
    named = undefined;
    session.asked = {};
    await formDraft.clear();
    Object.assign(state, { step: 'welcome', form: null, formError: null, consentMissing: false });
    state.granted.clear();
    focusLater('.composer-field');
  };
  /** The chat, or where nobody is there any more a message in its place. */
  const startOrLeave = async (preChat?: FormAnsweredBody): Promise<void> => {
    if (state.looking) return;
    state.looking = true;
    requestUpdate();
    await look(0);
    state.looking = false;
    if (!state.gone) return startNow(preChat);
    state.leaving = true;
    attached = handOver ? [handOver] : attached;
    toOffline();
  };
  /** The first step that has something to ask after `step`. */
  const after = (step: Step): void => {
    if (step === 'welcome') beginToAsk();
    if (step === 'welcome' && consents().length > 0) goTo('consent');
    else if (state.leaving) toOffline();
    else if (questions()) {
      goTo('pre-chat');
      void loadForm();
    } else void startOrLeave();
  };
  const start = async (): Promise<void> => {
    session.wanted.set(null);
    await choose();
    state.leaving = false;
    if (!client.snapshot.value.conversation && state.step === 'welcome') after('welcome');
  };
  /** Hands the check over into the conversation that goes on. */
  const passOn = (): void => {
    const passed = handOver && client.submitForm(handOver);
    if (passed?.ok) {
      handOver = null;
      check?.handedOver(passed.value);
    }
  };
  /** Into the conversation that goes on, or a new one that is begun as every other; where nobody is there, along with a message that is left. */
  const send = async (form: FormAnsweredBody): Promise<void> => {
    handOver = form;
    const { conversation } = client.snapshot.value;
    if (conversation?.status === 'closed') await check?.through(client.reset);
    if (client.snapshot.value.conversation) passOn();
    else if (widget()?.offline && !isHere()) leave([form]);
    else after('welcome');
  };
  const loadCheck = async (): Promise<CheckPart | null> => {
    if (check) return check;
    state.checkFailed = false;
    try {
      const form = await loadFormChunk();
      const { createCheckPart } = await form.loadCheckPart(loadChunk);
      check ??= createCheckPart({ ...stage, form, send: (form) => void send(form) });
    } catch {
      state.checkFailed = true;
      session.fail('chunk-failed');
    }
    requestUpdate();
    return check;
  };
  const forget = (): void => {
    // Others hear of it in this same moment, and after us.
    queueMicrotask(() => session.wanted.value === 'forget' && session.wanted.set(null));
    if (check?.isHeld) return;
    check?.forget();
    asked.forget();
    named = undefined;
    handOver = state.form = null;
    attached = [];
    Object.assign(state, { leaving: false, gone: false });
    state.granted.clear();
    if (state.step !== 'welcome') goTo('welcome');
  };
  const begin = (): void => {
    const wanted = session.wanted.value;
    if (wanted === 'forget') forget();
    else if (wanted === 'kept') {
      session.wanted.set(null);
      void loadCheck().then((part) => part?.restore());
    } else if (wanted === 'asked') {
      session.wanted.set(null);
      void asked.resume();
    } else if (wanted === 'chat') {
      if (widget() || client.snapshot.value.conversation) void start();
    } else if (wanted && typeof wanted === 'object') {
      session.wanted.set(null);
      void asked.open(wanted);
    } else if (wanted && widget()) {
      // Which checkers there are is said by the clinic's settings.
      session.wanted.set(null);
      const id = wanted.slice('check:'.length);
      void loadCheck().then((part) => part?.open(id));
    }
  };

  // A message that an earlier page could not get rid of, or what became of it in this tab.
  void ports.vault.get('offline/message').then(async (kept) => {
    if (kept && state.step === 'welcome' && (await (await loadOffline())?.resume()) && state.step === 'welcome') goTo('offline');
  });

  /** What the chat that ended did not take any more is written anew, before what was being written. */
  const takeBack = async (): Promise<void> => {
    const items = session.asked.before?.timeline.chunks.flat() ?? [];
    const texts = items.flatMap((item) => (item.type === 'message' && item.mine && item.state === 'failed' && item.error === 'closed-conversation' ? [item.text] : []));
    // The panel puts back first what was being written.
    await Promise.resolve();
    if (texts.length > 0) client.setDraft([...texts, client.snapshot.value.draft.text].filter(Boolean).join('\n'));
  };
  void takeBack();

  return {
    state, asked,
    get offline() {
      return offline;
    },
    begin,
    leave,
    restart() {
      begunAt = ports.clock.now();
      goTo('welcome');
      void takeBack();
    },
    setLang() {
      const { tag, formT } = words();
      state.form?.setLang(tag, formT);
      check?.setLang();
      offline?.setLang();
      asked.setLang();
    },
    dispose() {
      check?.dispose();
      offline?.dispose();
    },
    intents: {
      begin() {
        state.leaving = false;
        after('welcome');
      },
      back,
      leave: () => leave(),
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
        const missing = consents().some(({ required, purpose }) => required && !state.granted.has(purpose));
        state.consentMissing = missing;
        if (missing) focusLater('.choice input[aria-invalid="true"]');
        else after('consent');
      },
      submitForm() {
        if (!state.form) {
          void startOrLeave();
          return;
        }
        const answers = state.form.submit();
        if (!answers) state.again = false;
        else void startOrLeave(answers);
      },
      skipForm: () => void startOrLeave(),
      changeAnswers() {
        state.again = false;
        focusLater('.view-title');
      },
      retryForm: () => void (state.step === 'offline' ? toOffline() : loadForm()),
      openChecker: () => void loadCheck().then((part) => part?.open('')),
    },
  };
}
