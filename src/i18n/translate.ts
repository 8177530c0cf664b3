/** Turns a message key and parameters into a sentence. English is the type: a locale that lacks a key does not compile. */

/** A sentence, or one per CLDR plural category of the parameter `n`. `{name}` marks a parameter. */
export type Message = string | ({ readonly other: string } & Readonly<Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>>);

export type Messages<K extends string = string> = Readonly<Record<K, Message>>;

/** The shape every other language of a catalogue must have. */
export type Translation<M extends Messages> = { readonly [K in keyof M]: Message };

export type Params = Readonly<Record<string, string | number>>;

/** `t('unread', { n: 3 })`. Numbers are formatted for the language. */
export type Translate<K extends string = string> = (key: K, params?: Params) => string;

/** Languages written from right to left, by primary subtag. */
const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Direction of a BCP 47 tag. */
export const directionOf = (lang: string): 'ltr' | 'rtl' => (rightToLeft.has(lang.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** The offered language that fits best: exact tag, then primary subtag, then the first offered. */
export function pickLanguage<L extends string>(wanted: readonly string[], offered: readonly [L, ...L[]]): L {
  const exact = (tag: string): L | undefined => offered.find((lang) => lang.toLowerCase() === tag.toLowerCase());
  const primary = (tag: string): L | undefined => offered.find((lang) => lang.toLowerCase().split('-')[0] === tag.toLowerCase().split('-')[0]);
  for (const tag of wanted) {
    const found = exact(tag) ?? primary(tag);
    if (found) return found;
  }
  return offered[0];
}

/** Creates the translate function of one language and catalogue. */
export function createTranslate<M extends Messages>(lang: string, messages: M): Translate<keyof M & string> {
  const plural = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang);
  return (key, params = {}) => {
    const message: Message = messages[key]!;
    const n = params['n'];
    const sentence = typeof message === 'string' ? message : ((typeof n === 'number' ? message[plural.select(n)] : undefined) ?? message.other);
    return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : typeof value === 'number' ? number.format(value) : value;
    });
  };
}
