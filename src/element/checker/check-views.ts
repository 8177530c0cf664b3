/** The symptom checker on the screen: what it is, its questions, what it came to. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormView } from '../../form-view/view-core.js';
import type { CheckerKey } from '../../i18n/checker/en.js';
import type { Translate } from '../../i18n/translate.js';
import type { Availability, EmergencyLine, FormAnswer } from '../../protocol/types.js';
import type { Outcome } from '../../triage/evaluate.js';
import type { Pack, Person } from '../../triage/pack.js';
import { warnIcon } from '../../ui/icons.js';
import { lockIcon } from '../../ui/lock-icon.js';
import { toLocal, type Words } from '../words.js';
import type { Refusal } from './check-host.js';

export type CheckTranslate = Translate<CheckerKey>;

export interface CheckIntents {
  choose(id: string): void;
  retry(): void;
  useEnglish(): void;
  begin(): void;
  seeResult(): void;
  change(): void;
  again(): void;
  send(): void;
  show(): void;
  /** Takes the check away and forgets it. */
  close(): void;
  /** Takes it off the screen; an emergency stays as a line. */
  toChat(): void;
}

/** What the views are a function of. */
export interface CheckContext {
  readonly t: CheckTranslate;
  readonly words: Words;
  /** The language of the content, which may be another than the panel's. */
  readonly lang: string;
  readonly intents: CheckIntents;
}

/** What is said of a line, as a link that dials it. */
export interface NumberLink {
  readonly kind: EmergencyLine['kind'];
  readonly href: string;
  readonly text: string;
}

/** A result as it is shown. */
export interface Shown {
  readonly outcome: Outcome;
  readonly title: string;
  readonly messages: readonly string[];
  /** The questions that led to it, as shown. */
  readonly why: readonly FormAnswer[];
  readonly numbers: readonly NumberLink[];
  readonly sent: boolean;
  readonly isReached: boolean;
  readonly availability: Availability | null;
  readonly clinicName: string;
}

const button = (label: string, onClick: () => void, look = ''): TemplateResult => html`<button class="button ${look}" part="button" type="button" @click=${onClick}>${label}</button>`;
const title = (text: string, lang?: string): TemplateResult => html`<h3 class="view-title" tabindex="-1" dir="auto" lang=${lang ?? nothing}>${text}</h3>`;

const dayOf = (day: string, tag: string): string => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
/** A sentence about a person, whose name and role keep their own direction in it. */
const about = (sentence: (who: string) => string, { name, role }: Person): TemplateResult => {
  const [before, after] = sentence('\0').split('\0');
  return html`${before}<bdi>${[name, role].filter(Boolean).join(', ')}</bdi>${after}`;
};

const numberLinks = (numbers: readonly NumberLink[], look: string): TemplateResult => html`
  <p class="check-numbers">${numbers.map(({ href, text }, index) => html`<a class="button ${index === 0 ? look : 'quiet'}" part="button" href=${href}>${text}</a>`)}</p>`;

/** On every screen of a check that nobody may rely on. */
export const cautions = ({ t, lang }: CheckContext, { status, translations }: Pack): TemplateResult => {
  const provenance = translations.get(lang.toLowerCase()) ?? translations.get(lang.toLowerCase().split('-')[0]!);
  return html`${status === 'draft' ? html`<p class="notice bad" part="notice">${warnIcon}<span>${t('notApproved')}</span></p>` : nothing}
    ${provenance?.by === 'machine' && !provenance.reviewed ? html`<p class="notice" part="notice">${warnIcon}<span>${t('machineNote')}</span></p>` : nothing}`;
};

/** First and last screen: what this is, who stands for it and until when. */
const provenance = ({ t, words: { tag } }: CheckContext, { approver, author, version, expires, sources }: Pack): TemplateResult => html`
  <div class="card check-about" part="checker-about">
    <p><b>${t('notDiagnosis')}</b></p>
    <p>${about((who) => t(approver ? 'approvedBy' : 'writtenBy', { who, when: dayOf((approver ?? author).on, tag) }), approver ?? author)}<br>
      ${t('checkVersion', { version, when: dayOf(expires, tag) })}</p>
    ${sources.length === 0 ? nothing : html`<details><summary>${t('sources')}</summary><ul>${sources.map((source) => html`<li dir="auto" lang="en">${source.url ? html`<a part="link" href=${source.url} target="_blank" rel="noopener noreferrer">${source.title}</a>` : source.title}</li>`)}</ul></details>`}
  </div>`;

export const chooseView = ({ t, words: { tag }, intents }: CheckContext, checkers: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[]): TemplateResult => html`
  <div class="page">${title(t('checkChoose'))}<div class="ask-taps">${checkers.map(({ id, name }) => button(toLocal(name, tag), () => intents.choose(id), 'quiet'))}</div></div>
  <div class="foot">${button(t('closeCheck'), intents.close, 'quiet')}</div>`;

export const loadingView = ({ words }: CheckContext): TemplateResult => html`
  <div class="state-view" part="state-view"><span class="spinner" part="spinner"></span><p role="status">${words.t('connecting')}</p></div>`;

/** A check that is not to be had, or not to be used: with the numbers instead. */
export const troubleView = ({ t, intents }: CheckContext, trouble: Refusal | 'notLoaded', numbers: readonly NumberLink[]): TemplateResult => html`
  <div class="page" part="checker">
    ${title(t(trouble))}
    <p>${t('ifUrgent')}</p>${numberLinks(numbers, 'danger')}<slot></slot>
  </div>
  <div class="foot">
    ${trouble === 'notLoaded' ? button(t('loadAgain'), intents.retry) : trouble === 'unreviewed' ? button(t('useEnglish'), intents.useEnglish) : nothing}
    ${button(t('closeCheck'), intents.close, 'quiet')}
  </div>`;

export const introView = (context: CheckContext, pack: Pack): TemplateResult => {
  const { t, lang, intents } = context;
  return html`
    <div class="page" part="checker">
      ${title(toLocal(pack.title, lang), lang)}
      ${cautions(context, pack)}${provenance(context, pack)}
      <p>${t('anyTime')}</p>
      <p class="privacy">${lockIcon}<span>${t('staysHere')}</span></p>
    </div>
    <div class="foot">${button(t('closeCheck'), intents.close, 'quiet')}${button(t('begin'), intents.begin)}</div>`;
};

/** `isRenewed`: the content is a newer one than the person began with. */
export const askView = (context: CheckContext, pack: Pack, view: FormView, isRenewed: boolean): TemplateResult => {
  const { t, lang, intents } = context;
  return html`
    <div class="page" part="checker">
      ${title(toLocal(pack.title, lang), lang)}${cautions(context, pack)}
      ${view.template()}
    </div>
    ${isRenewed ? html`<p class="notice" part="notice">${t('renewed')}</p>` : nothing}
    <div class="foot">${button(t('closeCheck'), intents.close, 'quiet')}${view.ready ? button(t('seeResult'), intents.seeResult) : nothing}</div>`;
};

const whyCard = ({ t, lang }: CheckContext, { outcome, why }: Shown): TemplateResult => html`
  <details class="card check-why" part="checker-why" ?open=${outcome.stops}>
    <summary>${t('why')}</summary>
    ${why.length === 0 ? html`<p>${t('whyNothing')}</p>` : html`<dl>${why.map(({ question, answers }) => html`
      <div lang=${lang}><dt dir="auto">${question}</dt>${answers.length > 0 ? answers.map((answer) => html`<dd dir="auto">${answer}</dd>`) : html`<dd>${t('unanswered')}</dd>`}</div>`)}</dl>`}
    <p class="lead">${t('rule', { rule: outcome.rule })}</p>
  </details>`;

/** Who is there to read it, said before anything is sent. */
const presence = ({ t, words: { formats } }: CheckContext, { availability, isReached, clinicName }: Shown): TemplateResult => {
  if (!isReached) return html`<p class="notice" part="notice">${warnIcon}<span>${t('notReached')}</span></p><slot></slot>`;
  if (availability?.state !== 'offline') return html`<p class="privacy">${lockIcon}<span>${t('sendTo', { clinic: clinicName })}</span></p>`;
  const { opensAt } = availability;
  return html`<p class="notice" part="notice">${warnIcon}<span>${t('nobodyNow')} ${opensAt === undefined ? nothing : t('nobodyBack', { when: formats.moment(opensAt) })} ${t('nobodySend')}</span></p><slot></slot>`;
};

export const resultView = (context: CheckContext, pack: Pack, shown: Shown): TemplateResult => {
  const { t, lang, intents } = context;
  const { outcome, messages, numbers, sent } = shown;
  return html`
    <div class="page check-result" part="checker-result">
      ${cautions(context, pack)}
      <div class="card check-outcome ${outcome.stops ? 'stops' : ''}" part="checker-outcome">
        ${title(shown.title, lang)}
        ${outcome.panel ? numberLinks(numbers, outcome.stops ? 'danger' : '') : nothing}
        ${messages.map((message) => html`<p dir="auto" lang=${lang}>${message}</p>`)}
      </div>
      ${whyCard(context, shown)}
      ${sent ? html`<p class="notice" part="notice" role="status">${t('answersSent')}</p>` : html`<div class="check-send">${presence(context, shown)}${button(t('sendAnswers'), intents.send)}</div>`}
      <div class="check-more">
        ${sent ? button(t('toChat'), intents.toChat, 'small') : button(t('changeAnswers'), intents.change, 'quiet small')}
        ${button(t('startAgain'), intents.again, 'quiet small')}${button(t('closeCheck'), intents.close, 'quiet small')}
      </div>
      ${provenance(context, pack)}
    </div>`;
};

/** What stays of a result while something else has the panel: an emergency is covered by nothing. The numbers stand right above it. */
export const barView = ({ t, lang, intents }: CheckContext, { outcome, title: said, sent }: Shown): TemplateResult => html`
  <div class="check-bar ${outcome.stops ? 'stops' : ''}" part="checker-bar" role="region" aria-label=${t('result')}>
    <p>${outcome.stops ? html`<b dir="auto" lang=${lang}>${said}</b>` : t(sent ? 'answersSent' : 'toSend')}</p>
    ${button(t('showResult'), intents.show, 'quiet small')}
  </div>`;
