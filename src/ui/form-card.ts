/** What was answered to a form, folded away in the transcript. Loads apart from it: few conversations have one on the screen. */
import { html, type TemplateResult } from 'lit/html.js';
import type { Translate } from '../i18n/translate.js';
import type { UiKey } from '../i18n/ui/en.js';
import { css } from './css.js';
import { icon } from './icons.js';
import type { TranscriptForm } from './transcript-types.js';

const formIcon = icon('M7 3.5h10a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2zM9 9h6M9 13h6M9 17h3');

/** The card. */
export const formCard = ({ seq, body: { form, answers } }: TranscriptForm, t: Translate<UiKey>): TemplateResult => html`
  <details class="form-card" part="form-answers" data-seq=${seq}>
    <summary>${formIcon}<span>${form.title ?? t('formAnswers')}</span></summary>
    <dl>${answers.map((answer) => html`<div><dt dir="auto">${answer.question}</dt>${answer.answers.length > 0 ? answer.answers.map((value) => html`<dd dir="auto">${value}</dd>`) : html`<dd>–</dd>`}</div>`)}</dl>
  </details>`;

export const formCardStyles = css`
.form-card { align-self: stretch; margin-block: .5em; border: 1px solid var(--c-line); border-radius: calc(var(--c-radius) * .75); background: var(--c-surface); font-size: .92em; }
.form-card summary { display: flex; align-items: center; gap: .6em; min-block-size: 46px; padding: .5em .9em; cursor: pointer; font-weight: 600; list-style: none; border-radius: inherit; }
.form-card summary::-webkit-details-marker { display: none; }
.form-card summary::after { content: ""; margin-inline-start: auto; inline-size: .5em; block-size: .5em; border: solid currentcolor; border-width: 0 2px 2px 0; transform: rotate(45deg) translate(-2px, -2px); opacity: .7; }
.form-card[open] summary::after { transform: rotate(-135deg) translate(-2px, -2px); }
.form-card summary .icon { color: var(--c-ink); }
.form-card dl { margin: 0; padding: .1em .9em .8em; display: grid; gap: .65em; }
.form-card dt { color: var(--c-muted); font-size: .92em; line-height: 1.4; }
.form-card dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
`;
