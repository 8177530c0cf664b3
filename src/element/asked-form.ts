/**
 * A form that a button of a bot has opened: asked within the conversation, one question at a time, between what was said and the field, so that both stay in
 * sight, and so does the way to a person. Half-given answers are kept as those before a chat are, and the form comes back with them after a reload; what is
 * sent goes the way of every message. What cannot be sent is said so, and stays to be read. The rating of an ended conversation is the same as a form.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ConversationSnapshot } from '../core/snapshots.js';
import type { FormView } from '../form-view/view-core.js';
import type { FormAnsweredBody } from '../protocol/types.js';
import type { WantedForm } from './chat-core.js';
import { createFormDraft } from './form-draft.js';
import type { PanelContext } from './panel-context.js';
import type { OfflineHost, StartHost, StartWords } from './start-context.js';
import { noteTurns, withTurns, type Passed, type Turns } from './turns.js';

export interface AskedForm {
  open(wanted: WantedForm): Promise<void>;
  /** After a reload: opens what was open and half answered in this conversation. */
  resume(): Promise<void>;
  view(context: Omit<PanelContext, 'words'> & { readonly words: StartWords }): TemplateResult | typeof nothing;
  setLang(): void;
  forget(): void;
}

type Said = FormAnsweredBody['answers'];

/** What is kept of it. */
interface KeptForm extends WantedForm {
  readonly conversation: string | undefined;
  readonly draft: object;
  readonly turns?: Turns;
  /** Put away with answers in it. */
  readonly closed?: boolean;
  /** On its way, with what it says; until it is in the log it is kept. */
  readonly sent?: { readonly key: string; readonly said: Said };
}

/** Answers that cannot be sent as such, and why. */
interface Left {
  readonly why: 'askedAnswered' | 'askedGone' | 'askedEnded';
  readonly title: string;
  readonly said: Said;
}

/** How it is opened, where no button was pressed. `problem`: why the server did not take it. */
interface Reopened {
  readonly problem?: string | null;
  readonly title?: string;
  readonly said?: Said;
}

export interface AskedFormHost extends Pick<StartHost, 'host' | 'session' | 'words' | 'requestUpdate' | 'focusLater'>, Pick<OfflineHost, 'makeView'> {
  /** A form of the widget; undefined where there is none, null where it cannot be had now: the page was told. */
  loadForm(id: string): Promise<unknown>;
}

/** Whether something was chosen already where it can be only once. */
function isAnswered({ timeline }: ConversationSnapshot, { target, buttonId }: NonNullable<WantedForm['asked']>): boolean {
  const items = timeline.chunks.flat();
  const parts = items.flatMap((item) => (item.type === 'message' && item.seq === target ? item.parts ?? [] : []));
  const ids = parts.flatMap((part) => ('buttons' in part && part.mode === 'once' ? [part.buttons.map(({ id }) => id)] : [])).find((some) => some.includes(buttonId));
  if (!ids) return false;
  return items.some((item) => {
    const chosen = item.type === 'action' ? item : item.type === 'form' ? item.body.asked : undefined;
    return chosen?.target === target && ids.includes(chosen.buttonId);
  });
}

/** Where the focus goes: to the first question, or to a form's title. */
const firstOf = ({ asked }: WantedForm): string => (asked ? '.ask-now, .ask-review h4' : '.asked-title, .asked input');
/** And where it goes on. */
const field = '.composer-field, .foot .view-title';

/** Asks nothing before it is opened. */
export function createAskedForm({ host: { widget }, session, words, requestUpdate, focusLater, loadForm, makeView }: AskedFormHost): AskedForm {
  const { client, ports } = session;
  const draft = createFormDraft(ports, widget, 'asked-form');
  let wanted: WantedForm | null = null;
  let how: Reopened | undefined;
  let form: FormView | null = null;
  /** Something was answered. */
  let touched = false;
  let turns: Turns = {};
  let trouble = false;
  let conversationId: string | undefined;
  /** Answers on their way. */
  let sent: (WantedForm & NonNullable<KeptForm['sent']> & { readonly title: string }) | null = null;
  let left: Left | null = null;

  const titleOf = (): string => form?.title ?? words().t('formAnswers');
  const said = (): Said => (touched ? form?.toFormAnswers().filter(({ answers }) => answers.length > 0) : undefined) ?? [];
  const keep = (next: WantedForm, answers: object, more: Pick<KeptForm, 'closed' | 'sent'> = {}): void =>
    draft.write({ form: next.form, asked: next.asked, conversation: conversationId, draft: answers, turns, ...more } satisfies KeptForm);
  const close = (): void => {
    if (wanted && form && touched) keep(wanted, form.toDraft(), { closed: true });
    wanted = form = null;
    trouble = false;
    focusLater(field);
  };
  const leave = (next: Left): void => {
    left = next;
    wanted = form = null;
  };
  const dismiss = (): void => {
    // What an ended chat was not given any more, the next one may ask for.
    if (left?.why !== 'askedEnded') void draft.clear();
    left = null;
    focusLater(field);
  };
  const open = async (next: WantedForm, reopened?: Reopened): Promise<void> => {
    if (form && wanted?.form === next.form && wanted.asked?.target === next.asked?.target) return focusLater(firstOf(next));
    wanted = next;
    how = reopened;
    form = left = null;
    trouble = touched = false;
    conversationId = client.snapshot.value.conversation?.id;
    requestUpdate();
    try {
      const [questionnaire, kept] = await Promise.all([loadForm(next.form), draft.read() as Promise<KeptForm | null | undefined>]);
      let noted: Turns = kept?.form === next.form ? kept.turns ?? {} : {};
      const made = questionnaire ? await makeView(questionnaire, next.asked ? 'in-chat' : 'rating', (changed) => {
        touched = true;
        // Asked one by one: what it keeps also knows what was passed.
        if (next.asked) turns = noted = noteTurns(noted, changed as unknown as Passed, ports.clock.now(), false);
        keep(next, changed);
      }) : null;
      if (wanted !== next) return;
      turns = noted;
      if (made?.ok) {
        form = made.value;
        // Of another version by now, it takes up what fits all the same.
        if (kept?.form === next.form) touched = form.restore({ ...kept.draft, form: form.session.form.name });
      } else if (questionnaire === undefined && reopened?.said) leave({ why: 'askedGone', title: reopened.title ?? titleOf(), said: reopened.said });
      else {
        trouble = true;
        if (made) session.fail(made.error.code);
      }
    } catch {
      if (wanted !== next) return;
      trouble = true;
      session.fail('chunk-failed');
    }
    // Nobody has pressed anything: the focus stays where it is.
    if (reopened) requestUpdate();
    else focusLater(trouble ? '.asked .button' : firstOf(next));
  };
  const send = (): void => {
    const body = form?.submit();
    if (!body || !wanted || !form) return;
    const { title = words().t('formAnswers') } = body.form;
    const submitted = client.submitForm({ ...body, answers: withTurns(body.answers, form.session.snapshot.value.items, turns).map(({ answer }) => answer), form: { ...body.form, title }, ...(wanted.asked && { asked: wanted.asked }) });
    if (!submitted.ok) return session.fail(submitted.error.code);
    const onItsWay = { key: submitted.value, said: said() };
    sent = { ...wanted, ...onItsWay, title };
    keep(wanted, form.toDraft(), { sent: onItsWay });
    wanted = form = null;
    focusLater(field);
  };
  const asText = ({ title, said: all }: Left): string => [title, ...all.map(({ question, answers }) => `${question}${/[?:؟]$/.test(question) ? '' : ':'} ${answers.join(', ')}`)].join('\n');
  const sendAsText = (text: string): void => {
    session.send(text).then((done) => {
      if (done) dismiss();
    }, (error: unknown) => session.fail((error as { code?: Parameters<typeof session.fail>[0] }).code ?? 'internal'));
  };
  /** What has become of what was sent, and of what can be sent no more. */
  const settle = (conversation: ConversationSnapshot): void => {
    const item = sent && conversation.timeline.chunks.flat().find(({ key }) => key === sent!.key);
    if (sent && item?.type === 'form') {
      sent = null;
      void draft.clear();
    } else if (sent && item?.type === 'message' && item.state === 'failed') {
      const { form: id, asked, key, said: all, title } = sent;
      sent = null;
      void client.discard(key);
      if (item.error === 'conflict') leave({ why: 'askedAnswered', title, said: all });
      else if (conversation.status === 'closed' && asked) leave({ why: 'askedEnded', title, said: all });
      else void open({ form: id, asked }, { problem: item.error, title, said: all });
    }
    if (!wanted?.asked || !form || conversation.id !== conversationId) return;
    const why = conversation.status === 'closed' ? 'askedEnded' : isAnswered(conversation, wanted.asked) ? 'askedAnswered' : null;
    if (!why) return;
    // An ended chat takes away what nobody has begun to answer, and need not say so.
    if (why === 'askedAnswered' || touched) leave({ why, title: titleOf(), said: said() });
    else wanted = form = null;
  };
  const button = (label: string, onClick: () => void, look = 'quiet small'): TemplateResult => html`<button class="button ${look}" part="button" type="button" @click=${onClick}>${label}</button>`;
  const heading = (title: string | null | undefined): TemplateResult | typeof nothing => (title ? html`<h3 class="asked-title" tabindex="-1" dir="auto">${title}</h3>` : nothing);

  return {
    open,
    async resume() {
      const kept = (await draft.read()) as KeptForm | null | undefined;
      const { conversation } = client.snapshot.value;
      if (!kept || kept.closed || wanted || sent || !conversation || kept.conversation !== conversation.id) return;
      if (!kept.sent) return open(kept, {});
      sent = { form: kept.form, asked: kept.asked, ...kept.sent, title: words().t('formAnswers') };
      conversationId = conversation.id;
      requestUpdate();
    },
    view({ chat: { conversation, textChars }, words: { t }, problem }) {
      if (!conversation) return nothing;
      settle(conversation);
      if (conversation.id !== conversationId) return nothing;
      if (left) {
        const now = left;
        const text = asText(now);
        const canSay = now.said.length > 0 && conversation.status !== 'closed' && text.length <= textChars;
        return html`
          <section class="asked" part="asked-form" aria-label=${now.title}>
            <p class="notice bad" part="notice" role="alert">${t(now.why)}</p>${heading(now.title)}
            <dl class="receipt">${now.said.map(({ question, answers }) => html`<div><dt dir="auto">${question}</dt>${answers.map((answer) => html`<dd dir="auto">${answer}</dd>`)}</div>`)}</dl>
            <div class="asked-foot">${button(t('askedDone'), dismiss)}${canSay ? button(t('askedAsText'), () => sendAsText(text), 'small') : nothing}</div>
          </section>`;
      }
      // Offered again only where it was not taken.
      if (sent && !sent.asked) return html`<i class="asked-way" hidden></i>`;
      if (!wanted || (wanted.asked && conversation.status === 'closed')) return nothing;
      const [again, before, code] = [wanted, how, how?.problem];
      const why = code === undefined ? null : code === 'form-version' ? t('errForm') : code === 'invalid' ? t('errInvalid') : problem(code);
      const inside = form
        ? html`${why === null ? nothing : html`<p class="notice bad" part="notice" role="alert">${why}</p>`}${form.template()}`
        : trouble ? html`<p class="notice bad" part="notice" role="alert">${t('askedBroken')}</p>` : html`<p role="status">${t('connecting')}</p>`;
      return html`
        <section class="asked" part="asked-form" aria-label=${form?.title ?? t('formAnswers')}>
          ${heading(form?.title)}${inside}
          <div class="asked-foot">${button(t('askedClose'), close)}${trouble ? button(t('retry'), () => void open({ ...again }, before)) : nothing}${form?.ready ? button(t('askedSend'), send, 'small') : nothing}</div>
        </section>`;
    },
    setLang() {
      const { tag, formT } = words();
      form?.setLang(tag, formT);
    },
    forget() {
      wanted = form = sent = left = null;
    },
  };
}
