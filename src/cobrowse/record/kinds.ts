/** What the walk does with an element. The tags that may be entered are the list; whatever is not on it is an opaque box, also what is invented later. */

const enterable = new Set(
  ('html body div span p h1 h2 h3 h4 h5 h6 ul ol li menu dl dt dd a b strong i em u s small mark sub sup abbr cite q blockquote pre code kbd samp var dfn time address bdi bdo ins del ' +
    'section article main nav header footer aside search figure figcaption table caption thead tbody tfoot tr th td form fieldset legend label button summary details dialog hr br wbr slot')
    .split(' '),
);

export const unmasked = '[data-care-unmask=""],[data-care-unmask=true]';
export const masked = '[data-care-mask]';
/** Every bar as wide as its block. */
export const uniform = '[data-care-mask=uniform]';
/** Own elements are never walked and never drawn. */
export const own = 'care-chat,care-desk';
const toggles = '[type=checkbox i],[type=radio i],[role~=checkbox],[role~=radio],[role~=switch]';
/** What a person writes in, or what repeats it. */
const fields = `input,textarea,select,output,[contenteditable]:not([contenteditable=false i])${['textbox', 'searchbox', 'combobox', 'spinbutton', 'listbox', 'slider'].map((role) => `,[role~=${role}]`).join('')}`;

/** Only what is entered is walked further. */
export type Manner = 'enter' | 'toggle' | 'field' | 'opaque' | 'block' | 'nothing';
const manners = [[own, 'nothing'], ['[data-care-block]', 'block'], [toggles, 'toggle'], [fields, 'field']] as const;

/** `extra`: tags of custom elements that the clinic named to be entered although they have no open shadow root. */
export function mannerOf(element: Element, extra: ReadonlySet<string>): Manner {
  const tag = element.localName;
  const special = manners.find(([selector]) => element.matches(selector));
  if (special) return special[1];
  return element instanceof HTMLElement && (enterable.has(tag) || extra.has(tag) || (tag.includes('-') && element.shadowRoot)) ? 'enter' : 'opaque';
}
