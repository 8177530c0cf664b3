/** The field for the first message of a conversation, with what was sent already and waits for it. Pure template. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Composer } from '../ui/composer.js';
import { itemTemplate } from '../ui/transcript-items.js';
import { composerTemplate } from './conversation-view.js';
import type { PanelContext } from './panel-context.js';

/** While a conversation is being opened, the draft holds what was sent for it too: in the field stands only what was typed after it. */
export const firstWords = (context: PanelContext, composer: Composer): TemplateResult => {
  const { words: { t, formats }, chat, intents } = context;
  const { text, at } = chat.draft;
  const said = chat.starting?.filter(Boolean) ?? [];
  const lead = said.map((one) => `${one}\n`).join('');
  // A draft that does not begin with it is all new.
  const [before, rest] = text.startsWith(lead) || text.trim() === lead.trim() ? [lead, text.slice(lead.length)] : ['', text];
  const items = said.map((one, i) => ({
    type: 'message', key: `first-${i}`, seq: null, at, by: { id: '', role: 'visitor', name: '' }, mine: true, text: one, tombstone: false, state: 'sending', error: null,
  }) as const);
  const shown = { t, formats, lastMineKey: null, firstUnreadSeq: null, showSender: false, self: 'visitor', errorText: undefined, lateSince: 0, more: undefined, retry() {}, discard() {} } as const;
  // One template in every case: another field would not have the focus.
  return html`
    ${said[0] ? html`<div class="first-words" role="group" aria-label=${t('transcript')} tabindex="0">
      ${items.map((item, i) => itemTemplate(item, { ...shown, previous: items[i - 1] ?? null, next: items[i + 1] ?? null }))}
    </div>` : nothing}
    ${composerTemplate({
      ...context,
      chat: { ...chat, draft: { text: rest, at } },
      intents: { ...intents, input: (typed) => intents.input(before + typed) },
    }, composer)}`;
};
