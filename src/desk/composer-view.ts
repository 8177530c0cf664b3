/** The composer with canned replies: `/` opens a list (ARIA practices, "Editable combobox with list autocomplete"), the focus stays in the text. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DeskConversation } from '../core/snapshots.js';
import { slashIcon } from './desk-icons.js';
import type { DeskContext } from './desk-context.js';
import type { CannedOpen } from './desk-state.js';

const optionId = (index: number): string => `desk-canned-${index}`;

/** Keys while the list is open; all others are the composer's. */
const onKeydown = (event: KeyboardEvent, open: CannedOpen, { act }: DeskContext): void => {
  const chosen = open.matches[open.index];
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (!plain) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    act.moveCanned(event.key === 'ArrowDown' ? 1 : -1);
  } else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen) {
    act.insertCanned(chosen);
  } else if (event.key === 'Escape') {
    act.closeCanned();
    event.stopPropagation();
  } else {
    // The caret leaves the word: what was asked for is no longer asked for.
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) act.closeCanned();
    return;
  }
  event.preventDefault();
};

const listView = (open: CannedOpen, { t, act, words }: DeskContext): TemplateResult => html`
  <div class="canned" part="canned">
    <ul role="listbox" id="desk-canned" tabindex="0" aria-label=${t('canned.label')}>
      ${open.matches.map((reply, i) => html`
        <li role="option" id=${optionId(i)} part="canned-option" aria-selected=${i === open.index ? 'true' : 'false'} @mousedown=${(event: Event) => event.preventDefault()} @click=${() => act.insertCanned(reply)}>
          <span class="line"><b dir="ltr">/${reply.shortcut}</b><span class="tag">${words.languageName(reply.lang)}</span></span>
          <span class="clip-2" lang=${reply.lang} dir="auto">${act.fill(reply)}</span>
        </li>`)}
    </ul>
    ${open.matches.length ? nothing : html`<p class="empty">${t('canned.none')}</p>`}
  </div>`;

/** The composer of the conversation on screen. */
export function composerView(active: DeskConversation, context: DeskContext): TemplateResult {
  const { snapshot, state, composer, ui, t, act } = context;
  const open = state.canned;
  const hasCanned = snapshot.canned.length > 0;
  return html`
    <div class="composer-place">
      ${open ? listView(open, context) : nothing}
      ${composer.template({
        value: active.draft.text, placeholder: hasCanned ? t('canned.hint') : '', label: ui('message'), sendLabel: ui('send'), maxChars: snapshot.textChars,
        tooLong: (n) => ui('tooLong', { n }),
        onInput: (text) => act.write(text), onSend: (text) => act.send(text), onTyping: act.typing,
        onKeydown: (event) => { if (open) onKeydown(event, open, context); },
        onBlur: act.closeCanned,
        suggestions: hasCanned ? { listId: open ? 'desk-canned' : null, activeId: open?.matches.length ? optionId(open.index) : null } : null,
        tools: hasCanned
          ? html`<button class="icon-button canned-button" part="canned-button" type="button" aria-label=${t('canned.button')} title=${t('canned.button')} @mousedown=${(event: Event) => event.preventDefault()} @click=${() => act.askCanned()}>${slashIcon}</button>`
          : nothing,
      })}
    </div>`;
}
