/** Finds links in plain text: http, https, mailto and tel only, each checked by the URL parser. The shown text is always the whole address. */
import { html, type TemplateResult } from 'lit/html.js';

const candidate = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"']+/gi;
const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** Punctuation that ends a sentence, not an address. */
const trailing = /[.,;:!?)\]}»”’،؛؟]+$/;

const toLink = (text: string): TemplateResult | null => {
  try {
    const url = new URL(text);
    if (!allowed.has(url.protocol)) return null;
    const web = url.protocol.startsWith('http');
    return web
      ? html`<a part="link" href=${url.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">${text}</a>`
      : html`<a part="link" href=${url.href} rel="noopener noreferrer" dir="ltr">${text}</a>`;
  } catch {
    return null;
  }
};

/** The text with its addresses as links. Returns the string itself where there is none. */
export function linkify(text: string): string | readonly (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const match of text.matchAll(candidate)) {
    const address = match[0].replace(trailing, '');
    const link = toLink(address);
    if (!link) continue;
    parts.push(text.slice(from, match.index), link);
    from = match.index + address.length;
  }
  return from === 0 ? text : [...parts, text.slice(from)];
}
