/**
 * A FHIR Questionnaire as a conversation: one question at a time, with buttons; what was answered stays above as text and can be changed; at the
 * end everything is there to be looked at before the host's button sends it.
 *
 * For the keyboard and screen readers: an answer is a plain button, not a radio, because arrow keys choose among radios and here choosing goes on.
 * After the person's own action the focus moves to the next question, a group named by its text, which is thereby read once; nothing of it is a
 * live region. It does not move to the first answer: a key pressed twice would choose it.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { keyed } from 'lit/directives/keyed.js';
import type { FormDraft } from '../questionnaire/form-draft.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { choicesOf, isChoosing, scaleOf } from './choices.js';
import { describedBy, labelText, renderControl, renderNotes, renderOptions, renderOther, type FieldContext } from './form-fields.js';
import { renderLink, renderMedia } from './item-extras.js';
import { moreKey, walk, type Stop } from './stops.js';
import { createViewCore, renderSummary, type FormView, type FormViewOptions } from './view-core.js';

export interface ConversationViewOptions extends FormViewOptions {
  /** Who gets the answers, said before they are sent. */
  readonly recipient?: string | undefined;
}

/** A draft that also knows what has been passed. */
export interface ConversationDraft extends FormDraft {
  readonly passed: readonly string[];
}

/** Answered by one tap: a single choice among what is on the screen. */
const isTapped = (item: ItemSnapshot): boolean => isChoosing(item) && !(item.type === 'choice' && item.repeats);

const isTyping = (event: KeyboardEvent): boolean => event.target instanceof HTMLInputElement && event.target.type === 'text' && !event.isComposing && event.keyCode !== 229;

const keysOf = (draft: unknown): readonly string[] => {
  const { passed, answers } = (draft ?? {}) as Partial<ConversationDraft>;
  if (Array.isArray(passed)) return passed.filter((key) => typeof key === 'string');
  return typeof answers === 'object' ? Object.keys(answers) : [];
};

/** Prepares the view of a form as a conversation. */
export function createConversationView(options: ConversationViewOptions): FormView {
  const { session, requestUpdate } = options;
  /** What the person has answered or skipped. */
  const passed = new Set<string>();
  /** An earlier answer that is being changed. */
  let editing: string | null = null;
  /** The question that could not be passed. */
  let stuck: string | null = null;
  let submitted = false;
  let told = '';

  const toDraft = (): ConversationDraft => ({ ...session.toDraft(), passed: [...passed] });
  const restore = (draft: unknown): boolean => {
    if (!session.restore(draft)) return false;
    passed.clear();
    for (const key of keysOf(draft)) passed.add(key);
    return true;
  };
  const changed = (): void => {
    options.onChange(toDraft());
    requestUpdate();
  };
  const core = createViewCore(options, changed);
  const { idOf, contextOf, focusLater, intents, answerOf } = core;
  const reviewId = idOf('/review');
  const questionId = idOf('/question');

  const stops = (): readonly Stop[] => walk(session.snapshot.value.roots).stops;
  /** Where the person is: null at the end. What an answer brings up is asked before what comes after it. */
  const currentOf = (all: readonly Stop[]): Stop | null => (editing === null ? undefined : all.find(({ key }) => key === editing)) ?? all.find(({ key }) => !passed.has(key)) ?? null;

  /** `said`: what a screen reader is told beside the focus. */
  const goOn = (said = ''): void => {
    stuck = null;
    told = said;
    changed();
    focusLater(currentOf(stops()) ? questionId : reviewId);
  };
  const pass = (key: string): void => {
    passed.add(key);
    editing = null;
    goOn();
  };
  /** The person is done with the question, unless something is wrong with the answer. */
  const commit = (key: string): void => {
    const item = session.snapshot.value.items.find((one) => one.key === key);
    if (!item) return;
    session.leave(key);
    if (session.check(key) === null && contextOf(item).error === null && !(item.otherChosen && item.typed.trim() === '')) return pass(key);
    stuck = key;
    focusLater(item.otherChosen ? `${idOf(key)}-other` : idOf(key));
  };
  const skip = (key: string): void => {
    intents.attach(key, null);
    pass(key);
  };
  const edit = (key: string): void => {
    editing = key;
    stuck = null;
    focusLater(questionId);
  };
  const back = (at: Stop): void => {
    const all = stops();
    const before = all.slice(0, all.findIndex(({ key }) => key === at.key)).filter(({ kind }) => kind === 'question').at(-1);
    if (!before) return;
    if (editing === null) passed.delete(before.key);
    else editing = before.key;
    goOn();
  };
  const more = (stop: Stop): void => {
    const added = session.add(stop.item.key);
    if (added !== null) pass(stop.key);
  };
  const remove = (key: string): void => {
    if (!session.remove(key)) return;
    editing = null;
    // Another one may be called as this one was, and has not been asked.
    const known = new Set(session.snapshot.value.items.flatMap((item) => [item.key, moreKey(item)]));
    for (const one of passed) if (!known.has(one)) passed.delete(one);
    goOn(core.t('removed'));
  };

  const button = (look: string, label: unknown, onClick: () => void, about?: string): TemplateResult =>
    html`<button type="button" class=${look} part="form-button" aria-label=${about === undefined ? nothing : `${String(label)}: ${about}`} @click=${onClick}>${label}</button>`;
  const nameOf = ({ text, shortText, repetition }: ItemSnapshot): string =>
    (shortText ?? text) + (repetition && repetition.of > 1 ? ` (${core.t('nth', { n: repetition.number, of: repetition.of })})` : '');
  const removeButton = (item: ItemSnapshot): TemplateResult | typeof nothing =>
    item.repetition?.canRemove ? button('form-clear', core.t('remove'), () => remove(item.key), nameOf(item)) : nothing;

  /** A heading, a text or a computed value on the way. `isNow`: beside the question that is asked, which names itself by it. */
  const renderLead = (item: ItemSnapshot, isNow: boolean): TemplateResult => {
    const id = isNow ? idOf(`/lead/${item.key}`) : nothing;
    const extras = isNow ? html`${renderMedia(item.media, contextOf(item).allowMedia)}${renderLink(item.supportLink, core.t)}` : nothing;
    if (item.type === 'group') {
      return html`<div class="ask-section" part="ask-section"><h4 class="form-group-title" part="form-group-title" id=${id} dir="auto">${item.prefix ? `${item.prefix} ` : ''}${nameOf(item)}</h4>
        ${item.help.map((line) => html`<p class="form-help" part="form-help" dir="auto">${line}</p>`)}${extras}
        ${item.error ? html`<p class="form-error" part="form-error">${core.say(item.error)}</p>` : nothing}${removeButton(item)}</div>`;
    }
    if (item.type !== 'display' && !item.shown) return html`<p class="form-display" part="form-display" id=${id} data-category="instructions"><span dir="auto">${item.text}</span> (${core.t('notAsked')})</p>`;
    if (item.type !== 'display') return core.renderSaid(item, id);
    return html`<div class="form-display" part="form-display" id=${id} dir="auto" data-category=${item.category ?? nothing} data-control=${item.control ?? nothing}>${isNow ? core.textOf(item) : item.text}${extras}</div>`;
  };

  const renderTurn = (stop: Stop): unknown => core.unlessSame(stop.item, [stop.kind, ...stop.lead], () => {
    const { t, say } = core;
    const { item } = stop;
    const lead = stop.lead.map((one) => renderLead(one, false));
    if (stop.kind === 'more') return html`<li class="ask-turn">${lead}${button('form-button', t('addAnother'), () => more(stop), item.text)}</li>`;
    const answer = answerOf(item);
    return html`<li class="ask-turn">${lead}
      <p class="ask-question" part="ask-question" dir="auto">${item.prefix ? `${item.prefix} ` : ''}${nameOf(item)}</p>
      <div class="ask-given">
        <p class=${answer === '' ? 'ask-answer skipped' : 'ask-answer'} part="ask-answer"><span dir="auto">${answer === '' ? t('skipped') : answer}</span></p>
        ${button('form-clear', t('change'), () => edit(stop.key), nameOf(item))}${removeButton(item)}
      </div>
      ${item.caution ? html`<p class="form-caution" part="form-caution">${say(item.caution)}</p>` : nothing}</li>`;
  });

  const renderTaps = (item: ItemSnapshot, context: FieldContext): TemplateResult => {
    const { t } = core;
    const tap = (choice: ReturnType<typeof choicesOf>[number]): void => {
      choice.set(true);
      if (choice.other) focusLater(`${context.id}-other`);
      else commit(item.key);
    };
    const choices = choicesOf(item, t, core.lang, intents).map((choice, index) => html`<button type="button" class="ask-tap" part="ask-tap" id=${index === 0 ? context.id : nothing}
      ?data-chosen=${choice.chosen} @click=${() => tap(choice)}>${renderMedia(choice.media, context.allowMedia)}<span dir="auto">${choice.label}</span>${choice.chosen ? html` <small>${t('yourAnswer')}</small>` : nothing}</button>`);
    return html`<div class=${scaleOf(item) ? 'ask-taps form-scale' : 'ask-taps'}>${choices}</div>${renderOther(item, context)}`;
  };

  /** The expander with everything the author explains. */
  const renderWhy = ({ help, supportLink }: ItemSnapshot): TemplateResult | typeof nothing => {
    if (help.length === 0 && supportLink === null) return nothing;
    return html`<details class="ask-why" part="ask-why"><summary>${core.t('whyWeAsk')}</summary>${help.map((line) => html`<p dir="auto">${line}</p>`)}${renderLink(supportLink, core.t)}</details>`;
  };

  const problemOf = (item: ItemSnapshot): string | null => {
    const context = contextOf(item);
    const error = stuck === item.key ? session.check(item.key) : null;
    return context.error ?? (error ? core.say(error) : stuck === item.key && item.otherChosen && item.typed.trim() === '' ? core.t('error.required') : null);
  };

  const renderAsking = (stop: Stop, isFirst: boolean): TemplateResult => {
    const { t } = core;
    const { item, key, lead } = stop;
    const ids = (wanted: (one: ItemSnapshot) => boolean): readonly string[] => lead.filter(wanted).map((one) => idOf(`/lead/${one.key}`));
    const isGroup = ({ type }: ItemSnapshot): boolean => type === 'group';
    const before = isFirst ? nothing : button('form-button quiet', t('previous'), () => back(stop));
    const frame = (label: TemplateResult, described: string | typeof nothing, inside: TemplateResult, buttons: unknown): TemplateResult => html`
      <div class="ask-now" part="ask-now" id=${questionId} role="group" tabindex="-1" aria-labelledby=${[...ids(isGroup), `${idOf(key)}-label`].join(' ')}
        aria-describedby=${[...ids((one) => !isGroup(one)), ...(described === nothing ? [] : [String(described)])].join(' ') || nothing}>
        ${lead.map((one) => renderLead(one, true))}${label}${inside}<div class="ask-buttons" part="ask-buttons">${buttons}${before}</div>
      </div>`;
    if (stop.kind === 'more') {
      return frame(html`<p class="form-label" part="form-label" id="${idOf(key)}-label"><span dir="auto">${item.text}</span>: ${t('more')}</p>`, nothing,
        html`<div class="ask-taps"><button type="button" class="ask-tap" part="ask-tap" @click=${() => more(stop)}>${t('addAnother')}</button><button type="button" class="ask-tap" part="ask-tap" @click=${() => pass(key)}>${t('noMore')}</button></div>`, nothing);
    }
    const context = contextOf(item, { helpApart: true, error: problemOf(item) });
    const tapped = isTapped(item);
    const label = html`<label class="form-label" part="form-label" id="${context.id}-label" for=${isChoosing(item) ? nothing : context.id}>${labelText(item, context)}</label>`;
    const inside = html`${renderWhy(item)}${renderNotes(item, context)}${tapped ? renderTaps(item, context) : isChoosing(item) ? renderOptions(item, context) : renderControl(item, context)}`;
    const answered = item.answers.length > 0 || item.otherChosen;
    return frame(label, isChoosing(item) ? describedBy(item, context) : nothing, inside, html`${
      !tapped || answered ? button('form-button strong', t('continue'), () => commit(key)) : nothing}${item.required ? nothing : button('form-button', t('skip'), () => skip(key))}`);
  };

  const renderReview = (all: readonly Stop[], tail: readonly ItemSnapshot[]): TemplateResult => {
    const { t } = core;
    const asked = new Set(all.map(({ key }) => key));
    return html`<div class="ask-review" part="ask-review">
      <h4 class="form-group-title" part="form-group-title" id=${reviewId} tabindex="-1">${t('review')}</h4>
      <p class="form-help">${t('reviewNote')}</p>
      ${renderSummary(core, submitted ? core.mistakes().map((one) => (asked.has(one.key) ? one : { ...one, key: '', said: one.text === '' ? one.said : `${one.text}: ${one.said}` })) : [], edit)}
      <ol class="ask-turns" part="ask-turns">${all.map(renderTurn)}</ol>
      ${tail.map((one) => renderLead(one, false))}${core.renderAlsoSent()}
      ${options.recipient === undefined ? nothing : html`<p class="ask-recipient" part="ask-recipient">${t('recipient', { recipient: options.recipient })}</p>`}
    </div>`;
  };

  const renderAt = (all: readonly Stop[], current: Stop): TemplateResult => {
    const { t } = core;
    const questions = all.filter(({ kind }) => kind === 'question');
    const done = questions.filter(({ item }) => item.answers.length > 0).length;
    const at = all.indexOf(current);
    return html`<div class="ask-progress" part="ask-progress"><progress max=${questions.length} value=${done} aria-hidden="true"></progress><span>${t('progress', { done, all: questions.length })}</span></div>
      ${at === 0 ? nothing : html`<ol class="ask-turns" part="ask-turns">${all.slice(0, at).filter(({ kind }) => kind === 'question').map(renderTurn)}</ol>`}
      ${keyed(current.key, renderAsking(current, at === 0))}`;
  };

  if (options.draft !== undefined) restore(options.draft);
  return {
    session, toDraft, restore, toFormAnswers: core.toFormAnswers,
    get title() {
      return session.snapshot.value.title;
    },
    get ready() {
      return currentOf(stops()) === null;
    },
    template() {
      const { stops: all, tail } = walk(session.snapshot.value.roots);
      const current = currentOf(all);
      const onKeydown = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter' || !current || !isTyping(event)) return;
        event.preventDefault();
        commit(current.key);
      };
      return html`<div class="form-fields ask" part="form" lang=${core.lang} @keydown=${onKeydown}>
        ${current ? renderAt(all, current) : renderReview(all, tail)}<p class="form-told" role="status">${told}</p>${core.focusHook()}
      </div>`;
    },
    submit() {
      const current = currentOf(stops());
      if (current) {
        focusLater(questionId);
        return null;
      }
      submitted = true;
      const body = core.submit();
      if (!body) focusLater(idOf(''));
      return body;
    },
    setLang: core.setLang,
  };
}
