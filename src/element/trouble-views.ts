/** The other ways to reach the clinic. Pure templates. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { onElement } from '../ui/on-element.js';
import type { ChatHost } from './host.js';
import type { LaterTranslate } from './later-views.js';

const isShown = (node: Node): boolean =>
  node instanceof Element ? !node.matches('[slot], [hidden], script, style, template') : node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '';

/** What of the element's children is there to be seen. */
export const fallbackNodes = (element: HTMLElement): ChildNode[] => [...element.childNodes].filter(isShown);

/**
 * The element's own children, which the page wrote for visitors whom the chat does not reach; where there are none, our own sentence. They keep the
 * page's direction, and its colours on a ground that fits these, because the page's rules style them and know nothing of the panel's dark mode.
 * `onChange`: the page changed its children.
 */
export const fallbackView = ({ element, shell }: Pick<ChatHost, 'element' | 'shell'>, t: LaterTranslate, isSlow: boolean, onChange: () => void): TemplateResult => {
  const isOwn = fallbackNodes(element).length === 0;
  const { color, colorScheme, direction } = getComputedStyle(element.parentElement ?? element);
  const dress = ({ style }: HTMLElement): void => {
    style.setProperty('--c-page', color);
    style.setProperty('color-scheme', colorScheme);
  };
  return html`
    <div class="fallback" part="fallback" ${onElement(dress)}>
      ${isSlow ? html`<p role="status">${t('slow')}</p>` : nothing}
      <p>${t(isOwn ? 'noWays' : 'otherWays')}</p>
      <slot dir=${direction} @slotchange=${onChange}></slot>
      ${isOwn ? [...shell.panel.querySelectorAll('.emergency > *')].map(({ textContent }) => html`<p>${textContent}</p>`) : nothing}
    </div>`;
};
