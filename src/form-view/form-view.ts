/**
 * A FHIR Questionnaire on the screen, as a form: fields only; the host gives the button and the room. On submit every mistake is
 * said beside its field and in a summary that leads to it, and focus goes to the first (WCAG 3.3.1, 3.3.3). Nothing is ever
 * submitted by itself.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';
import { renderField, renderNotes } from './form-fields.js';
import { renderLink, renderMedia } from './item-extras.js';
import { createViewCore, renderSummary, type FormView, type FormViewOptions } from './view-core.js';

/** The repetitions beside an item, itself among them. */
function repetitionsOf(items: readonly ItemSnapshot[], key: string): readonly ItemSnapshot[] {
  const own = items.find((item) => item.key === key);
  if (own) return items.filter(({ linkId }) => linkId === own.linkId);
  return items.map(({ children }) => repetitionsOf(children, key)).find(({ length }) => length > 0) ?? [];
}

/** Prepares the view of a form. */
export function createFormView(options: FormViewOptions): FormView {
  const { session, requestUpdate } = options;
  const changed = (): void => {
    options.onChange(session.toDraft());
    requestUpdate();
  };
  const core = createViewCore(options, changed);
  const { idOf, contextOf, focusLater } = core;
  let submitted = false;
  /** What a screen reader is told beside the focus. */
  let told = '';

  const add = (key: string): void => {
    const added = session.add(key);
    if (added === null) return;
    told = '';
    changed();
    focusLater(idOf(added));
  };
  const remove = (key: string): void => {
    const before = repetitionsOf(session.snapshot.value.roots, key);
    const at = before.findIndex((item) => item.key === key);
    if (!session.remove(key)) return;
    told = core.t('removed');
    changed();
    focusLater(idOf((before[at - 1] ?? before[at + 1])!.key));
  };
  /** What a repetition can be told to do: go, or have another one behind it. */
  const repetitionButtons = ({ key, text, repetition }: ItemSnapshot, locked: boolean): TemplateResult | typeof nothing => {
    if (!repetition || locked) return nothing;
    const { t } = core;
    const { number, of, canAdd, canRemove } = repetition;
    const adds = canAdd && number === of;
    const button = (label: string, about: string, onClick: () => void): TemplateResult =>
      html`<button type="button" class="form-button" part="form-button" aria-label="${label}: ${about}" @click=${onClick}>${label}</button>`;
    return !canRemove && !adds ? nothing : html`<div class="form-repeat" part="form-repeat">
      ${canRemove ? button(t('remove'), `${text} ${t('nth', { n: number, of })}`, () => remove(key)) : nothing}${adds ? button(t('addAnother'), text, () => add(key)) : nothing}
    </div>`;
  };

  const renderDisplay = (item: ItemSnapshot): TemplateResult => html`<div class="form-display" part="form-display" dir="auto"
    data-category=${item.category ?? nothing} data-control=${item.control ?? nothing}>${renderMedia(item.media, contextOf(item).allowMedia)}${core.textOf(item)}${renderLink(item.supportLink, core.t)}</div>`;

  const renderGroup = (item: ItemSnapshot, locked: boolean): TemplateResult => {
    const { t, say } = core;
    const id = idOf(item.key);
    const inside = html`${renderMedia(item.media, contextOf(item).allowMedia)}${item.help.map((line) => html`<p class="form-help" part="form-help" dir="auto">${line}</p>`)}${renderLink(item.supportLink, t)}${
      item.error ? html`<p class="form-error" part="form-error" id="${id}-error">${say(item.error)}</p>` : nothing}${
      item.caution ? html`<p class="form-caution" part="form-caution">${say(item.caution)}</p>` : nothing}${
      item.children.map((child) => renderItem(child, locked))}`;
    const { repetition } = item;
    const nth = repetition && repetition.of > 1 ? t('nth', { n: repetition.number, of: repetition.of }) : '';
    if (item.text === '' && nth === '' && !item.error) return html`${inside}${repetitionButtons(item, locked)}`;
    return html`<div class="form-group" part="form-group" role="group" id=${id} tabindex="-1" aria-labelledby="${id}-title" aria-describedby=${item.error ? `${id}-error` : nothing}>
      <div class="form-group-title" part="form-group-title" id="${id}-title" dir="auto">${item.prefix ? `${item.prefix} ` : ''}${core.textOf(item)}${nth ? ` (${nth})` : nothing}</div>
      ${inside}
    </div>${repetitionButtons(item, locked)}`;
  };

  /** `above`: within what is seen, but not to be answered now. */
  const renderItem = (item: ItemSnapshot, above = false): unknown => {
    const locked = above || item.protected;
    if (!item.shown && (!locked || item.hidden)) return nothing;
    return core.unlessSame(item, [locked], () => {
      if (item.type === 'display') return renderDisplay(item);
      if (item.type === 'group') return renderGroup(item, locked);
      const said = (): TemplateResult | typeof nothing => (item.answers.length > 0 ? html`<div class="form-field" part="form-field">${core.renderSaid(item)}${renderNotes(item, contextOf(item))}</div>` : nothing);
      const field = item.readOnly ? said() : renderField(item, contextOf(item, { locked }));
      return html`${field}${item.children.map((child) => renderItem(child))}${repetitionButtons(item, locked)}`;
    });
  };

  if (options.draft !== undefined) session.restore(options.draft);
  return {
    session,
    ready: true,
    get title() {
      return session.snapshot.value.title;
    },
    template: () => html`<div class="form-fields" part="form" lang=${core.lang}>
      ${renderSummary(core, submitted ? core.mistakes() : [], (key) => focusLater(idOf(key)))}${session.snapshot.value.roots.map((item) => renderItem(item))}${core.renderAlsoSent()}
      <p class="form-told" role="status">${told}</p>${core.focusHook()}
    </div>`,
    submit() {
      submitted = true;
      const body = core.submit();
      if (!body) focusLater(idOf(core.mistakes()[0]!.key));
      return body;
    },
    toFormAnswers: core.toFormAnswers,
    toDraft: () => session.toDraft(),
    restore: (draft) => session.restore(draft),
    setLang: core.setLang,
  };
}
