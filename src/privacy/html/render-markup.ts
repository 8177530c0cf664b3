/** The chunk `rich`: clean nodes for what a configuration or a form says as markup. */
import { markdownToHtml } from './markdown.js';
import { sanitizeToFragment } from './sanitize.js';

/** Longer ones would hold up a phone, and are no text that anybody reads: their plain text shows. */
const longestMarkdown = 5000;

export type MarkupKind = 'markdown' | 'xhtml';

/** Safe nodes, or null where the plain text has to do. */
export function renderMarkup(kind: MarkupKind, source: string): DocumentFragment | null {
  if (kind === 'xhtml') return sanitizeToFragment(source);
  return source.length > longestMarkdown ? null : sanitizeToFragment(markdownToHtml(source));
}
