/** What an author sees beside the form: the response, the items, and what holds. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormSession } from '../questionnaire/form-session.js';
import { sessionWarnings } from '../questionnaire/form-warnings.js';
import { scoreOf } from '../questionnaire/score.js';
import type { Outcome } from '../triage/evaluate.js';
import type { Checker } from '../triage/checker.js';
import type { Preview } from './open-preview.js';
import { answerInCode, traceItems, traceRules, type ItemTrace } from './trace.js';

/** The QuestionnaireResponse as it would leave now. */
export function renderResponse(session: FormSession): TemplateResult {
  const { items, lang } = session.snapshot.value;
  const wrong = items.some(({ key }) => session.reached(key) && session.check(key) !== null);
  const response = session.toResponse({ authored: new Date().toISOString(), lang, status: wrong ? 'in-progress' : 'completed' });
  return html`<pre>${JSON.stringify(response, null, 2)}</pre>`;
}

const conditionList = ({ conditions, needs }: ItemTrace): TemplateResult | typeof nothing => (conditions.length === 0 ? nothing : html`<ul>
  ${conditions.length < 2 ? nothing : html`<li>${needs === 'all' ? 'all of:' : 'any of:'}</li>`}${conditions.map(({ words, holds }) => html`<li class=${holds ? 'holds' : 'fails'}>${words}</li>`)}
</ul>`);

const itemRow = (trace: ItemTrace): TemplateResult => {
  const { item, state } = trace;
  return html`<tr class=${state === 'shown' ? '' : 'off'}>
    <td><code>${item.key}</code><p dir="auto">${item.shortText ?? item.text}</p></td><td>${item.type}</td><td><span class="state">${state}</span>${conditionList(trace)}</td><td>${item.answers.map(answerInCode).join(', ')}</td>
  </tr>`;
};

/** Every item: whether it is asked, by which conditions, and its answers. */
export function renderItems(session: FormSession): TemplateResult {
  const traces = traceItems(session);
  const { asked, answered } = session.snapshot.value;
  const { total } = scoreOf(session);
  const warnings = sessionWarnings(session);
  return html`<p>${answered} of ${asked} questions answered${total === null ? nothing : html`; score <b>${total}</b>`}</p>
    ${warnings.length === 0 ? nothing : html`<ul>${warnings.map(({ pointer, code }) => html`<li class="fails">${pointer} ${code}</li>`)}</ul>`}
    <table><thead><tr><th scope="col">Item</th><th scope="col">Type</th><th scope="col">State</th><th scope="col">Answers</th></tr></thead><tbody>${traces.map(itemRow)}</tbody></table>`;
}

const outcomeCard = ({ title, rule, level, why, stops, messages }: Outcome, lang: string): TemplateResult => html`<div class=${stops ? 'outcome stops' : 'outcome'} role="status">
  <b dir="auto">${title[lang] ?? title['en'] ?? level}</b><span>Rule ${rule}${why.length === 0 ? nothing : html`, because of ${why.map(({ input, given }) => `${input}: ${given === null ? 'not known' : String(given)}`).join('; ')}`}</span>
  ${messages.map(({ text }) => html`<span dir="auto">${text[lang] ?? text['en']}</span>`)}
</div>`;

const truthWords = { yes: 'holds', maybe: 'may hold: something is not known', no: 'does not hold' } as const;

function packRules(checker: Checker, lang: string): TemplateResult {
  const inputs = Object.entries(checker.answers());
  return html`${outcomeCard(checker.emergency() ?? checker.outcome(), lang)}
    <table><thead><tr><th scope="col">Rule</th><th scope="col">Level</th><th scope="col">Now</th></tr></thead><tbody>${traceRules(checker).map(({ id, level, truth, decides }) => html`<tr class=${decides ? 'decides' : truth === 'no' ? 'off' : ''}>
      <td><code>${id}</code></td><td>${level}</td><td>${truthWords[truth]}${decides ? ' – decides' : nothing}</td></tr>`)}</tbody></table>
    <table><thead><tr><th scope="col">Input</th><th scope="col">Given</th></tr></thead><tbody>${inputs.map(([name, value]) => html`<tr><td><code>${name}</code></td><td>${String(value)}</td></tr>`)}</tbody></table>`;
}

/** A pack's rules and what decides; of a form, its conditions. */
export function renderRules({ session, checker }: Preview): TemplateResult {
  if (checker) return packRules(checker, session.snapshot.value.lang.split('-')[0]!);
  const conditional = traceItems(session).filter(({ conditions }) => conditions.length > 0);
  if (conditional.length === 0) return html`<p class="none">Nothing in this form depends on an answer.</p>`;
  return html`<table><thead><tr><th scope="col">linkId</th><th scope="col">Is asked when</th><th scope="col">Now</th></tr></thead><tbody>${conditional.map((trace) => html`<tr class=${trace.state === 'disabled' ? 'off' : ''}>
    <td><code>${trace.item.key}</code></td><td>${conditionList(trace)}</td><td><span class="state">${trace.state}</span></td></tr>`)}</tbody></table>`;
}
