/**
 * The one producer of strings in co-browsing. A text goes on the wire only if the clinic marked it public (`data-care-unmask` on an
 * ancestor) and nothing speaks against it; the mark is on the public thing, so a re-render, a portal or a shadow root can lose a mark
 * but never a mask. Reads text nodes only: no attribute's text, no value, no title, no address of the page has a way in.
 */
import { plainText } from '../../base/plain-text.js';
import { isReadable, type PublicText } from '../frame-codec.js';
import type { CheckedConfig } from './config.js';
import { mannerOf, masked, unmasked } from './kinds.js';

const street = /\d{1,6}[a-z]?\s(?:[\p{L}'.-]{1,30}\s){1,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|apt|suite)\b/iu;
const dateShape = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;
const month = '(?:jan|ene|feb|mar|a[bp]r|may|ju[ln]|aug|ago|sep|oct|nov|d[ei]c)';
const dayAndMonth = new RegExp(`\\d\\S{0,4} (?:of |de )?${month}|${month}\\S{0,9} \\d`, 'i');

/** Whether a text looks like something of a person's, although it is marked public: a name badge of numbers, a contact, a date, a street. */
export function isSuspect(text: string): boolean {
  const plain = text.normalize('NFKC');
  const digits = (part: string): number => part.match(/\p{Nd}/gu)?.length ?? 0;
  return plain.includes('@') || [dateShape, dayAndMonth, street].some((shape) => shape.test(plain)) || digits(plain) >= 8 || plain.split(/\s+/).some((token) => digits(token) >= 4);
}

/** Why a text under `data-care-unmask` is masked all the same. */
export type TripwireReason = 'looks-personal' | 'after-input' | 'not-in-dictionary' | 'unknown-mark' | 'unreadable';

export interface GatePolicy {
  /** What was created or changed after the patient's first input: nodes, elements whose content is new, shadow roots. */
  readonly late: Pick<WeakSet<Node>, 'has'>;
  readonly config: Pick<CheckedConfig, 'isKnown' | 'enter'>;
  /** A text is marked public and masked all the same. */
  onSuspect(node: Text, reason: TripwireReason): void;
}

/** The parent on the flat tree: slot, then parent, then the host of a shadow root. */
function flatParent(node: Text | Element): Node | null {
  const parent = node.assignedSlot ?? node.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent;
}

/** Why a text is not to be shown: null for no reason, `private` where it was never said to be public. */
function reasonAgainst(node: Text, text: string, { late, config }: GatePolicy): TripwireReason | 'private' | null {
  let isMarked = false;
  let isLate = late.has(node);
  let hasUnknownMark = false;
  for (let at = flatParent(node); at !== document; at = flatParent(at)) {
    // Whatever is no element (a fragment, another document) is not understood, and so it is masked.
    if (!(at instanceof Element) || mannerOf(at, config.enter) !== 'enter' || at.matches(masked)) return 'private';
    isMarked ||= at.matches(unmasked);
    isLate ||= late.has(at) || late.has(at.parentNode!);
    // A mark that is misspelled may have been meant to hide something.
    hasUnknownMark ||= at.getAttributeNames().some((name) => /^data-care-(?!unmask$)/.test(name));
  }
  if (!isMarked || document.designMode === 'on') return 'private';
  if (hasUnknownMark) return 'unknown-mark';
  // A framework may put a sentence together from several nodes: they are read as the one text that they look like.
  if (isSuspect([...node.parentNode!.childNodes].map((one) => (one instanceof Text ? one.data : '')).join(''))) return 'looks-personal';
  if (!isReadable(text)) return 'unreadable';
  const isKnown = config.isKnown(text);
  return isKnown === false ? 'not-in-dictionary' : isLate && !isKnown ? 'after-input' : null;
}

/** The text of a node, or what stands in one of its lines, if it may be shown to the nurse; null where it is to be a bar. Any doubt or error masks. */
export function gate(node: Text, policy: GatePolicy, start = 0, end?: number): PublicText | null {
  try {
    const reason = reasonAgainst(node, plainText(node.data), policy);
    if (reason && reason !== 'private') policy.onSuspect(node, reason);
    return reason ? null : ((plainText(node.data.slice(start, end)) || null) as PublicText | null);
  } catch {
    return null;
  }
}

/** Gives each of different things a number, from 0. A frame has one table of strings, into which only public texts come. */
export function createTable<Entry>(): { readonly entries: () => readonly Entry[]; readonly indexOf: (entry: Entry) => number } {
  const indexes = new Map<Entry, number>();
  return {
    entries: () => [...indexes.keys()],
    indexOf(entry) {
      if (!indexes.has(entry)) indexes.set(entry, indexes.size);
      return indexes.get(entry)!;
    },
  };
}
