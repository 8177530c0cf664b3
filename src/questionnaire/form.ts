/**
 * The loaded form and the words for its parts: what every file of this room shares. A `Form` holds only what this version can
 * show and check; whatever it cannot is refused by `load-questionnaire.ts`. Knows nothing of screens or sentences.
 */

/** FHIR `Coding`, as far as a form needs it (hl7.org/fhir/datatypes.html#Coding). */
export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

/** One answer in FHIR's own shape: an object with exactly one `value[x]`. */
export type Answer =
  | { readonly valueString: string }
  | { readonly valueBoolean: boolean }
  | { readonly valueDate: string }
  | { readonly valueInteger: number }
  | { readonly valueDecimal: number }
  | { readonly valueCoding: Coding };

/** The `value[x]` names an answer of this version may have. */
export type AnswerKind = Answer extends infer One ? (One extends Answer ? keyof One & string : never) : never;

/** R4 `choice` and R5 `coding` are both `choice` here. */
export type ItemType = 'group' | 'display' | 'string' | 'text' | 'choice' | 'boolean' | 'date' | 'integer' | 'decimal';

/** A text and its translations (extension `translation`): language tag, lower case → text. */
export interface Wording {
  readonly text: string;
  readonly translations: Readonly<Record<string, string>>;
}

export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | 'exists';

/** What a condition compares with: the `answer[x]` of `enableWhen`, wider than what an item can answer. */
export type Expected =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'coding'; readonly value: Coding }
  | { readonly kind: 'never' };

export interface EnableWhen {
  /** linkId of the source. */
  readonly question: string;
  readonly operator: Operator;
  readonly expected: Expected;
}

export interface Option {
  readonly value: Answer;
  readonly label: Wording;
  /** "(1)" or "A": extension `optionPrefix`. */
  readonly prefix: string | null;
  /** "None of these": choosing it lets go of the others (extension `optionExclusive`). */
  readonly exclusive: boolean;
  readonly initiallySelected: boolean;
}

/** How the author would like a choice to look (extension `itemControl`); a view may do otherwise. */
export type Control = 'radio-button' | 'check-box' | 'drop-down' | null;

export interface FormItem {
  readonly linkId: string;
  readonly type: ItemType;
  /** JSON pointer into the Questionnaire. */
  readonly pointer: string;
  readonly text: Wording | null;
  readonly prefix: Wording | null;
  /** Display children with `itemControl` help, flyover, prompt, lower or upper. */
  readonly help: readonly Wording[];
  /** Shown after a number: extension `questionnaire-unit`, or a display child with `itemControl` unit. */
  readonly unit: Wording | null;
  readonly required: boolean;
  /** More than one answer; only choices have it in this version. */
  readonly repeats: boolean;
  readonly readOnly: boolean;
  /** Never shown, may carry an initial value (extension `questionnaire-hidden`). */
  readonly hidden: boolean;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  /** Numbers, or ISO dates for `date` items. */
  readonly minValue: number | string | null;
  readonly maxValue: number | string | null;
  readonly maxDecimalPlaces: number | null;
  readonly minOccurs: number | null;
  readonly maxOccurs: number | null;
  readonly entryFormat: Wording | null;
  readonly control: Control;
  /** HTML autofill token, only where the author says so (extension `urn:care-chat:fhir:autocomplete`). */
  readonly autocomplete: string | null;
  readonly options: readonly Option[];
  readonly initial: readonly Answer[];
  readonly enableWhen: readonly EnableWhen[];
  /** Null where the author did not say; then any condition is enough. */
  readonly enableBehavior: 'all' | 'any' | null;
  /** Null at the top. */
  readonly parent: FormItem | null;
  readonly children: readonly FormItem[];
}

/** A place in the Questionnaire (JSON pointer) and what was found there. */
export interface Finding {
  readonly pointer: string;
  readonly code: string;
}

export interface Form {
  /** `url|version`, as a QuestionnaireResponse names it; null where the Questionnaire has no url. */
  readonly canonical: string | null;
  /** Never empty: the canonical, else the id, else `unnamed`. */
  readonly name: string;
  readonly title: Wording | null;
  /** Language of the texts outside `translations`; null where it is not said. */
  readonly language: string | null;
  /** The language that was asked for at load. */
  readonly lang: string;
  readonly roots: readonly FormItem[];
  /** All items in document order. */
  readonly items: readonly FormItem[];
  readonly byLinkId: ReadonlyMap<string, FormItem>;
}

/** Why an answer is refused: a code and parameters, never a sentence, never what was typed. */
export interface AnswerError {
  readonly code:
    | 'required' | 'not-integer' | 'not-decimal' | 'not-date' | 'too-short' | 'too-long' | 'too-small' | 'too-big'
    | 'date-too-early' | 'date-too-late' | 'too-many-decimals' | 'not-an-option' | 'too-few' | 'too-many' | 'exclusive' | 'wrong-type';
  readonly params: Readonly<Record<string, string | number>>;
}

/** Whether this item asks something. */
export const isQuestion = (item: FormItem): boolean => item.type !== 'group' && item.type !== 'display';

/** Text in the wanted language: exact tag, then primary subtag, else as written by the author. */
export function wordingIn(wording: Wording, lang: string, base: string | null): string {
  const tag = lang.toLowerCase();
  const primary = tag.split('-')[0]!;
  const { translations, text } = wording;
  if (Object.hasOwn(translations, tag)) return translations[tag]!;
  if (base?.toLowerCase().split('-')[0] === primary) return text;
  const near = Object.keys(translations).find((key) => key.split('-')[0] === primary);
  return near === undefined ? text : translations[near]!;
}
