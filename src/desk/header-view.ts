/** The desk's top line: clinic, own status, sound, own settings. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { globeIcon } from '../ui/globe-icon.js';
import { avatar } from '../ui/transcript-items.js';
import { deskMark, keyboardIcon, signOutIcon, soundOffIcon, soundOnIcon } from './desk-icons.js';
import type { DeskSwitch } from './desk-settings.js';
import type { DeskContext } from './desk-context.js';
import { deskLanguages } from './desk-words.js';

/** Each language by its own name, as the people who look for it call it. */
const ownName = (lang: string): string => {
  const name = new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang;
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1);
};
const ownNames = deskLanguages.map((lang) => [lang, ownName(lang)] as const);

/** The choice of language. */
export const languageSelect = ({ t, words, act }: DeskContext): TemplateResult => html`
  <label class="language">${globeIcon}<span class="sr-only">${t('header.language')}</span>
    <select part="language" .value=${live(words.lang)} @change=${(event: Event) => act.setLang((event.target as HTMLSelectElement).value)}>
      ${ownNames.map(([lang, name]) => html`<option .value=${lang} lang=${lang} ?selected=${lang === words.lang}>${name}</option>`)}
    </select>
  </label>`;

const stateSwitch = ({ snapshot, t, act }: DeskContext): TemplateResult => {
  const option = (state: 'online' | 'away', label: string, hint: string): TemplateResult => html`
    <label class="state-option ${state}" title=${hint}>
      <input type="radio" name="desk-state" .value=${state} .checked=${live(snapshot.state === state)} @change=${() => act.setState(state)}>
      <span><i class="dot" aria-hidden="true"></i>${label}</span>
    </label>`;
  return html`<fieldset class="state-switch" part="state-switch"><legend class="sr-only">${t('header.state')}</legend>
    ${option('online', t('header.online'), t('header.online-hint'))}${option('away', t('header.away'), t('header.away-hint'))}</fieldset>`;
};

const checkbox = ({ settings, act }: DeskContext, name: DeskSwitch, label: string): TemplateResult => html`
  <label class="check"><input type="checkbox" .checked=${live(settings[name])} @change=${(event: Event) => act.setSwitch(name, (event.target as HTMLInputElement).checked)}><span>${label}</span></label>`;

const settingsMenu = (context: DeskContext): TemplateResult => {
  const { t, act, snapshot } = context;
  return html`
    <div class="popover settings" part="settings" id="desk-settings" data-menu>
      <p class="who"><b>${snapshot.agent?.name}</b><span>${snapshot.agent?.title}</span><span dir="ltr">${snapshot.agent?.email}</span></p>
      ${languageSelect(context)}
      ${checkbox(context, 'sound', t('header.sound'))}
      ${checkbox(context, 'badge', t('header.badge'))}
      ${checkbox(context, 'shortcuts', t('header.shortcuts'))}
      <button class="menu-item" type="button" @click=${act.openHelp}>${keyboardIcon}${t('header.help')}</button>
      <button class="menu-item" type="button" @click=${() => void act.signOut()}>${signOutIcon}${t('header.sign-out')}</button>
    </div>`;
};

/** The header. */
export function headerView(context: DeskContext): TemplateResult {
  const { snapshot, settings, state, t, ui, act } = context;
  const { agent } = snapshot;
  const open = state.menu === 'settings';
  const sound = settings.sound ? t('header.sound-on') : t('header.sound-off');
  return html`
    <header class="top" part="header">
      <h1 class="clinic">${deskMark}<b>${snapshot.clinicName ?? t('desk.label')}</b></h1>
      ${stateSwitch(context)}
      <button class="icon-button" part="sound-button" type="button" aria-label=${t('header.sound')} title=${sound} aria-pressed=${settings.sound ? 'true' : 'false'} @click=${() => act.setSwitch('sound', !settings.sound)}>${settings.sound ? soundOnIcon : soundOffIcon}</button>
      <button class="icon-button help-button" part="help-button" type="button" aria-label=${t('header.help')} title=${t('header.help')} @click=${act.openHelp}>${keyboardIcon}</button>
      <div class="menu-anchor">
        <button class="me" part="settings-button" id="desk-settings-button" type="button" aria-expanded=${open ? 'true' : 'false'} aria-controls=${open ? 'desk-settings' : nothing}
          @click=${() => act.toggleMenu('settings')}>
          ${agent ? avatar({ id: agent.id, role: 'agent', name: agent.name }, ui) : nothing}<span class="me-text"><b>${agent?.name}</b> <span>${agent?.title}</span></span><span class="sr-only">${t('header.menu')}</span>
        </button>
        ${open ? settingsMenu(context) : nothing}
      </div>
    </header>`;
}
