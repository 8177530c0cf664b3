/** What a visitor can do before a conversation: from the welcome over consent and questions to the start. Each step asks only what the clinic wants asked. */
import type { FormView } from '../form-view/form-view.js';
import type { FormAnsweredBody } from '../protocol/types.js';
import { toConsentRecords, type RichTexts } from './consents.js';
import { createFormDraft } from './form-draft.js';
import type { StartHost, StartIntents, StartState, Step } from './start-context.js';

/** What the panel asks of the steps, besides what the visitor does in them. */
export interface Steps {
  readonly state: StartState;
  readonly intents: StartIntents;
  /** Somebody asked for a conversation: asks what must be asked, then opens it. */
  begin(): void;
  /** Back at the first step, for another conversation. */
  restart(): void;
  /** The language changed. */
  setLang(): void;
}

/** Creates the steps at the welcome. */
export function createSteps({ shadow, host: { loadChunk, widget: widgetId }, session, words, requestUpdate, focusLater }: StartHost, rich: RichTexts): Steps {
  const { client, ports } = session;
  const formDraft = createFormDraft(ports, widgetId);
  const widget = () => client.snapshot.value.widget;
  const consents = () => widget()?.consents ?? [];
  const state: StartState = { step: 'welcome', departmentId: undefined, granted: new Set(), consentMissing: false, form: null, formError: null };
  /** The questions that `state.form` shows. */
  let shown: unknown;

  const goTo = (step: Step): void => {
    state.step = step;
    focusLater('.view-title');
  };
  /** A form that has changed takes up what was answered to the one before, as far as it fits. */
  const takeUp = (view: FormView, before: FormView): void => {
    const { session: { form, restore, toDraft } } = view;
    restore({ ...before.session.toDraft(), form: form.name });
    formDraft.write(toDraft());
  };
  const loadForm = async (): Promise<void> => {
    const questionnaire = widget()?.preChat;
    if (!questionnaire || (state.form && shown === questionnaire)) return;
    const before = state.form;
    Object.assign(state, { form: null, formError: null });
    requestUpdate();
    try {
      const [{ createPreChat }, draft] = await Promise.all([loadChunk('form', () => import('./pre-chat.js')), formDraft.read()]);
      const { tag, formT } = words();
      const view = createPreChat(shadow, {
        questionnaire, lang: tag, purpose: 'pre-chat', draft: draft ?? undefined, requestUpdate,
        onChange: formDraft.write,
        ...(formT && { t: formT }),
      });
      shown = questionnaire;
      if (view.ok) {
        if (before) takeUp(view.value, before);
        state.form = view.value;
      } else session.fail((state.formError = view.error.code));
    } catch {
      session.fail((state.formError = 'chunk-failed'));
    }
    requestUpdate();
  };
  /** What the clinic asks is another thing by now, and has been read again: ask it anew. */
  const askAgain = (consentsBefore: string, preChat: FormAnsweredBody | undefined): void => {
    if (consentsBefore !== JSON.stringify(consents())) {
      state.granted.clear();
      if (consents().length > 0) return goTo('consent');
    }
    if (widget()?.preChat) {
      goTo('pre-chat');
      void loadForm();
    } else if (preChat) void startNow();
    else goTo('welcome');
  };
  const startNow = async (preChat?: FormAnsweredBody): Promise<void> => {
    const texts = consents();
    const records = await toConsentRecords(texts, state.granted, words().tag, rich);
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
      if (code === 'form-version') askAgain(JSON.stringify(texts), preChat);
      requestUpdate();
      return;
    }
    await formDraft.clear();
    Object.assign(state, { step: 'welcome', form: null, formError: null, consentMissing: false });
    state.granted.clear();
    focusLater('.composer-field');
  };
  /** The first step that has something to ask after `step`. */
  const after = (step: Step): void => {
    if (step === 'welcome' && consents().length > 0) goTo('consent');
    else if (widget()?.preChat) {
      goTo('pre-chat');
      void loadForm();
    } else void startNow();
  };
  const begin = (): void => {
    session.startTaken();
    if (widget()) after('welcome');
  };

  return {
    state,
    begin,
    restart: () => goTo('welcome'),
    setLang() {
      const { tag, formT } = words();
      state.form?.setLang(tag, formT);
    },
    intents: {
      begin,
      back() {
        goTo(state.step === 'pre-chat' && consents().length > 0 ? 'consent' : 'welcome');
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
        const missing = consents().some(({ required, purpose }) => required && !state.granted.has(purpose));
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
    },
  };
}
