/**
 * The one producer of strings in co-browsing. A text goes on the wire only if the clinic marked it public (`data-care-unmask` on an
 * ancestor) and nothing speaks against it; the mark is on the public thing, so a re-render, a portal or a shadow root can lose a mark
 * but never a mask. Reads text nodes only: no attribute's text, no value, no title, no address of the page has a way in.
 */
import type { PublicText } from '../frame-codec.js';

/** Never entered, whatever is marked: what a person can write in, and what has its own ideas of text. Own elements too. */
const neverInside = [
  'input', 'textarea', 'select', 'option', 'datalist', 'output', 'svg', 'math', 'canvas', 'iframe', 'object', 'script', 'style', 'noscript', 'template', 'care-chat', 'care-desk',
  '[data-care-mask]', '[data-care-block]', '[contenteditable]:not([contenteditable="false" i])', '[role~=textbox]', '[role~=searchbox]', '[role~=combobox]', '[role~=spinbutton]', '[role~=listbox]',
].join(',');

const street = /\d{1,6}[a-z]?\s(?:[\p{L}'.-]{1,30}\s){1,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|apt|suite)\b/iu;
const dateShape = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;
const mostChars = 500;

/** Whether a text looks like something of a person's, although it is marked public: a name badge of numbers, a contact, a date, a street. */
export function isSuspect(text: string): boolean {
  const plain = text.normalize('NFKC');
  const digits = (part: string): number => part.match(/\p{Nd}/gu)?.length ?? 0;
  return plain.includes('@') || dateShape.test(plain) || street.test(plain) || digits(plain) >= 8 || plain.split(/\s+/).some((token) => digits(token) >= 4);
}

/** The parent on the flat tree: slot, then parent, then the host of a shadow root. */
function flatParent(node: Node): Node | null {
  const slot = node instanceof Element || node instanceof Text ? node.assignedSlot : null;
  return slot ?? (node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode);
}

function isPublic(node: Text): boolean {
  let unmasked = false;
  for (let at = flatParent(node); at && at !== node.ownerDocument; at = flatParent(at)) {
    // Whatever is no element (a fragment, another document) is not understood, and so it is masked.
    if (!(at instanceof Element) || at.matches(neverInside)) return false;
    unmasked ||= at.hasAttribute('data-care-unmask');
  }
  return unmasked && node.isConnected && node.ownerDocument.designMode !== 'on';
}

/** The text of a node, if it may be shown to the nurse; null where it is to be a bar. Any doubt or error masks. */
export function gate(node: Text): PublicText | null {
  try {
    const text = node.data.replace(/\s+/g, ' ').trim();
    return text !== '' && text.length <= mostChars && isPublic(node) && !isSuspect(text) ? (text as PublicText) : null;
  } catch {
    return null;
  }
}

/** The strings of one frame, each once. */
export interface StringTable {
  /** Index of the node's text, or -1 where it is masked. Decided anew at each call: nodes move. */
  indexOf(node: Text): number;
  readonly strings: readonly PublicText[];
}

/** An empty table; make one for each frame. */
export function createStringTable(): StringTable {
  const indexes = new Map<PublicText, number>();
  return {
    indexOf(node) {
      const text = gate(node);
      if (text === null) return -1;
      const index = indexes.get(text) ?? indexes.size;
      indexes.set(text, index);
      return index;
    },
    get strings() {
      return [...indexes.keys()];
    },
  };
}
