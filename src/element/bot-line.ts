/** The line above the field while a bot has the conversation. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { botIcon } from '../ui/bot-icon.js';
import type { BotTranslate } from '../ui/bot-turn.js';

/** That a bot has the conversation, and the way out of it. */
export const botLine = (t: BotTranslate, { busy, problem, ask }: { readonly busy: boolean; readonly problem: string | null; readonly ask: () => void }): TemplateResult => html`
  <div class="bot-line" part="bot-line">
    <p>${botIcon}<span>${t('roleBot')}</span></p>
    <button class="button quiet small" part="button" type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => busy || ask()}>${t(busy ? 'asking' : 'talkToPerson')}</button>
    ${problem === null ? nothing : html`<p class="bot-problem" role="alert">${problem}</p>`}
  </div>`;
