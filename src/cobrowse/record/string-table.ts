/**
 * The one producer of strings in co-browsing. A text goes on the wire only if the clinic marked it public (`data-care-unmask` on an
 * ancestor) and nothing speaks against it; the mark is on the public thing, so a re-render, a portal or a shadow root can lose a mark
 * but never a mask. Reads text nodes only: no attribute's text, no value, no title, no address of the page has a way in.
 */
import { plainText } from '../../base/plain-text.js';
import { isReadable, isSuspect, isUnknownMark } from '../../base/public-text.js';
import type { PublicText } from '../frame-codec.js';
import type { CheckedConfig } from './config.js';
import { mannerOf, manners, masked, unmasked } from './kinds.js';

/** Why a text under `data-care-unmask` is masked all the same. */
export type TripwireReason = 'looks-personal' | 'after-input' | 'not-in-dictionary' | 'unknown-mark' | 'unreadable';

export interface GatePolicy {
  /** What was created or changed after the patient's first input: nodes, elements whose content is new, shadow roots. */
  readonly late: Pick<WeakSet<Node>, 'has'>;
  readonly config: CheckedConfig;
  /** A text is marked public and masked all the same. */
  onSuspect(node: Text, reason: TripwireReason): void;
}

/** Up the flat tree: to the slot, else the parent, else from a shadow root to its host. */
const above = (node: Node): Node => ((node as Text).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host);

/** Why a text is not to be shown: null for no reason, none given where it was never said to be public. */
function reasonAgainst(node: Text, text: string, { late, config }: GatePolicy): TripwireReason | '' | null {
  let isMarked = false;
  let isLate = late.has(node);
  let hasUnknownMark = false;
  for (let at = above(node); at !== document; at = above(at)) {
    isLate ||= late.has(at);
    if (at instanceof ShadowRoot) continue;
    // Whatever is no element (nothing, a fragment, another document) is not understood, and so it is masked.
    if (!(at instanceof Element) || mannerOf(at, config.enter) !== manners.enter || at.matches(masked)) return '';
    isMarked ||= at.matches(unmasked);
    // A mark that is misspelled may have been meant to hide something.
    hasUnknownMark ||= at.getAttributeNames().some(isUnknownMark);
  }
  if (!isMarked || document.designMode === 'on') return '';
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
    if (reason) policy.onSuspect(node, reason);
    return reason === null ? ((plainText(node.data.slice(start, end)) || null) as PublicText | null) : null;
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
