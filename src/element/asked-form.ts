/**
 * A form that a button of a bot has opened: asked within the conversation, one question at a time, between what was said and the field, so that both stay in
 * sight, and so does the way to a person. Half-given answers are kept as those before a chat are; what is sent goes the way of every message.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormView } from '../form-view/view-core.js';
import type { WantedForm } from './chat-core.js';
import { createFormDraft } from './form-draft.js';
import type { PanelContext } from './panel-context.js';
import type { OfflineHost, StartHost, StartWords } from './start-context.js';
import { noteTurns, withTurns, type Passed, type Turns } from './turns.js';

export interface AskedForm {
  open(wanted: WantedForm): Promise<void>;
  view(context: Omit<PanelContext, 'words'> & { readonly words: StartWords }): TemplateResult | typeof nothing;
  setLang(): void;
  forget(): void;
}

/** What is kept of it. */
interface KeptForm {
  readonly id: string;
  readonly draft: object;
  readonly turns?: Turns;
}

export interface AskedFormHost extends Pick<StartHost, 'host' | 'session' | 'words' | 'requestUpdate' | 'focusLater'>, Pick<OfflineHost, 'makeView'> {
  /** A form of the widget; null where it cannot be had, which the page was told. */
  loadForm(id: string): Promise<unknown>;
}

/** Asks nothing before it is opened. */
export function createAskedForm({ host: { widget }, session, words, requestUpdate, focusLater, loadForm, makeView }: AskedFormHost): AskedForm {
  const { client, ports } = session;
  const draft = createFormDraft(ports, widget, 'asked-form');
  let wanted: WantedForm | null = null;
  let form: FormView | null = null;
  let turns: Turns = {};
  let trouble = false;
  let conversationId: string | undefined;
  /** Answers on their way: until they are in the log they are kept. */
  let sent: string | null = null;

  const close = (): void => {
    wanted = form = null;
    trouble = false;
    focusLater('.composer-field');
  };
  const open = async (next: WantedForm): Promise<void> => {
    if (form && wanted?.form === next.form && wanted.asked.target === next.asked.target) return focusLater('.ask-now');
    wanted = next;
    form = null;
    trouble = false;
    conversationId = client.snapshot.value.conversation?.id;
    requestUpdate();
    try {
      const [questionnaire, kept] = await Promise.all([loadForm(next.form), draft.read() as Promise<KeptForm | null | undefined>]);
      let noted: Turns = kept?.id === next.form ? kept.turns ?? {} : {};
      const made = questionnaire ? await makeView(questionnaire, 'in-chat', (changed) => {
        // Asked one by one: what it keeps also knows what was passed.
        turns = noted = noteTurns(noted, changed as unknown as Passed, ports.clock.now(), false);
        draft.write({ id: next.form, draft: changed, turns: noted } satisfies KeptForm);
      }) : null;
      if (wanted !== next) return;
      turns = noted;
      if (made?.ok) {
        form = made.value;
        // Of another version by now, it takes up what fits all the same.
        if (kept?.id === next.form) form.restore({ ...kept.draft, form: form.session.form.name });
      } else {
        trouble = true;
        if (made) session.fail(made.error.code);
      }
    } catch {
      if (wanted !== next) return;
      trouble = true;
      session.fail('chunk-failed');
    }
    focusLater(trouble ? '.asked .button' : '.ask-now, .ask-review h4');
  };
  const send = (): void => {
    const body = form?.submit();
    if (!form || !body || !wanted) return;
    const { title = words().t('formAnswers') } = body.form;
    const submitted = client.submitForm({ ...body, answers: withTurns(body.answers, form.session.snapshot.value.items, turns).map(({ answer }) => answer), form: { ...body.form, title }, asked: wanted.asked });
    if (!submitted.ok) return session.fail(submitted.error.code);
    sent = submitted.value;
    close();
  };

  return {
    open,
    view({ chat: { conversation }, words: { t } }) {
      if (sent !== null && conversation?.timeline.chunks.some((items) => items.some(({ type, key }) => type === 'form' && key === sent))) {
        sent = null;
        void draft.clear();
      }
      if (!wanted || !conversation || conversation.id !== conversationId || conversation.status === 'closed') return nothing;
      const button = (label: string, onClick: () => void, look = 'quiet small'): TemplateResult => html`<button class="button ${look}" part="button" type="button" @click=${onClick}>${label}</button>`;
      const again = wanted;
      const inside = form
        ? form.template()
        : trouble ? html`<p class="notice bad" part="notice" role="alert">${t('askedBroken')}</p>` : html`<p role="status">${t('connecting')}</p>`;
      return html`
        <section class="asked" part="asked-form" aria-label=${form?.title ?? t('formAnswers')}>
          ${inside}
          <div class="asked-foot">${button(t('askedClose'), close)}${trouble ? button(t('retry'), () => void open({ ...again })) : nothing}${form?.ready ? button(t('askedSend'), send, 'small') : nothing}</div>
        </section>`;
    },
    setLang() {
      const { tag, formT } = words();
      form?.setLang(tag, formT);
    },
    forget() {
      wanted = form = sent = null;
    },
  };
}
