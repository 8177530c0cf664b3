/**
 * The field for the first message of a conversation, with what was sent already and waits for it. While a conversation is being opened the draft holds
 * all of it, a line each; in the field stands only what was typed after it.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ChatClient } from '../core/api.js';
import type { Composer } from '../ui/composer.js';
import { itemTemplate } from '../ui/transcript-items.js';
import { composerTemplate } from './conversation-view.js';
import type { PanelContext } from './panel-context.js';

/**
 * Creates the view. It remembers what was sent from this field, because the next key may come before the client has taken it up, and lets the client take
 * up one after the other.
 */
export function createFirstWords({ snapshot, setDraft }: Pick<ChatClient, 'snapshot' | 'setDraft'>, requestUpdate: () => void): (context: PanelContext, composer: Composer) => TemplateResult {
  let pressed: readonly string[] = [];
  let queue = Promise.resolve();
  const takenUp = (): number => snapshot.value.starting?.length ?? 0;
  /** Until the client has taken it up, or it is known what became of it. */
  const pass = (send: () => Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      const before = takenUp();
      const off = snapshot.subscribe(() => takenUp() > before && settle());
      const settle = (): void => {
        off();
        resolve();
      };
      void send().then(settle, settle);
    });

  return (context, composer) => {
    const { words: { t, formats }, chat, intents } = context;
    const { text, at } = chat.draft;
    const known = chat.starting?.filter(Boolean) ?? [];
    const said = known.length > pressed.length ? known : pressed;
    const lead = said.map((one) => `${one}\n`).join('');
    // A draft that does not begin with it is all new.
    const [before, rest] = text.startsWith(lead) ? [lead, text.slice(lead.length)] : `${text}\n` === lead ? [lead, ''] : ['', text];
    const items = said.map((one, i) => ({
      type: 'message', key: `first-${i}`, seq: null, at, by: { id: '', role: 'visitor', name: '' }, mine: true, text: one, tombstone: false, state: 'sending', error: null,
    }) as const);
    const shown = { t, formats, lastMineKey: null, firstUnreadSeq: null, showSender: false, self: 'visitor', errorText: undefined, lateSince: 0, more: undefined, retry() {}, discard() {} } as const;
    const send = async (sent: string): Promise<void> => {
      pressed = [...said, sent];
      setDraft(lead + sent);
      requestUpdate();
      const own = (queue = queue.then(() => pass(() => intents.send(sent))));
      await own;
      if (own !== queue) return;
      pressed = [];
      requestUpdate();
    };
    // One template in every case: another field would not have the focus.
    return html`
      ${said[0] ? html`<div class="first-words" role="group" aria-label=${t('transcript')} tabindex="0"><div>
        ${items.map((item, i) => itemTemplate(item, { ...shown, previous: items[i - 1] ?? null, next: items[i + 1] ?? null }))}
      </div></div>` : nothing}
      ${composerTemplate({
        ...context,
        chat: { ...chat, draft: { text: rest, at } },
        intents: { ...intents, send, input: (typed) => intents.input(before + typed) },
      }, composer)}`;
  };
}
