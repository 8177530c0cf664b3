/** Finds closed conversations by date and visitor. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { warnIcon } from '../ui/icons.js';
import { searchIcon } from './desk-icons.js';
import { chatEntry } from './chat-entry.js';
import type { DeskContext } from './desk-context.js';

/** Search fields and results. */
export function closedView(context: DeskContext): TemplateResult {
  const { state, words, t, act } = context;
  const { results, next, busy, error } = state.search;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(data.get(name) ?? '');
    void act.search({ from: field('from'), to: field('to'), visitor: field('visitor') });
  };
  return html`
    <section class="list-section" part="closed">
      <h2>${t('closed.title')}</h2>
      <form class="search" role="search" aria-label=${t('closed.title')} @submit=${submit}>
        <div class="field"><label for="desk-visitor">${t('closed.visitor')}</label><input id="desk-visitor" name="visitor" type="search" autocomplete="off" maxlength="200" dir="auto"></div>
        <div class="field-pair">
          <div class="field"><label for="desk-from">${t('closed.from')}</label><input id="desk-from" name="from" type="date"></div>
          <div class="field"><label for="desk-to">${t('closed.to')}</label><input id="desk-to" name="to" type="date"></div>
        </div>
        <button class="button small" part="button" type="submit" aria-disabled=${busy ? 'true' : nothing}>${searchIcon}${busy ? t('closed.searching') : t('closed.search')}</button>
      </form>
      ${error ? html`<p class="notice bad">${warnIcon}<span>${error === 'dates-wrong' ? t('closed.dates-wrong') : words.error(error)}</span></p>` : nothing}
    </section>
    ${results
      ? html`<section class="list-section">
          <h2>${t('closed.results')}${results.length ? html`<span class="count">${words.number(results.length)}</span>` : nothing}</h2>
          <ul class="chat-list" aria-label=${t('closed.results')}>${repeat(results, (summary) => summary.id, (summary) => chatEntry(summary, context, false))}</ul>
          ${results.length ? nothing : html`<p class="empty">${t('closed.none')}</p>`}
          ${next ? html`<p class="more"><button class="button quiet small" part="button" type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => void act.searchMore()}>${t('closed.more')}</button></p>` : nothing}
        </section>`
      : nothing}`;
}
