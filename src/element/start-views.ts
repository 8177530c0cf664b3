/** The views before a conversation: welcome, consent, questions. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ChatSnapshot } from '../core/snapshots.js';
import type { FormView } from '../form-view/view-core.js';
import type { StartKey } from '../i18n/start/en.js';
import { lockIcon } from '../ui/lock-icon.js';
import { avatar } from '../ui/transcript-items.js';
import { shownText } from './consents.js';
import { notDurable } from './conversation-view.js';
import type { Widget } from '../protocol/types.js';
import type { StartContext } from './start-context.js';
import { toLocal } from './words.js';

/** What the clinic asks before a chat with the department that is wanted. */
export const questionsOf = ({ departments, preChat }: Widget, departmentId: string | undefined): Widget['preChat'] =>
  departments.find(({ id }) => id === (departmentId ?? departments[0]?.id))?.preChat ?? preChat;

/** Whether somebody can answer now, in the department that is wanted. */
export const isThere = ({ availability }: ChatSnapshot, departmentId: string | undefined): boolean =>
  availability?.state === 'online' && availability.departments.find(({ id }) => id === departmentId)?.state !== 'offline';

const availabilityCard = ({ words: { t, formats, tag }, chat: { availability }, widget }: StartContext): TemplateResult | typeof nothing => {
  if (!availability) return nothing;
  const online = availability.state === 'online';
  const { agents } = availability;
  const opensAt = availability.opensAt;
  const closes = availability.departments.flatMap(({ closesAt }) => (closesAt === undefined ? [] : [closesAt]));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = new Intl.ListFormat(tag, { type: 'conjunction' }).format(agents.slice(0, 3).map(({ name, title }) => [name, title].filter(Boolean).join(', ')));
  const when = online && closes.length > 0 ? t('openUntil', { when: formats.moment(Math.max(...closes)) }) : !online && opensAt !== undefined ? t('opensAt', { when: formats.moment(opensAt) }) : '';
  return html`
    <div class="card availability" part="availability">
      <p class="now"><span class="dot ${online ? 'on' : ''}" aria-hidden="true"></span>${online ? t('hereNow') : t('offline')}</p>
      ${online && agents.length > 0 ? html`<span class="faces" aria-hidden="true">${agents.slice(0, 3).map((agent) => avatar(agent, t))}</span>` : nothing}
      ${online && names ? html`<p class="more">${t('agents', { names })}</p>` : nothing}
      ${when ? html`<p class="more">${when}${zone !== widget.timeZone ? ` (${t('opensAtZone')})` : ''}</p>` : nothing}
      ${online ? nothing : html`<p class="more">${t(widget.offline ? 'offlineChoice' : 'offlineNote')}</p>`}
    </div>`;
};

const departmentChoice = ({ words: { t, tag }, chat, widget, state, intents }: StartContext): TemplateResult | typeof nothing => {
  if (widget.departments.length < 2) return nothing;
  const chosen = state.departmentId ?? widget.departments[0]?.id;
  // Where nobody is there at all, the card above says so once.
  const stateOf = (id: string): string => (chat.availability?.state === 'online' && chat.availability?.departments.find((department) => department.id === id)?.state === 'offline' ? t('offline') : '');
  return html`
    <fieldset class="choices">
      <legend>${t('department')}</legend>
      ${widget.departments.map(({ id, name }) => html`
        <label class="choice"><input type="radio" name="care-department" .checked=${chosen === id} @change=${() => intents.chooseDepartment(id)}>
          <span dir="auto">${toLocal(name, tag)}</span>${stateOf(id) ? html`<small>${stateOf(id)}</small>` : nothing}</label>`)}
    </fieldset>`;
};

/** The way into a symptom check, which needs nobody at the desk. */
const checkerButton = ({ words: { t }, widget, intents }: StartContext): TemplateResult | typeof nothing =>
  widget.checkers?.length ? html`<button class="button quiet open-check" part="button checker-open" type="button" @click=${intents.openChecker}>${t('checkSymptoms')}</button>` : nothing;

const privacyLine = ({ words: { t }, widget }: StartContext): TemplateResult => html`
  <p class="privacy"><span>${t('privacyNote')}</span>${widget.privacyUrl && /^https?:|^\//.test(widget.privacyUrl)
    ? html`<a part="link" href=${widget.privacyUrl} target="_blank" rel="noopener noreferrer">${t('privacy')}</a>`
    : nothing}</p>`;

/** What only a start can be refused for. */
const startErrors: Readonly<Record<string, StartKey>> = {
  'form-version': 'errForm', 'form-unsupported': 'errForm', 'form-invalid': 'errInvalid', invalid: 'errInvalid', 'consent-required': 'errConsent',
};

/** Why it did not go, in words. */
export const startProblemText = ({ words: { t }, problem }: StartContext, code: string): string => {
  const own = startErrors[code];
  return own ? t(own) : problem(code);
};

/** What went wrong with the last try to start, or to open the symptom checker. */
const startProblem = (context: StartContext): TemplateResult => {
  const { chat, state, fallback, redFlag, problem } = context;
  // What watches over trouble (`later.ts`, of which `redFlag` tells) may not have come, nor ever come: the other ways show after a while all the same.
  const others = fallback === nothing && chat.starting && redFlag === undefined ? html`<i class="loading"></i><slot></slot>` : fallback;
  return html`<div role="alert">${chat.startError && !chat.starting ? html`<p class="notice bad" part="notice">${startProblemText(context, chat.startError)}</p>` : state.checkFailed ? html`<p class="notice bad" part="notice">${problem('chunk-failed')}</p>` : nothing}</div>
    ${others === nothing ? nothing : html`<div class="start-fallback">${others}</div>`}`;
};

/** What is typed here may not survive that the page is left. */
const keeps = (context: StartContext): TemplateResult => html`<div role="status">${context.chat.durable ? nothing : notDurable(context)}</div>`;

const isStarting = ({ chat, state }: StartContext): boolean => chat.starting !== null || state.looking;

const startButton = (context: StartContext, label: string, onClick: () => void, look = ''): TemplateResult => html`
  <button class="button ${look}" part="button" type="button" aria-disabled=${isStarting(context) ? 'true' : 'false'} @click=${() => isStarting(context) || onClick()}>${isStarting(context) ? context.words.t('starting') : label}</button>`;

/** Who is there and when; `composer` stands in for the button where nothing has to be asked first. */
export const welcomeView = (context: StartContext, composer: TemplateResult | null): TemplateResult => {
  const { words: { t, tag }, chat, widget, state, intents } = context;
  const canLeave = widget.offline && !isThere(chat, state.departmentId ?? widget.departments[0]?.id);
  // With nobody there it is what most want, and stands where the chat begins.
  const leave = (look = ''): TemplateResult => html`<button class="button ${look}" part="button" type="button" @click=${intents.leave}>${t('leaveMessage')}</button>`;
  return html`
    <div class="page welcome" part="welcome" tabindex="-1">
      <div class="hero"><h3 tabindex="-1" class="view-title">${t('hello')}</h3><p class="lead" dir="auto">${toLocal(widget.welcome, tag) || t('intro')}</p></div>
      ${availabilityCard(context)}${composer ? checkerButton(context) : nothing}${departmentChoice(context)}
      ${canLeave && composer ? leave('quiet') : nothing}
      <div class="spring"></div>
      ${privacyLine(context)}
    </div>
    ${startProblem(context)}${composer ? keeps(context) : nothing}${context.redFlag}
    ${composer ?? html`<div class="foot">${checkerButton(context)}${startButton(context, t('startChat'), intents.begin, canLeave ? 'quiet' : '')}${canLeave ? leave() : nothing}</div>`}`;
};

/** The clinic's texts to agree to, each with a box that nobody has ticked for the visitor. */
export const consentView = (context: StartContext): TemplateResult => {
  const { words: { t, tag }, widget, state, intents, rich } = context;
  return html`
    <div class="page" part="consent">
      <h3 tabindex="-1" class="view-title">${t('consentTitle')}</h3>
      ${widget.consents.map((consent, i) => {
        const { purpose, required } = consent;
        const { source, node } = shownText(consent, tag, rich);
        const missing = state.consentMissing && required && !state.granted.has(purpose);
        return html`
          <div class="card">
            <div class="consent-text" dir="auto" tabindex="0" role="region" aria-label=${t('consentTitle')} id="care-consent-${i}">${node ?? source}</div>
            <label class="choice"><input type="checkbox" .checked=${state.granted.has(purpose)} aria-describedby="care-consent-${i} care-consent-${i}-error" aria-invalid=${missing ? 'true' : nothing}
              @change=${(event: Event) => intents.grant(purpose, (event.target as HTMLInputElement).checked)}>
              <span>${t('consentAgree')}</span><small>${required ? t('consentRequired') : t('consentOptional')}</small></label>
            <p class="form-error" id="care-consent-${i}-error" role="alert">${missing ? html`<span class="notice bad">${t('consentMissing')}</span>` : nothing}</p>
          </div>`;
      })}
      ${privacyLine(context)}
    </div>
    ${startProblem(context)}${context.redFlag}
    <div class="foot">
      <button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button>
      ${startButton(context, questionsOf(widget, state.departmentId) || state.leaving ? t('continue') : t('startChat'), intents.consent)}
    </div>`;
};

/** What was answered before the last chat, to be looked at. */
const answeredBefore = ({ words: { t }, intents }: StartContext, form: FormView): TemplateResult => html`
  <p class="lead">${t('againNote')}</p>
  <dl class="receipt">${form.toFormAnswers().filter(({ answers }) => answers.length > 0).map(({ question, answers }) => html`<div><dt dir="auto">${question}</dt>${answers.map((answer) => html`<dd dir="auto">${answer}</dd>`)}</div>`)}</dl>
  <button class="button quiet" part="button" type="button" @click=${intents.changeAnswers}>${t('againChange')}</button>`;

/** The questions before the chat; a form that cannot be shown does not stand between a patient and the clinic. */
export const preChatView = (context: StartContext): TemplateResult => {
  const { words: { t }, widget, state, intents } = context;
  const broken = state.formError !== null && state.formError !== 'chunk-failed';
  return html`
    <div class="page" part="pre-chat">
      <h3 tabindex="-1" class="view-title" dir="auto">${state.form?.title ?? t('formTitle')}</h3>
      <p class="privacy">${lockIcon}<span>${t('privacyNote')}</span></p>
      ${state.form
        ? state.again ? answeredBefore(context, state.form) : state.form.template()
        : state.formError === 'chunk-failed'
          ? html`<div role="alert"><p class="notice bad" part="notice"><span>${context.problem('chunk-failed')}</span><button class="button quiet small" part="button" type="button" @click=${intents.retryForm}>${t('retry')}</button></p></div>`
          : broken
            ? html`<p class="notice" part="notice">${t('formBroken')}</p>`
            : html`<div class="state-view"><span class="spinner" part="spinner"></span><p role="status">${t('connecting')}</p></div>`}
    </div>
    ${startProblem(context)}${keeps(context)}
    <div role="status">${state.gone ? html`<p class="notice" part="notice"><span>${t('leaveGone')}</span><button class="button quiet small" part="button" type="button" @click=${intents.leave}>${t('leaveMessage')}</button></p>` : nothing}</div>${context.redFlag}
    <div class="foot">
      <button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button>
      ${widget.preChatSkippable && state.form ? html`<button class="button quiet" part="button" type="button" aria-disabled=${isStarting(context) ? 'true' : 'false'} @click=${() => isStarting(context) || intents.skipForm()}>${t('skip')}</button>` : nothing}
      ${state.form?.ready ?? broken ? startButton(context, t('startChat'), intents.submitForm) : nothing}
    </div>`;
};

/** A message is being left: the form comes with the chunk `offline`. */
export const offlineStep = (context: StartContext): TemplateResult => {
  const { words: { t }, offline, state, intents } = context;
  if (offline) return html`${offline.view(context)}${keeps(context)}`;
  const failed = state.formError === 'chunk-failed';
  return html`<div class="page"><h3 tabindex="-1" class="view-title">${t('leaveMessage')}</h3>${failed
    ? html`<p class="notice bad" part="notice" role="alert"><span>${context.problem('chunk-failed')}</span><button class="button quiet small" part="button" type="button" @click=${intents.retryForm}>${t('retry')}</button></p>`
    : html`<div class="state-view"><span class="spinner" part="spinner"></span><p role="status">${t('connecting')}</p></div>`}</div>
    <div class="foot"><button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button></div>`;
};
