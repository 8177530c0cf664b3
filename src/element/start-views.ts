/** The views before a conversation: welcome, consent, questions. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { errorKey } from '../i18n/error-key.js';
import type { StartKey } from '../i18n/start/en.js';
import { lockIcon } from '../ui/icons.js';
import { avatar } from '../ui/transcript-items.js';
import { shownText } from './consents.js';
import type { StartContext } from './start-context.js';
import { toLocal } from './words.js';

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
      ${when ? html`<p class="more">${when}${zone !== widget.timeZone ? html` (${t('opensAtZone')})` : nothing}</p>` : nothing}
      ${online ? nothing : html`<p class="more">${t('offlineNote')}</p>`}
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

const privacyLine = ({ words: { t }, widget }: StartContext): TemplateResult => html`
  <p class="privacy"><span>${t('privacyNote')}</span>${widget.privacyUrl && /^https?:|^\//.test(widget.privacyUrl)
    ? html`<a part="link" href=${widget.privacyUrl} target="_blank" rel="noopener noreferrer">${t('privacy')}</a>`
    : nothing}</p>`;

/** What only a start can be refused for. */
const startErrors: Readonly<Record<string, StartKey>> = {
  'form-version': 'errForm', 'form-unsupported': 'errForm', 'form-invalid': 'errInvalid', invalid: 'errInvalid', 'consent-required': 'errConsent',
};

/** What went wrong with the last try to start. */
const startProblem = ({ words: { t }, chat }: StartContext): TemplateResult => html`<div role="alert">${chat.startError && !chat.starting
  ? html`<p class="notice bad" part="notice">${t(startErrors[chat.startError] ?? errorKey(chat.startError))}</p>`
  : nothing}</div>`;

const startButton = ({ words: { t }, chat }: StartContext, label: string, onClick: () => void): TemplateResult => html`
  <button class="button" part="button" type="button" aria-disabled=${chat.starting ? 'true' : 'false'} @click=${() => chat.starting || onClick()}>${chat.starting ? t('starting') : label}</button>`;

/** Who is there and when; `composer` stands in for the button where nothing has to be asked first. */
export const welcomeView = (context: StartContext, composer: TemplateResult | null): TemplateResult => {
  const { words: { t, tag }, widget, intents } = context;
  return html`
    <div class="page welcome" part="welcome" tabindex="-1">
      <div class="hero"><h3 tabindex="-1" class="view-title">${t('hello')}</h3><p class="lead" dir="auto">${toLocal(widget.welcome, tag) || t('intro')}</p></div>
      ${availabilityCard(context)}${departmentChoice(context)}
      <div class="spring"></div>
      ${privacyLine(context)}
    </div>
    ${startProblem(context)}
    ${composer ?? html`<div class="foot">${startButton(context, t('startChat'), intents.begin)}</div>`}`;
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
    ${startProblem(context)}
    <div class="foot">
      <button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button>
      ${startButton(context, widget.preChat ? t('continue') : t('startChat'), intents.consent)}
    </div>`;
};

/** The questions before the chat; a form that cannot be shown does not stand between a patient and the clinic. */
export const preChatView = (context: StartContext): TemplateResult => {
  const { words: { t }, state, intents } = context;
  const broken = state.formError !== null && state.formError !== 'chunk-failed';
  return html`
    <div class="page" part="pre-chat">
      <h3 tabindex="-1" class="view-title" dir="auto">${state.form?.title ?? t('formTitle')}</h3>
      <p class="privacy">${lockIcon}<span>${t('privacyNote')}</span></p>
      ${state.form
        ? state.form.template()
        : state.formError === 'chunk-failed'
          ? html`<div role="alert"><p class="notice bad" part="notice"><span>${t('errChunk')}</span><button class="button quiet small" part="button" type="button" @click=${intents.retryForm}>${t('retry')}</button></p></div>`
          : broken
            ? html`<p class="notice" part="notice">${t('formBroken')}</p>`
            : html`<div class="state-view"><span class="spinner" part="spinner"></span></div>`}
    </div>
    ${startProblem(context)}
    <div class="foot">
      <button class="button quiet" part="button" type="button" @click=${intents.back}>${t('back')}</button>
      ${state.form || broken ? startButton(context, t('startChat'), intents.submitForm) : nothing}
    </div>`;
};
