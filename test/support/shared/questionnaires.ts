/** Questionnaires of our own for the tests of several rooms: builders, so that each test says what it is about. */

export type Json = Record<string, unknown>;

/** A Questionnaire around some items. */
export const questionnaire = (item: readonly Json[], more: Json = {}): Json => ({
  resourceType: 'Questionnaire', url: 'https://clinic.example/forms/test', version: '1', status: 'active', language: 'en', title: 'Before we start', item, ...more,
});

/** An item; text defaults to its linkId. */
export const item = (linkId: string, type: string, more: Json = {}): Json => ({ linkId, type, text: `Text of ${linkId}`, ...more });

const system = 'https://clinic.example/codes';

export const coding = (code: string, display = code): Json => ({ system, code, display });

/** A choice of codes. */
export const choice = (linkId: string, codes: readonly string[], more: Json = {}): Json =>
  item(linkId, 'choice', { answerOption: codes.map((code) => ({ valueCoding: coding(code, `Option ${code}`) })), ...more });

export const hl7 = (name: string, value: Json): Json => ({ url: `http://hl7.org/fhir/StructureDefinition/${name}`, ...value });

export const itemControl = (code: string): Json => hl7('questionnaire-itemControl', { valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] } });

/** The `_text` sibling with translations. */
export const translated = (texts: Readonly<Record<string, string>>): Json => ({
  extension: Object.entries(texts).map(([lang, content]) => hl7('translation', { extension: [{ url: 'lang', valueCode: lang }, { url: 'content', valueString: content }] })),
});

/** What a clinic asks before a chat: every kind of question of this version. */
export const preChat: Json = questionnaire([
  item('name', 'string', { text: 'Your name', required: true, maxLength: 40, _text: translated({ es: 'Su nombre', ar: 'اسمك' }), extension: [{ url: 'urn:care-chat:fhir:autocomplete', valueCode: 'name' }] }),
  item('birthday', 'date', { text: 'Date of birth', required: true, extension: [hl7('maxValue', { valueDate: '2026-12-31' })] }),
  choice('topic', ['appointment', 'refill', 'symptom'], {
    text: 'What is this about?', required: true,
    item: [item('topic-help', 'display', { text: 'We use this to find the right nurse.', extension: [itemControl('help')] })],
  }),
  item('fever', 'boolean', { text: 'Do you have a fever?', enableWhen: [{ question: 'topic', operator: '=', answerCoding: coding('symptom') }] }),
  item('temperature', 'decimal', { text: 'Temperature', enableWhen: [{ question: 'fever', operator: '=', answerBoolean: true }], extension: [hl7('minValue', { valueDecimal: 30 }), hl7('maxValue', { valueDecimal: 45 })] }),
  item('words', 'text', { text: 'In your own words' }),
]);
