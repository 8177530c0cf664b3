/**
 * The one door to DOMPurify, and the only way markup from a configuration gets on the screen. A tight allow-list: text structure and
 * links; no style, class, id, media, form or script. Gives a fragment, never a string, so that no Trusted Types sink is touched by us;
 * DOMPurify's own parsing goes through its policy, which the build names `care-chat#purify`.
 */
import DOMPurify from 'dompurify';

const tags = ['p', 'br', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li', 'a', 'h3', 'h4'];

/** Absolute addresses only: a relative one would mean something else on each clinic's page. */
const safeAddress = /^(?:https?:\/\/|mailto:|tel:)/i;

let purify: ReturnType<typeof DOMPurify> | undefined;

/** An instance of our own: hooks on the shared one would change what the page's own DOMPurify does. */
function ownPurify(): ReturnType<typeof DOMPurify> {
  if (purify) return purify;
  const made = DOMPurify(window);
  made.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName !== 'A') return;
    // Whatever a later DOMPurify may let pass: a link has an address and what is set here, no more.
    for (const { name } of [...node.attributes]) if (name !== 'href') node.removeAttribute(name);
    if (!node.hasAttribute('href')) return;
    node.setAttribute('rel', 'noopener noreferrer');
    node.setAttribute('target', '_blank');
  });
  return (purify = made);
}

/** Safe nodes from markup of any origin; text of elements that are not allowed stays, their markup goes. No network, no side effects. */
export function sanitizeToFragment(html: string): DocumentFragment {
  return ownPurify().sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href'],
    ALLOWED_URI_REGEXP: safeAddress,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    FORBID_CONTENTS: ['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'textarea', 'title', 'select', 'xmp', 'plaintext', 'noembed', 'noframes'],
    RETURN_DOM_FRAGMENT: true,
  });
}
