/** What is loaded, what is refused, and that a refusal says where and why. */
import { expect } from '@open-wc/testing';
import type { CareError } from '../../src/base/care-error.js';
import { loadWithExpressions } from '../../src/questionnaire/expressions.js';
import type { Form } from '../../src/questionnaire/form.js';
import { wordingIn } from '../../src/questionnaire/form.js';
import { findWarnings } from '../../src/questionnaire/form-warnings.js';
import { loadQuestionnaire } from '../../src/questionnaire/load-questionnaire.js';
import { refusalInWords } from '../../src/questionnaire/refusal-words.js';
import { choice, coding, hl7, item, itemControl, preChat, questionnaire, translated, type Json } from '../support/shared/questionnaires.js';

function load(json: unknown): Form {
  const loaded = loadQuestionnaire(json, { lang: 'en' });
  if (!loaded.ok) throw loaded.error;
  return loaded.value;
}

function refusal(json: unknown): CareError {
  const loaded = loadWithExpressions(json, { lang: 'en' });
  if (loaded.ok) throw new Error('was loaded');
  return loaded.error;
}

const modifier = [{ url: 'https://elsewhere.example/opposite', valueBoolean: true }];
const sdc = (name: string, language = 'text/fhirpath'): Json => ({ url: `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${name}`, valueExpression: { language, expression: 'true' } });
const is = (question: string): Json => ({ question, operator: 'exists', answerBoolean: true });

const refused: readonly [name: string, json: unknown, pointer: string, code: string][] = [
  ['a resource of another kind', { resourceType: 'Patient' }, '', 'not-questionnaire'],
  ['nothing', null, '', 'not-questionnaire'],
  ['a text', 'Questionnaire', '', 'not-questionnaire'],
  ['a list', [preChat], '', 'not-questionnaire'],
  ['an item type that does not exist', questionnaire([item('a', 'constructor')]), '/item/0/type', 'item-type'],
  ['a question for a reference', questionnaire([item('a', 'reference')]), '/item/0/type', 'reference'],
  ['an answerConstraint that does not exist', questionnaire([choice('a', ['x'], { type: 'coding', answerConstraint: 'anything' })]), '/item/0/answerConstraint', 'open-choice'],
  ['options on a truth', questionnaire([item('a', 'boolean', { answerOption: [{ valueString: 'x' }] })]), '/item/0/answerOption', 'options-on-other-type'],
  ['an option that is a reference', questionnaire([item('a', 'choice', { answerOption: [{ valueReference: {} }] })]), '/item/0/answerOption/0', 'option-value'],
  ['an expression in another language', questionnaire([item('a', 'string', { extension: [sdc('calculatedExpression', 'text/cql')] })]), '/item/0/extension/0', 'expression-language'],
  ['a query for a variable', questionnaire([], { extension: [{ ...hl7('variable', {}), valueExpression: { name: 'p', language: 'application/x-fhir-query', expression: 'Patient' } }] }), '/extension/0', 'expression-language'],
  ['an expression without a text', questionnaire([item('a', 'string', { extension: [hl7('variable', { valueExpression: { language: 'text/fhirpath' } })] })]), '/item/0/extension/0', 'expression-missing'],
  ['an answer that is looked for', questionnaire([item('a', 'string', { extension: [sdc('candidateExpression')] })]), '/item/0/extension', 'candidateExpression'],
  ['a limit that is computed', questionnaire([item('a', 'date', { extension: [hl7('maxValue', { valueDate: '2026-01-01', _valueDate: { extension: [hl7('cqf-calculatedValue', {})] } })] })]), '/item/0/extension', 'cqf-calculatedValue'],
  ['a pattern that is none', questionnaire([item('a', 'string', { extension: [hl7('regex', { valueString: '(' })] })]), '/item/0/extension', 'regex'],
  ['a pattern that counts too far', questionnaire([item('a', 'string', { extension: [hl7('regex', { valueString: '(a{100}){100}' })] })]), '/item/0/extension', 'regex-unsafe'],
  ['a pattern that looks ahead', questionnaire([item('g', 'group', { item: [item('a', 'string', { extension: [hl7('regex', { valueString: '(?=a)\\w+' })] })] })]), '/item/0/item/0/extension', 'regex-unsupported'],
  ['a pattern that refers back', questionnaire([item('a', 'string', { extension: [hl7('regex', { valueString: '(a)\\1' })] })]), '/item/0/extension', 'regex-unsupported'],
  ['an extension without which the form is not right', questionnaire([], { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-rendering-criticalExtension', valueUri: 'https://elsewhere.example/StructureDefinition/vital' }] }), '/extension', 'critical-extension'],
  ['STU3 options', questionnaire([item('a', 'choice', { option: [{ valueString: 'x' }] })]), '/item/0/option', 'stu3'],
  ['STU3 conditions', questionnaire([item('a', 'string'), item('b', 'string', { enableWhen: [{ question: 'a', hasAnswer: true }] })]), '/item/1/enableWhen/0/hasAnswer', 'stu3'],
  ['a modifier extension on the form', questionnaire([], { modifierExtension: modifier }), '/modifierExtension', 'modifier-extension'],
  ['a modifier extension on a nested item', questionnaire([item('g', 'group', { item: [item('a', 'string', { modifierExtension: modifier })] })]), '/item/0/item/0/modifierExtension', 'modifier-extension'],
  ['a modifier extension on an option', questionnaire([item('a', 'choice', { answerOption: [{ valueString: 'x', modifierExtension: modifier }] })]), '/item/0/answerOption/0/modifierExtension', 'modifier-extension'],
  ['rules that are elsewhere', questionnaire([], { implicitRules: 'https://elsewhere.example/rules' }), '/implicitRules', 'implicit-rules'],
  ['an enableBehavior that does not exist', questionnaire([item('a', 'string'), item('b', 'string', { enableWhen: [is('a')], enableBehavior: 'xor' })]), '/item/1/enableBehavior', 'enable-behavior'],
  ['a condition with two answers', questionnaire([item('a', 'string'), item('b', 'string', { enableWhen: [{ question: 'a', operator: '=', answerString: 'x', answerInteger: 1 }] })]), '/item/1/enableWhen/0', 'enable-when'],
  ['two items of one linkId', questionnaire([item('a', 'string'), item('a', 'string')]), '/item/1/linkId', 'link-id-twice'],
  ['an item without a linkId', questionnaire([{ type: 'string', text: 'x' }]), '/item/0/linkId', 'link-id-missing'],
  ['a choice without options', questionnaire([item('a', 'choice')]), '/item/0', 'no-options'],
  ['options and a value set', questionnaire([choice('a', ['x'], { answerValueSet: '#v' })]), '/item/0/answerValueSet', 'options-and-value-set'],
  ['a modifier extension on a contained value set', questionnaire([item('a', 'choice', { answerValueSet: '#v' })], { contained: [{ resourceType: 'ValueSet', id: 'v', modifierExtension: modifier, compose: { include: [{ system: 's', concept: [{ code: 'x' }] }] } }] }), '/item/0/answerValueSet', 'modifier-extension'],
  ['a modifier extension in what it includes', questionnaire([item('a', 'choice', { answerValueSet: '#v' })], { contained: [{ resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 's', modifierExtension: modifier, concept: [{ code: 'x' }] }] } }] }), '/item/0/answerValueSet', 'modifier-extension'],
  ['a value set elsewhere', questionnaire([item('a', 'choice', { answerValueSet: 'https://elsewhere.example/vs' })]), '/item/0/answerValueSet', 'value-set-not-contained'],
  ['an initial value of another type', questionnaire([item('a', 'integer', { initial: [{ valueString: 'x' }] })]), '/item/0/initial/0', 'initial-type'],
  ['a limit of another type', questionnaire([item('a', 'date', { extension: [hl7('minValue', { valueInteger: 3 })] })]), '/item/0/extension', 'min-value'],
  ['a condition on an item that is not there', questionnaire([item('a', 'string', { enableWhen: [is('zzz')] })]), '/item/0/enableWhen/0/question', 'enable-when'],
  ['an unknown operator', questionnaire([item('a', 'string'), item('b', 'string', { enableWhen: [{ question: 'a', operator: '~', answerString: 'x' }] })]), '/item/1/enableWhen/0', 'enable-when'],
  ['conditions in a circle', questionnaire([item('a', 'string', { enableWhen: [is('b')] }), item('b', 'string', { enableWhen: [is('a')] })]), '/item/0/enableWhen', 'enable-when-loop'],
  ['a condition on its own child', questionnaire([item('g', 'group', { enableWhen: [is('a')], item: [item('a', 'string')] })]), '/item/0/enableWhen', 'enable-when-loop'],
  ['items that are no list', questionnaire([], { item: 'x' }), '/item', 'item-shape'],
  ['an item that is no object', questionnaire([item('a', 'string')], { item: [null] }), '/item', 'item-shape'],
  ['conditions that are no list', questionnaire([item('a', 'string', { enableWhen: { question: 'a' } })]), '/item/0/enableWhen', 'enable-when'],
  ['more items than anybody answers', questionnaire(Array.from({ length: 501 }, (_, index) => item(`q${index}`, 'string'))), '/item', 'too-many-items'],
];

describe('loading a Questionnaire', () => {
  for (const [name, json, pointer, code] of refused) {
    it(`refuses ${name}, with path and reason`, () => {
      const error = refusal(json);
      expect(error.code).to.equal('form-unsupported');
      expect(error.details).to.deep.include({ pointer, code });
      const said = refusalInWords(error).find((line) => line.startsWith(`${pointer || '/'}: `));
      expect(said).to.match(/ .+\.$/);
    });
  }

  it('names every obstacle at once', () => {
    expect(refusal(questionnaire([item('a', 'reference'), item('b', 'hologram')])).details.map((detail) => detail.pointer)).to.deep.equal(['/item/0/type', '/item/1/type']);
  });

  it('refuses nesting without end instead of overflowing', () => {
    let nested: Json = item('leaf', 'string');
    for (let depth = 0; depth < 5000; depth++) nested = item(`g${depth}`, 'group', { item: [nested] });
    expect(refusal(questionnaire([nested])).details.some((detail) => detail.code === 'too-deep')).to.equal(true);
  });

  it('loads every kind of question of this version without warning', () => {
    const form = load(preChat);
    expect(form.items.map((one) => one.type)).to.deep.equal(['string', 'date', 'choice', 'boolean', 'decimal', 'text']);
    expect(findWarnings(form)).to.deep.equal([]);
    expect(form.canonical).to.equal('https://clinic.example/forms/test|1');
  });

  it('reads R5 codings as R4 choices', () => {
    expect(load(questionnaire([choice('a', ['x'], { type: 'coding', answerConstraint: 'optionsOnly' })])).items[0]!.type).to.equal('choice');
  });

  it('takes help and unit from display children, which are then no items of their own', () => {
    const form = load(questionnaire([item('a', 'decimal', {
      item: [item('h', 'display', { text: 'Help', extension: [itemControl('help')] }), item('u', 'display', { text: 'kg', extension: [itemControl('unit')] }), item('d', 'display', { text: 'Plain' })],
    })]));
    expect(form.items.map((one) => one.linkId)).to.deep.equal(['a', 'd']);
    expect(form.items[0]!.help.map((help) => help.text)).to.deep.equal(['Help']);
    expect(form.items[0]!.unit?.text).to.equal('kg');
  });

  it('reads a contained value set, enumerated or expanded, with its designations', () => {
    const contained = [
      { resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 's', concept: [{ code: 'y', display: 'Yes', designation: [{ language: 'es', value: 'Sí' }] }] }] } },
      { resourceType: 'ValueSet', id: 'w', expansion: { contains: [{ abstract: true, code: 'top', contains: [{ system: 's', code: 'n', display: 'No' }] }] } },
    ];
    const form = load(questionnaire([item('a', 'choice', { answerValueSet: '#v' }), item('b', 'choice', { answerValueSet: '#w' })], { contained }));
    expect(form.items[0]!.options[0]!.value).to.deep.equal({ valueCoding: { system: 's', code: 'y', display: 'Yes' } });
    expect(wordingIn(form.items[0]!.options[0]!.label, 'es-MX', 'en')).to.equal('Sí');
    expect(form.items[1]!.options.map((option) => option.label.text)).to.deep.equal(['No']);
  });

  it('refuses a contained value set that only refers to a code system', () => {
    const contained = [{ resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 's' }] } }];
    expect(refusal(questionnaire([item('a', 'choice', { answerValueSet: '#v' })], { contained })).details[0]!.code).to.equal('value-set-not-enumerated');
  });

  it('says a text in the exact language, else in the near one, else as written', () => {
    const form = load(questionnaire([item('a', 'string', { text: 'Name', _text: translated({ es: 'Nombre', 'pt-BR': 'Nome' }) })]));
    const text = form.items[0]!.text!;
    expect(['en-US', 'es-MX', 'pt-BR', 'pt', 'fr'].map((lang) => wordingIn(text, lang, 'en'))).to.deep.equal(['Name', 'Nombre', 'Nome', 'Nome', 'Name']);
  });

  it('gives an autofill token only where the author asks for a known one', () => {
    const form = load(questionnaire([
      item('name', 'string'), item('email', 'string', { extension: [{ url: 'urn:care-chat:fhir:autocomplete', valueCode: 'email' }] }),
      item('card', 'string', { extension: [{ url: 'urn:care-chat:fhir:autocomplete', valueCode: 'cc-number' }] }),
    ]));
    expect(form.items.map((one) => one.autocomplete)).to.deep.equal([null, 'email', null]);
  });

  it('never throws, whatever is put in place of any value', () => {
    const strange: readonly unknown[] = [null, 0, '', 'x', [], {}, [null], true, -1, { url: 3 }];
    const poison = (value: unknown, path: readonly (string | number)[], put: unknown): unknown => {
      const [key, ...rest] = path;
      if (key === undefined) return put;
      if (Array.isArray(value)) return value.map((entry: unknown, index) => (index === key ? poison(entry, rest, put) : entry));
      return { ...(value as Json), [key]: poison((value as Json)[key], rest, put) };
    };
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      paths.push(path);
      if (Array.isArray(value)) value.forEach((entry, index) => walk(entry, [...path, index]));
      else if (typeof value === 'object' && value !== null) for (const [key, entry] of Object.entries(value)) walk(entry, [...path, key]);
    };
    walk(preChat, []);
    for (const path of paths) for (const put of strange) loadWithExpressions(poison(preChat, path, put), { lang: 'en' });
    expect(paths.length).to.be.greaterThan(100);
  });

  it('uses initialSelected as the initial value', () => {
    const form = load(questionnaire([item('a', 'choice', { answerOption: [{ valueCoding: coding('x') }, { valueCoding: coding('y'), initialSelected: true }] })]));
    expect(form.items[0]!.initial).to.deep.equal([{ valueCoding: coding('y') }]);
  });
});
