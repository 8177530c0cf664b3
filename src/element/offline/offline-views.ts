/** A message that is left: its form, and what became of it. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormView } from '../../form-view/view-core.js';
import { lockIcon } from '../../ui/lock-icon.js';
import type { StartContext } from '../start-context.js';
import { startProblemText } from '../start-views.js';
import type { MessageBox } from './message-box.js';

export interface OfflineLook {
  readonly form: FormView | null;
  /** The form could not be loaded or understood. */
  readonly formError: string | null;
  readonly box: Pick<MessageBox, 'state' | 'receipt' | 'error'>;
}

export interface OfflineIntents {
  submit(): void;
  retryForm(): void;
  tryNow(): void;
  back(): void;
  /** To the welcome, ready for whatever comes next. */
  done(): void;
}

const formView = ({ form, formError, box }: OfflineLook, context: StartContext, intents: OfflineIntents): TemplateResult => {
  const { words: { t }, problem } = context;
  return html`
    <div class="page" part="offline">
      <h3 tabindex="-1" class="view-title" dir="auto">${form?.title ?? t('leaveMessage')}</h3>
      <p class="privacy">${lockIcon}<span>${t('privacyNote')}</span></p>
      ${form
        ? form.template()
        : formError === null
          ? html`<div class="state-view"><span class="spinner" part="spinner"></span><p role="status">${t('connecting')}</p></div>`
          : html`<div role="alert"><p class="notice bad" part="notice"><span>${formError === 'chunk-failed' ? problem(formError) : t('leaveBroken')}</span>${
            formError === 'chunk-failed' ? html`<button class="button quiet small" part="button" type="button" @click=${intents.retryForm}>${t('retry')}</button>` : nothing}</p></div>`}
    </div>
    <div role="alert">${box.state === 'refused' ? html`<p class="notice bad" part="notice">${startProblemText(context, box.error ?? 'internal')}</p>` : nothing}</div>${context.redFlag}
    <div class="foot">
      <button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button>
      ${form?.ready ? html`<button class="button" part="button" type="button" @click=${intents.submit}>${t('leaveSend')}</button>` : nothing}
    </div>`;
};

/** In the visitor's own zone, which is named. */
const moment = (atMs: number, tag: string): string =>
  new Intl.DateTimeFormat(tag, { weekday: 'long', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(atMs);

const sentView = ({ receipt }: OfflineLook['box'], { words: { t, tag } }: StartContext): TemplateResult => html`
  <h3 tabindex="-1" class="view-title">${t('leaveSent')}</h3>
  <dl class="card receipt">
    <div><dt>${t('leaveReference')}</dt><dd><bdi dir="ltr">${receipt!.reference}</bdi></dd></div>
    ${receipt!.promisedAt === undefined ? nothing : html`<div><dt>${t('leavePromise')}</dt><dd>${moment(receipt!.promisedAt, tag)}</dd></div>`}
  </dl>
  <p>${t('leaveNote')}</p>`;

const pendingView = ({ state, error }: OfflineLook['box'], { words: { t }, problem }: StartContext): TemplateResult => html`
  <h3 tabindex="-1" class="view-title">${t(state === 'sending' ? 'leaveSending' : 'leaveWaiting')}</h3>
  ${state === 'sending' ? html`<div class="state-view"><span class="spinner" part="spinner"></span></div>` : html`<p>${problem(error)}</p>`}
  <p>${t('leaveKept')}</p>`;

/** The form, until it is on its way; then what becomes of it, which is spoken as it changes. */
export function offlineView(look: OfflineLook, context: StartContext, intents: OfflineIntents): TemplateResult {
  const { words: { t }, fallback } = context;
  const { box } = look;
  if (box.state === 'empty' || box.state === 'refused') return formView(look, context, intents);
  return html`
    <div class="page" part="offline" role="status">${box.state === 'sent' ? sentView(box, context) : pendingView(box, context)}</div>
    ${box.state === 'sent' || fallback === nothing ? nothing : html`<div class="start-fallback">${fallback}</div>`}${context.redFlag}
    <div class="foot">${box.state === 'sent'
      ? html`<button class="button quiet" part="button" type="button" @click=${intents.done}>${t('leaveDone')}</button>`
      : box.state === 'waiting' ? html`<button class="button" part="button" type="button" @click=${intents.tryNow}>${t('tryNow')}</button>` : nothing}</div>`;
}
