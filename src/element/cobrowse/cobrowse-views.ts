/** What the patient sees of co-browsing: the question, the picture beforehand, the bar, and what was shown. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CobrowseKey } from '../../i18n/cobrowse/en.js';
import type { Ask, EndReason } from '../../cobrowse/session/machine.js';
import type { PauseReason } from '../../cobrowse/act/act-codec.js';
import type { PatientView, ShownPage } from '../../cobrowse/session/patient.js';
import type { CobrowseWords } from './words.js';

export interface CobrowseIntents {
  allow(): void;
  start(): void;
  decline(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  done(): void;
  toggleMore(): void;
  toggleHidden(): void;
  togglePicture(): void;
  follow(): void;
  dismissScroll(): void;
}

/** What is on the screen beside the state. */
export interface CobrowseLook {
  readonly more: boolean;
  readonly hidden: boolean;
  readonly picture: boolean;
  readonly scroll: 'up' | 'down' | null;
  readonly hasFrame: boolean;
}

export interface CobrowseContext {
  readonly words: CobrowseWords;
  readonly view: PatientView;
  readonly look: CobrowseLook;
  readonly name: string;
  readonly clinic: string;
  readonly now: number;
  readonly intents: CobrowseIntents;
  /** A value that is proposed. */
  readonly proposal: TemplateResult | typeof nothing;
}

const pauseWords: Readonly<Record<PauseReason, CobrowseKey>> = {
  patient: 'pausedPatient', hidden: 'pausedHidden', 'private-field': 'pausedPrivateField', 'private-page': 'pausedPrivatePage', idle: 'pausedIdle', fault: 'pausedFault',
};
const endWords: Partial<Readonly<Record<EndReason, CobrowseKey>>> = {
  stopped: 'endedStopped', timeout: 'endedTimeout', left: 'endedLeft', nurse: 'endedNurse', closed: 'endedClosed', error: 'endedError', rate: 'endedRate', unsupported: 'endedUnsupported',
};

/** The sentence of a pause. */
export const pauseText = (why: PauseReason, { words: { t }, name }: Pick<CobrowseContext, 'words' | 'name'>): string => t(pauseWords[why], { name });
/** The sentence of an end; empty where the patient need not be told. */
export const endText = (why: EndReason, { words: { t }, name }: Pick<CobrowseContext, 'words' | 'name'>): string => (endWords[why] ? t(endWords[why], { name }) : '');

type Facts = Pick<CobrowseContext, 'words' | 'name' | 'clinic'>;
/** What there is to agree to, line by line: the same on the screen and in the record. */
const seen = ({ words: { t }, clinic }: Facts): readonly string[] => [t('seesLayout', { clinic })];
const unseen = ({ words: { t } }: Facts): readonly string[] => [t('hidesTyped'), t('hidesTexts'), t('hidesOthers')];

export function consentText({ minutes, resumes }: Ask, facts: Facts): string {
  const { words: { t }, name, clinic } = facts;
  const time = t('askTime', { n: minutes });
  if (resumes !== undefined) return [t('resumeTitle', { name }), t('resumeLead'), t('cannot', { name }), time].join('\n');
  return [t('askTitle', { name }), t('askFrom', { clinic }), `${t('sees', { name })}:`, ...seen(facts), `${t('hides', { name })}:`, ...unseen(facts), t('cannot', { name }), time].join('\n');
}

const button = (label: string, onClick: () => void, look = '', pressed?: boolean): TemplateResult =>
  html`<button class="button ${look}" part="button" type="button" aria-pressed=${pressed === undefined ? nothing : `${pressed}`} @click=${onClick}>${label}</button>`;
/** Two answers that look the same: neither is the one that is meant. */
const choice = (no: readonly [string, () => void], yes: readonly [string, () => void]): TemplateResult => html`<div class="cobrowse-choice">${button(...no, 'cobrowse-equal')}${button(...yes, 'cobrowse-equal')}</div>`;
const sheet = (title: string, inside: TemplateResult): TemplateResult => html`
  <section class="cobrowse-sheet" part="cobrowse" aria-labelledby="care-cobrowse"><h2 id="care-cobrowse" tabindex="-1">${title}</h2>${inside}</section>`;
const list = (heading: string, lines: readonly string[]): TemplateResult => html`<h3>${heading}</h3><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

const askView = (ask: Ask, context: CobrowseContext): TemplateResult => {
  const { words: { t }, name, clinic, intents } = context;
  if (ask.resumes !== undefined) {
    return sheet(t('resumeTitle', { name }), html`<p>${t('resumeLead')}</p><p>${t('cannot', { name })}</p><p>${t('askTime', { n: ask.minutes })}</p>${choice([t('resumeNo'), intents.decline], [t('resumeYes'), intents.allow])}`);
  }
  return sheet(t('askTitle', { name }), html`
    <p class="cobrowse-from">${t('askFrom', { clinic })}</p>
    <div class="cobrowse-lists">${html`<div>${list(t('sees', { name }), seen(context))}</div><div>${list(t('hides', { name }), unseen(context))}</div>`}</div>
    <p>${t('cannot', { name })}</p><p>${t('askTime', { n: ask.minutes })}</p><p class="cobrowse-muted">${t('askNext')}</p>
    ${choice([t('decline'), intents.decline], [t('allow'), intents.allow])}`);
};

/** The frames are drawn into it by whoever has them. */
const pictureView = ({ words: { t }, name, look }: CobrowseContext): TemplateResult => html`
  <div class="cobrowse-frame" role="img" aria-label=${t('picture', { name })}>${look.hasFrame ? nothing : html`<p role="status">${t('previewWait')}</p>`}<div class="cobrowse-picture" part="cobrowse-picture"></div></div>`;

const previewView = (context: CobrowseContext): TemplateResult => {
  const { words: { t }, name, intents } = context;
  return sheet(t('previewTitle', { name }), html`<p>${t('previewLead')}</p>${pictureView(context)}${choice([t('dontShare'), intents.decline], [t('share'), intents.start])}`);
};

const scrollView = ({ words: { t }, look, name, intents }: CobrowseContext): TemplateResult | typeof nothing =>
  look.scroll
    ? html`<div class="cobrowse-card" part="cobrowse"><p>${t(look.scroll === 'down' ? 'scrollDown' : 'scrollUp', { name })}</p><div class="cobrowse-choice">${button(t('notNow'), intents.dismissScroll, 'quiet small')}${button(t('showMe'), intents.follow, 'quiet small')}</div></div>`
    : nothing;

const moreView = (context: CobrowseContext): TemplateResult => {
  const { words: { t }, view: { code }, look, name, intents } = context;
  return html`
    <div class="cobrowse-card" part="cobrowse">
      ${code ? html`<p><b>${t('code', { code })}</b></p><p class="cobrowse-muted">${t('codeHelp', { name })}</p>` : nothing}
      <div class="cobrowse-choice">
        ${button(t('showHidden'), intents.toggleHidden, 'quiet small', look.hidden)}
        ${button(t('nurseSees', { name }), intents.togglePicture, 'quiet small', look.picture)}
      </div>
      ${look.picture ? pictureView(context) : nothing}
    </div>`;
};

const barView = (context: CobrowseContext): TemplateResult => {
  const { words: { t, clock }, view: { state, code, endsAt }, look, name, now, intents } = context;
  const isPaused = state.at === 'paused';
  return html`
    <section class="cobrowse-bar ${isPaused ? 'paused' : ''}" part="cobrowse-bar" aria-label=${t('region')} tabindex="-1">
      <p class="cobrowse-who"><i class="cobrowse-dot" aria-hidden="true"></i><span><b>${isPaused ? t('paused') : t(code ? 'active' : 'waiting', { name })}</b>
        ${endsAt === null ? nothing : html`<span class="cobrowse-time" role="timer">${t('timeLeft', { time: clock(endsAt - now) })}</span>`}</span></p>
      <div class="cobrowse-buttons">
        ${isPaused ? button(t('resume'), intents.resume, 'quiet small') : button(t('pause'), intents.pause, 'quiet small')}
        <button class="button small cobrowse-stop" part="button" type="button" aria-keyshortcuts="Alt+Shift+S" title=${t('stopKey')} @click=${intents.stop}>${t('stop')}</button>
        <button class="button quiet small" part="button" type="button" aria-expanded=${`${look.more}`} @click=${intents.toggleMore}>${t('more')}</button>
      </div>
    </section>
    ${state.at === 'paused' ? html`<p class="cobrowse-card" part="cobrowse">${pauseText(state.why, context)}</p>` : nothing}
    ${context.proposal}${scrollView(context)}${look.more ? moreView(context) : nothing}`;
};

const shownView = (pages: readonly ShownPage[], { t, timeOf, clock }: CobrowseWords): TemplateResult =>
  pages.length === 0
    ? html`<p>${t('shownNothing')}</p>`
    : html`<h3>${t('shown')}</h3><ul>${pages.map(({ page, at, ms }) => html`<li dir="auto">${t('shownPage', { page: page ?? t('pageUnnamed'), time: timeOf(at), duration: clock(ms) })}</li>`)}</ul><p class="cobrowse-muted">${t('notKept')}</p>`;

/** What is on the screen; nothing while there is nothing to say. */
export function cobrowseView(context: CobrowseContext): TemplateResult | typeof nothing {
  const { words, view: { state, shown }, intents } = context;
  switch (state.at) {
    case 'idle':
      return nothing;
    case 'requested':
      return askView(state.ask, context);
    case 'preview':
      return previewView(context);
    case 'active':
    case 'paused':
      return barView(context);
    case 'ended':
      if (!state.wasShown && state.why !== 'unsupported') return nothing;
      return sheet(words.t('endedTitle'), html`<p>${endText(state.why, context)}</p>${state.wasShown ? shownView(shown, words) : nothing}<div class="cobrowse-choice">${button(words.t('done'), intents.done)}</div>`);
  }
}
