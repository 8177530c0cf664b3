/** What shows while there is nothing else to show, or when nothing can be shown. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { warnIcon } from '../ui/icons.js';
import type { PanelContext } from './panel-context.js';

/** A failed load, with the sentence for its code and a way to try again; `composer` where something typed waits to be sent. */
export const errorView = ({ words: { t }, intents, fallback, problem }: PanelContext, code: string | null, composer: TemplateResult | typeof nothing): TemplateResult => html`
  <div class="state-view" part="state-view">
    ${warnIcon}
    <h3 tabindex="-1" class="view-title">${t('errorTitle')}</h3>
    <p part="error" role="alert">${problem(code)}</p>
    <button class="button" part="button" type="button" @click=${intents.retryLoad}>${t('retry')}</button>
    ${fallback}
  </div>${composer}`;

/** Something is on its way; where it takes long, what else there is: after a while (`tag-styles.ts`), also before the rest has loaded. */
export const loadingView = ({ words: { t }, fallback }: PanelContext): TemplateResult => html`
  <div class="state-view" part="state-view"><span class="spinner" part="spinner"></span><p class="loading">${t('connecting')}</p>${fallback === nothing ? html`<slot></slot>` : fallback}</div>`;
