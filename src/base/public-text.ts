/**
 * What of a page's texts may be public at all, known from the text, the tag and the names of attributes alone: for the recorder of co-browsing, which asks it of a
 * page as it is, and for the command that reads a site's static copy.
 */

/** The tags that may be entered are the list; whatever is not on it is opaque, also what is invented later. */
export const enterableTags: ReadonlySet<string> = new Set(
  ('html body div span p h1 h2 h3 h4 h5 h6 ul ol li menu dl dt dd a b strong i em u s small mark sub sup abbr cite q blockquote pre code kbd samp var dfn time address bdi bdo ins del ' +
    'section article main nav header footer aside search figure figcaption table caption thead tbody tfoot tr th td form fieldset legend label button summary details dialog hr br wbr slot')
    .split(' '),
);
/** Own elements are never walked and never drawn. */
export const ownTags = 'care-chat,care-desk';
/** Roles of what a person writes in or sets, or of what repeats it. */
export const fieldRoles = 'textbox searchbox combobox spinbutton listbox slider';
export const toggleRoles = 'checkbox radio switch';
/** Whether an attribute is a mark that says nothing that is known, and so may be a misspelled mask; asked where nothing is masked or blocked. */
export const isUnknownMark = (name: string): boolean => /^data-care-(?!unmask$)/.test(name);

/** Text a person can read, of 500 characters at most: no control characters, no direction overrides, no half characters. */
export const isReadable = (text: string): boolean => /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]{1,500}$/u.test(text);

const personalShapes: readonly RegExp[] = [
  // A contact; four digits in a word, eight in all; a date in figures.
  /@/, /(?:\p{Nd}[^\p{Nd}\s]*){4}/u, /(?:\p{Nd}\P{Nd}*){8}/u, /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/,
  // A day beside a month, in English and Spanish.
  /(?:(?<=\d\S{0,4} (?:of |de )?)|(?=\S{3,12} \d))(?:jan|ene|feb|mar|a[bp]r|may|ju[ln]|aug|ago|sep|oct|nov|d[ei]c)/i,
  // A street.
  /\d{1,6}[a-z]?\s(?:[\p{L}'.-]{1,30}\s){1,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|apt|suite)\b/iu,
];

/** Whether a text looks like something of a person's, although it is marked public: a name badge of numbers, a contact, a date, a street. */
export const isSuspect = (text: string): boolean => personalShapes.some((shape) => shape.test(text.normalize('NFKC')));
