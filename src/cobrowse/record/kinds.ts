/** What the walk does with an element. The tags that may be entered are the list; whatever is not on it is an opaque box, also what is invented later. */
import { enterableTags, fieldRoles, ownTags, toggleRoles } from '../../base/public-text.js';
import { kinds } from '../frame-codec.js';

export const unmasked = '[data-care-unmask=""],[data-care-unmask=true]';
export const masked = '[data-care-mask]';
/** Every bar as wide as its block. */
export const uniform = '[data-care-mask=uniform]';
const byRole = (roles: string): string => `,[role~=${roles.replaceAll(' ', '],[role~=')}]`;
const toggles = `[type=checkbox i],[type=radio i]${byRole(toggleRoles)}`;
/** What a person writes in, or what repeats it. */
const fields = `input,textarea,select,output,[contenteditable]:not([contenteditable=false i])${byRole(fieldRoles)}`;

/** What is done with an element. Only what is entered is walked further; three are drawn as what they are. */
export const manners = { enter: -1, block: -2, nothing: -3, field: kinds.field, toggle: kinds.toggle, opaque: kinds.opaque } as const;
export type Manner = (typeof manners)[keyof typeof manners];
const special: readonly (readonly [selector: string, Manner])[] = [[ownTags, manners.nothing], ['[data-care-block]', manners.block], [toggles, manners.toggle], [fields, manners.field]];

/** `extra`: tags of custom elements that the clinic named to be entered although they have no open shadow root. */
export function mannerOf(element: Element, extra: ReadonlySet<string>): Manner {
  const tag = element.localName;
  const isEnterable = element instanceof HTMLElement && (enterableTags.has(tag) || extra.has(tag) || (tag.includes('-') && element.shadowRoot));
  return special.find(([selector]) => element.matches(selector))?.[1] ?? (isEnterable ? manners.enter : manners.opaque);
}
