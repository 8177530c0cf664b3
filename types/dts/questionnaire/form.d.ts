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
/** FHIR `Quantity` with a value (hl7.org/fhir/datatypes.html#Quantity). */
export interface Quantity {
    readonly value: number;
    readonly unit?: string;
    readonly system?: string;
    readonly code?: string;
}
/** FHIR `Attachment` that was picked by a person: its content in base64, never an address. */
export interface Attachment {
    readonly contentType?: string;
    readonly data?: string;
    /** Bytes before base64. */
    readonly size?: number;
    readonly title?: string;
}
/** One answer in FHIR's own shape: an object with exactly one `value[x]`. */
export type Answer = {
    readonly valueString: string;
} | {
    readonly valueBoolean: boolean;
} | {
    readonly valueDate: string;
} | {
    readonly valueDateTime: string;
} | {
    readonly valueTime: string;
} | {
    readonly valueInteger: number;
} | {
    readonly valueDecimal: number;
} | {
    readonly valueUri: string;
} | {
    readonly valueCoding: Coding;
} | {
    readonly valueQuantity: Quantity;
} | {
    readonly valueAttachment: Attachment;
};
/** The `value[x]` names an answer may have. */
export type AnswerKind = Answer extends infer One ? (One extends Answer ? keyof One & string : never) : never;
/** R4 `choice` and R5 `coding` are both `choice` here, and so is whatever has a list of options. */
export type ItemType = 'group' | 'display' | 'string' | 'text' | 'url' | 'choice' | 'boolean' | 'date' | 'dateTime' | 'time' | 'integer' | 'decimal' | 'quantity' | 'attachment';
/** A text and its translations (extension `translation`): language tag, lower case → text. */
export interface Wording {
    readonly text: string;
    readonly translations: Readonly<Record<string, string>>;
}
export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | 'exists';
export interface EnableWhen {
    /** linkId of the source. */
    readonly question: string;
    readonly operator: Operator;
    /** Null: a type that no item can answer. */
    readonly expected: Answer | null;
}
export interface Option {
    readonly value: Answer;
    readonly label: Wording;
    /** "(1)" or "A": extension `optionPrefix`. */
    readonly prefix: string | null;
    /** "None of these": choosing it lets go of the others (extension `optionExclusive`). */
    readonly exclusive: boolean;
    readonly initiallySelected: boolean;
    /** What it counts in a score: R4 `ordinalValue`, R5 `itemWeight`. */
    readonly weight: number | null;
    readonly media: Media | null;
}
/** How the author would like an item to look (extension `itemControl`), where a view cares; it may do otherwise. */
export type Control = 'radio-button' | 'check-box' | 'drop-down' | 'slider' | 'text-box' | 'legal' | 'page' | null;
/** A picture, a sound or a film that the author put beside a question. Nothing is fetched unless the host allows the address. */
export interface Media {
    readonly contentType: string | null;
    readonly url: string | null;
    /** Base64. */
    readonly data: string | null;
    readonly title: string | null;
}
/** A text as markup, to be cleaned before it is shown; the plain text says the same. */
export interface Markup {
    readonly kind: 'markdown' | 'xhtml';
    readonly source: string;
}
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
    /** Shown where there is little room (SDC `shortText`). */
    readonly shortText: Wording | null;
    readonly markup: Markup | null;
    readonly media: Media | null;
    /** Where the author explains more (extension `questionnaire-supportLink`): https only. */
    readonly supportLink: string | null;
    /** `instructions`, `security` or another code of `questionnaire-displayCategory`. */
    readonly category: string | null;
    readonly required: boolean;
    /** More than one answer: several options, or the item several times. */
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
    readonly minQuantity: Quantity | null;
    readonly maxQuantity: Quantity | null;
    /** A regular expression that the whole answer has to match, and the author's sentence for when it does not. */
    readonly regex: string | null;
    readonly regexMessage: Wording | null;
    /** Attachments: allowed types (all where empty) and bytes. */
    readonly mimeTypes: readonly string[];
    readonly maxSizeBytes: number | null;
    readonly sliderStep: number | null;
    readonly entryFormat: Wording | null;
    readonly control: Control;
    /** HTML autofill token, only where the author says so (extension `urn:care-chat:fhir:autocomplete`). */
    readonly autocomplete: string | null;
    readonly options: readonly Option[];
    /** A choice: what may be answered beside its options (R4 open-choice, R5 `answerConstraint`), or null. */
    readonly open: AnswerKind | null;
    readonly openLabel: Wording | null;
    /** A quantity: the units to choose from; one where the author set it. */
    readonly units: readonly Option[];
    readonly initial: readonly Answer[];
    readonly enableWhen: readonly EnableWhen[];
    /** Null where the author did not say; then any condition is enough. */
    readonly enableBehavior: 'all' | 'any' | null;
    /** What becomes of it on screen while it is disabled. */
    readonly disabledDisplay: 'hidden' | 'protected';
    /** The item as the author wrote it: `%qitem`. */
    readonly source: Readonly<Record<string, unknown>>;
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
    /** Whether `loadExpressions` of `expressions.ts` is needed: something is computed, or an answer has to have a pattern. */
    readonly hasExpressions: boolean;
    /** The Questionnaire as the author wrote it: `%questionnaire`. */
    readonly source: Readonly<Record<string, unknown>>;
}
/** Why an answer is refused: a code and parameters, never a sentence, never what was typed. */
export interface AnswerError {
    readonly code: 'required' | 'not-integer' | 'not-decimal' | 'not-date' | 'not-date-time' | 'not-time' | 'not-url' | 'no-unit' | 'too-short' | 'too-long' | 'pattern' | 'too-small' | 'too-big' | 'date-too-early' | 'date-too-late' | 'too-many-decimals' | 'not-an-option' | 'too-few' | 'too-many' | 'exclusive' | 'attachment-type' | 'attachment-size' | 'constraint' | 'wrong-type';
    readonly params: Readonly<Record<string, string | number>>;
    /** The author's own sentence, where there is one (`pattern`, `constraint`). */
    readonly message?: Wording;
}
/** What an answer says: the one value in it. */
export declare const valueOf: (answer: Answer) => unknown;
/** Whether this item asks something. */
export declare const isQuestion: (item: FormItem) => boolean;
/** Whether an item may be there several times. A choice that repeats is there once, with several options chosen. */
export declare const isRepeated: (item: FormItem) => boolean;
/** Text in the wanted language: exact tag, then primary subtag, else as written by the author. */
export declare function wordingIn(wording: Wording, lang: string, base: string | null): string;
