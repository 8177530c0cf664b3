/** What shows while there is nothing else to show, or when nothing can be shown. Pure templates. */
import { html, type TemplateResult } from 'lit/html.js';
import { errorKey } from '../i18n/error-key.js';
import { warnIcon } from '../ui/icons.js';
import type { PanelContext } from './panel-context.js';

/** A failed load, with the sentence for its code and a way to try again. */
export const errorView = ({ words: { t }, intents }: PanelContext, code: string | null): TemplateResult => html`
  <div class="state-view" part="state-view">
    ${warnIcon}
    <h3 tabindex="-1" class="view-title">${t('errorTitle')}</h3>
    <p part="error" role="alert">${t(errorKey(code))}</p>
    <button class="button" part="button" type="button" @click=${intents.retryLoad}>${t('retry')}</button>
    <slot></slot>
  </div>`;

export const loadingView = ({ words: { t } }: PanelContext): TemplateResult => html`
  <div class="state-view" part="state-view"><span class="spinner" part="spinner"></span><p>${t('connecting')}</p></div>`;
