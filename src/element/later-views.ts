/** The menu's contents and the question before a chat is ended. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LaterKey } from '../i18n/later/en.js';
import type { PanelKey } from '../i18n/panel/en.js';
import type { Translate } from '../i18n/translate.js';
import { globeIcon } from '../ui/globe-icon.js';
import { isEndable, menuLanguages } from './conversation-view.js';
import type { PanelContext } from './panel-context.js';
import type { PanelLanguage } from './words.js';

/** The words of the panel and of these views. */
export type LaterTranslate = Translate<LaterKey | PanelKey>;

/** Names of our languages in themselves. */
const languageNames: Readonly<Record<PanelLanguage, string>> = { en: 'English', es: 'Español', ar: 'العربية' };

/** The menu's entries: language, privacy, end chat. */
export const menuView = ({ words: { lang }, chat: { widget, conversation }, intents }: PanelContext, t: LaterTranslate): TemplateResult => {
  const languages = menuLanguages(widget);
  const privacyUrl = widget?.privacyUrl && /^https?:|^\//.test(widget.privacyUrl) ? widget.privacyUrl : null;
  const language = (tag: PanelLanguage): TemplateResult => html`
    <button class="menu-item" part="menu-item" type="button" lang=${tag} aria-pressed=${tag === lang ? 'true' : 'false'} @click=${() => intents.setLang(tag)}>${languageNames[tag]}</button>`;
  return html`
    ${languages.length > 1 ? html`<p id="care-language">${t('language')}</p><div role="group" aria-labelledby="care-language">${languages.map(language)}</div>` : nothing}
    ${privacyUrl ? html`${languages.length > 1 ? html`<hr>` : nothing}<a class="menu-item" part="menu-item" href=${privacyUrl} target="_blank" rel="noopener noreferrer">${globeIcon}${t('privacy')}</a>` : nothing}
    ${isEndable(conversation) ? html`<hr><button class="menu-item danger" part="menu-item" type="button" @click=${() => intents.askEnd(true)}>${t('endChat')}</button>` : nothing}`;
};

/** The question before a chat is ended, inside the panel. */
export const confirmEndView = ({ state, intents }: PanelContext, t: LaterTranslate): TemplateResult => html`
  <div class="confirm" part="confirm" role="alertdialog" aria-labelledby="care-end-title" aria-describedby="care-end-text">
    <p id="care-end-title"><b>${t('endQuestion')}</b></p>
    <p id="care-end-text" class="lead">${t('endExplain')}</p>
    ${state.endFailed ? html`<p class="notice bad" part="notice" role="alert">${t('endFailed')}</p>` : nothing}
    <div class="row">
      <button class="button quiet keep" part="button" type="button" @click=${() => intents.askEnd(false)}>${t('endCancel')}</button>
      <button class="button danger" part="button" type="button" aria-disabled=${state.ending ? 'true' : 'false'} @click=${() => state.ending || intents.end()}>${t(state.ending ? 'ending' : 'endChat')}</button>
    </div>
  </div>`;
