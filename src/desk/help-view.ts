/** The keyboard's help, in a modal dialog of the browser's own (focus trap, Esc and inertness come with it). */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { closeIcon } from '../ui/icons.js';
import type { DeskContext } from './desk-context.js';

/** The dialog; always there, opened by the element after rendering. */
export function helpView(context: DeskContext): TemplateResult {
  const { state, settings, t, act } = context;
  const row = (keys: readonly string[], what: string): TemplateResult => html`<div><dt>${keys.map((key, i) => html`${i ? html`<span aria-hidden="true">+</span>` : nothing}<kbd>${key}</kbd>`)}</dt><dd>${what}</dd></div>`;
  return html`
    <dialog class="help" part="help" aria-labelledby="desk-help-title" @close=${act.closeHelp}>
      ${state.helpOpen
        ? html`
          <div class="help-top"><h2 id="desk-help-title">${t('help.title')}</h2><button class="icon-button" type="button" aria-label=${t('help.close')} title=${t('help.close')} @click=${act.closeHelp}>${closeIcon}</button></div>
          <dl class="keys">
            ${row(['Alt', '↓'], t('help.next'))}${row(['Alt', '↑'], t('help.previous'))}${row(['Alt', 'A'], t('help.accept'))}${row(['Alt', 'M'], t('help.message'))}${row(['?'], t('help.help'))}
            ${row(['/'], t('help.canned'))}${row(['Enter'], t('help.send'))}${row(['Shift', 'Enter'], t('help.line'))}${row(['Esc'], t('help.escape'))}
          </dl>
          <label class="check"><input type="checkbox" .checked=${live(settings.shortcuts)} @change=${(event: Event) => act.setSwitch('shortcuts', (event.target as HTMLInputElement).checked)}><span>${t('help.enabled')}</span></label>`
        : nothing}
    </dialog>`;
}
