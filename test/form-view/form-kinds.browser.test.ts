/** Every kind of question in a form: what is on screen, what is read out, what leaves. */
import { expect } from '@open-wc/testing';
import { createFormTranslate } from '../../src/i18n/form/translate-form.js';
import { ar } from '../../src/i18n/form/ar.js';
import type { ItemSnapshot } from '../../src/questionnaire/form-snapshot.js';
import { all, button, labelled, microtask, one, pick, spoken, stage, strike, textOf, type, type Stage } from '../support/browser/form-stage.js';
import { slotOf } from '../support/shared/open-form.js';
import { choice, coding, hl7, item, itemControl, questionnaire, type Json } from '../support/shared/questionnaires.js';

const slot = ({ view }: Stage, key: string): ItemSnapshot => slotOf(view.session, key);
const hasControl = (kind: string): boolean => {
  const probe = document.createElement('input');
  probe.type = kind;
  return probe.type === kind;
};
const unit = (code: string, display: string): Json => hl7('questionnaire-unitOption', { valueCoding: { system: 'http://unitsofmeasure.org', code, display } });
const limits = (min: number, max: number): readonly Json[] => [hl7('minValue', { valueInteger: min }), hl7('maxValue', { valueInteger: max })];
const media = (more: Json): Json => hl7('x', { valueAttachment: { contentType: 'image/png', title: 'A picture of a rash', ...more } });
const itemMedia = (more: Json): Json => ({ ...media(more), url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia' });
const markup = (xhtml: string): Json => ({ extension: [hl7('rendering-xhtml', { valueString: xhtml })] });

const everything = questionnaire([
  item('when', 'dateTime'), item('clock', 'time'), item('site', 'url'), item('weight', 'quantity', { extension: [unit('kg', 'kg'), unit('[lb_av]', 'pounds')] }),
  item('height', 'quantity', { extension: [unit('cm', 'cm')] }), item('pain', 'integer', { extension: [itemControl('slider'), ...limits(0, 10)] }),
  item('open', 'open-choice', { answerOption: [{ valueCoding: coding('a', 'Option a') }] }), item('file', 'attachment'),
  item('people', 'group', { repeats: true, item: [item('who', 'string')] }), item('drug', 'string', { repeats: true }),
  item('small', 'display', { extension: [itemControl('legal')] }),
  item('later', 'string', { disabledDisplay: 'protected', enableWhen: [{ question: 'who', operator: 'exists', answerBoolean: true }] }),
]);

const upload = (input: HTMLInputElement, file: File): void => {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
};
/** The form has been given a change that took a moment. */
const changed = async ({ drafts }: Stage): Promise<void> => {
  const before = drafts.length;
  while (drafts.length === before) await new Promise((resolve) => { setTimeout(resolve); });
};

describe('form view, every kind of question', () => {
  afterEach(strike);

  it('passes the accessibility audit', async () => {
    const made = stage(everything);
    button(made.root, 'Add another: Text of people').click();
    labelled(made.root, 'Other').click();
    made.view.submit();
    await microtask();
    await expect(made.root.host).to.be.accessible();
    made.root.host.setAttribute('dir', 'rtl');
    made.view.setLang('ar', createFormTranslate('ar', ar));
    await expect(made.root.host).to.be.accessible();
  });

  it('takes a date with a time, and tells it with its offset', () => {
    const made = stage(everything);
    const input = labelled(made.root, 'Text of when');
    const native = hasControl('datetime-local');
    expect(input.type).to.equal(native ? 'datetime-local' : 'text');
    type(input, native ? '2026-03-14T08:30' : '2026-03-14 08:30');
    const [answer] = slot(made, 'when').answers;
    expect(JSON.stringify(answer)).to.match(/^\{"valueDateTime":"2026-03-14T08:30:00[+-]\d\d:\d\d"\}$/);
    expect(labelled(made.root, 'Text of when').value.replace('T', ' ')).to.equal('2026-03-14 08:30');
  });

  it('shows a day without a time where the author began with one', () => {
    const { root } = stage(questionnaire([item('when', 'dateTime', { initial: [{ valueDateTime: '2026-03-14' }] })]));
    expect(labelled(root, 'Text of when').value).to.equal('2026-03-14');
  });

  it('takes a time and an address', () => {
    const made = stage(everything);
    type(labelled(made.root, 'Text of clock'), '08:30');
    type(labelled(made.root, 'Text of site'), 'example.org');
    expect(slot(made, 'clock').answers).to.deep.equal([{ valueTime: '08:30:00' }]);
    expect(slot(made, 'site').answers).to.deep.equal([{ valueUri: 'https://example.org' }]);
    expect(labelled(made.root, 'Text of site').inputMode).to.equal('url');
  });

  it('says the limits of a time and of a date with a time in words', () => {
    const made = stage(questionnaire([
      item('t', 'time', { extension: [hl7('minValue', { valueTime: '08:00:00' })] }), item('d', 'dateTime', { extension: [hl7('maxValue', { valueDateTime: '2020-01-01T10:00:00Z' })] }),
    ]));
    made.view.session.type('t', '07:00');
    made.view.session.type('d', '2026-03-14T08:30');
    expect(made.view.submit()).to.equal(null);
    const [time, date] = all(made.root, '.form-error').map((error) => error.textContent!);
    expect(time).to.include('08:00.');
    expect(date).to.match(/January 1, 2020/);
  });

  it('asks a quantity as a number with its unit', async () => {
    const made = stage(everything);
    type(labelled(made.root, 'Text of weight'), '70,5');
    expect(slot(made, 'weight').answers).to.deep.equal([]);
    labelled(made.root, 'Text of weight').dispatchEvent(new Event('blur'));
    await microtask();
    expect(textOf(made.root, labelled(made.root, 'Text of weight').getAttribute('aria-describedby'))).to.equal('Please choose a unit.');
    pick(one(made.root, 'select'), 1);
    expect(slot(made, 'weight').answers).to.deep.equal([{ valueQuantity: { value: 70.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }]);
    pick(one(made.root, 'select'), 0);
    expect(slot(made, 'weight').answers).to.deep.equal([]);
    expect(one(made.root, 'select').getAttribute('aria-label')).to.equal('Unit: Text of weight');
  });

  it('says the unit where there is one only', () => {
    const made = stage(everything);
    type(labelled(made.root, 'Text of height (cm)'), '180');
    expect(slot(made, 'height').answers).to.deep.equal([{ valueQuantity: { value: 180, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' } }]);
  });

  it('shows a small scale as its steps, with none chosen', () => {
    const made = stage(everything);
    const steps = all<HTMLInputElement>(made.root, '.form-scale input');
    expect(steps.length).to.equal(11);
    expect(steps.some(({ checked }) => checked)).to.equal(false);
    expect(made.root.querySelector('input[type=range]')).to.equal(null);
    steps[7]!.click();
    expect(slot(made, 'pain').answers).to.deep.equal([{ valueInteger: 7 }]);
  });

  it('shows a long scale as a field with its range', () => {
    const made = stage(questionnaire([item('mm', 'integer', { extension: [itemControl('slider'), ...limits(0, 100)] })]));
    const field = labelled(made.root, 'Text of mm');
    expect(field.type).to.equal('text');
    expect(textOf(made.root, field.getAttribute('aria-describedby'))).to.equal('From 0 to 100.');
  });

  it('lets an answer be written beside the options', () => {
    const made = stage(everything);
    expect(made.root.querySelector('[id$="-other"]')).to.equal(null);
    labelled(made.root, 'Other').click();
    type(one(made.root, '[id$="-other"]'), 'Bees');
    expect(slot(made, 'open').answers).to.deep.equal([{ valueString: 'Bees' }]);
    labelled(made.root, 'Option a').click();
    expect(slot(made, 'open').answers).to.deep.equal([{ valueCoding: coding('a', 'Option a') }]);
    expect(made.root.querySelector('[id$="-other"]')).to.equal(null);
  });

  it('lets it be written beside a list, under the name that the author gave it', () => {
    const made = stage(questionnaire([item('open', 'open-choice', {
      answerOption: [{ valueCoding: coding('a', 'Option a') }],
      extension: [itemControl('drop-down'), { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-openLabel', valueString: 'Something else' }],
    })]));
    const list = one<HTMLSelectElement>(made.root, 'select');
    expect(all(list, 'option').map(({ textContent }) => textContent)).to.deep.equal(['Choose…', 'Option a', 'Something else']);
    pick(list, 2);
    type(one(made.root, '[id$="-other"]'), 'Bees');
    expect(slot(made, 'open').answers).to.deep.equal([{ valueString: 'Bees' }]);
    expect(one(made.root, '[id$="-other"]').getAttribute('aria-label')).to.equal('Something else: Text of open');
  });

  it('keeps an own answer that is not written yet while others are chosen beside it', () => {
    const made = stage(questionnaire([item('open', 'open-choice', { repeats: true, answerOption: [{ valueCoding: coding('a', 'Option a') }] })]));
    labelled(made.root, 'Other').click();
    labelled(made.root, 'Option a').click();
    expect(labelled(made.root, 'Other').checked).to.equal(true);
    type(one(made.root, '[id$="-other"]'), 'Bees');
    expect(slot(made, 'open').answers).to.deep.equal([{ valueCoding: coding('a', 'Option a') }, { valueString: 'Bees' }]);
  });

  it('attaches a file, says what it is, and takes it away again', async () => {
    const made = stage(everything);
    upload(labelled(made.root, 'Text of file'), new File(['hello'], 'letter.txt', { type: 'text/plain' }));
    await changed(made);
    expect(slot(made, 'file').answers).to.deep.equal([{ valueAttachment: { data: 'aGVsbG8=', size: 5, title: 'letter.txt', contentType: 'text/plain' } }]);
    expect(spoken(one(made.root, '.form-file-name').textContent!)).to.match(/^letter\.txt \(/);
    button(made.root, 'Remove the file').click();
    expect(slot(made, 'file').answers).to.deep.equal([]);
  });

  it('does not take a file that is too large, and does not submit as if there were none', async () => {
    const made = stage(questionnaire([item('file', 'attachment')]), { maxAttachmentBytes: 4 });
    upload(labelled(made.root, 'Text of file'), new File(['hello'], 'letter.txt'));
    expect(textOf(made.root, labelled(made.root, 'Text of file').getAttribute('aria-describedby'))).to.match(/^This file is too large\./);
    expect(slot(made, 'file').answers).to.deep.equal([]);
    expect(made.view.submit()).to.equal(null);
    await microtask();
    expect(made.root.activeElement).to.equal(labelled(made.root, 'Text of file'));
    button(made.root, 'Remove the file').click();
    expect(made.view.submit()).not.to.equal(null);
    upload(labelled(made.root, 'Text of file'), new File(['hey'], 'letter.txt'));
    await changed(made);
    expect(made.view.submit()).not.to.equal(null);
  });

  it('does not take a file of another kind than the author wants', async () => {
    const made = stage(questionnaire([item('file', 'attachment', { extension: [hl7('mimeType', { valueCode: 'image/png' })] })]));
    expect(labelled(made.root, 'Text of file').accept).to.equal('image/png');
    upload(labelled(made.root, 'Text of file'), new File(['hello'], 'letter.txt', { type: 'text/plain' }));
    await changed(made);
    expect(textOf(made.root, labelled(made.root, 'Text of file').getAttribute('aria-describedby'))).to.match(/^A file of this kind cannot be sent here\./);
    expect(slot(made, 'file').answers).to.deep.equal([]);
  });

  it('adds and removes groups, with the focus where the person goes on', async () => {
    const made = stage(everything);
    expect(all(made.root, 'button').some(({ textContent }) => textContent === 'Remove')).to.equal(false);
    button(made.root, 'Add another: Text of people').click();
    await microtask();
    const added = made.root.activeElement!;
    expect(added.getAttribute('role')).to.equal('group');
    expect(textOf(made.root, added.getAttribute('aria-labelledby'))).to.equal('Text of people (2 of 2)');
    type(one(added, 'input'), 'Ada');
    button(made.root, 'Remove: Text of people 1 of 2').click();
    await microtask();
    expect(all<HTMLInputElement>(one(made.root, '.form-group'), 'input').map(({ value }) => value)).to.deep.equal(['Ada']);
    expect(made.root.activeElement).to.equal(one(made.root, '.form-group'));
    expect(one(made.root, '.form-told').textContent).to.equal('Removed.');
    button(made.root, 'Add another: Text of people').click();
    expect(all<HTMLInputElement>(made.root, '.form-group input').map(({ value }) => value)).to.deep.equal(['Ada', '']);
  });

  it('adds a text, and focuses its field', async () => {
    const made = stage(everything);
    type(labelled(made.root, 'Text of drug'), 'Aspirin');
    button(made.root, 'Add another: Text of drug').click();
    await microtask();
    expect(made.root.activeElement).to.equal(labelled(made.root, 'Text of drug (2 of 2)'));
    type(labelled(made.root, 'Text of drug (2 of 2)'), 'Ibuprofen');
    const body = made.view.submit()!;
    expect(body.answers.find(({ linkId }) => linkId === 'drug')?.answers).to.deep.equal(['Aspirin', 'Ibuprofen']);
  });

  it('shows what is protected, and lets nobody answer it', () => {
    const made = stage(everything);
    expect(labelled(made.root, 'Text of later').disabled).to.equal(true);
    type(labelled(made.root, 'Text of who'), 'Ada');
    expect(labelled(made.root, 'Text of later').disabled).to.equal(false);
  });

  it('shows a protected group with its questions, all disabled', () => {
    const { root } = stage(questionnaire([
      item('open', 'boolean'),
      item('g', 'group', { disabledDisplay: 'protected', enableWhen: [{ question: 'open', operator: '=', answerBoolean: true }], repeats: true, item: [item('a', 'string'), choice('b', ['x']), item('h', 'string', { extension: [hl7('questionnaire-hidden', { valueBoolean: true })] })] }),
    ]));
    expect(all<HTMLInputElement>(one(root, '.form-group'), 'input').map(({ disabled }) => disabled)).to.deep.equal([true, true]);
    expect(all(root, 'button').length).to.equal(0);
  });

  it('warns where the author only warns, and submits all the same', () => {
    const constraint = (severity: string, expression: string): Json => hl7('questionnaire-constraint', { extension: [
      { url: 'key', valueId: severity }, { url: 'severity', valueCode: severity }, { url: 'expression', valueString: expression }, { url: 'human', valueString: `Not ${severity}` },
    ] });
    const made = stage(questionnaire([item('a', 'integer', { extension: [constraint('warning', '%context.answer.value < 5')] })], { extension: [constraint('error', "%resource.item.where(linkId='a').answer.value < 9")] }));
    const input = labelled(made.root, 'Text of a');
    type(input, '7');
    expect(textOf(made.root, input.getAttribute('aria-describedby'))).to.equal('Not warning');
    expect(input.getAttribute('aria-invalid')).to.equal(null);
    expect(made.view.submit()).not.to.equal(null);
    type(input, '10');
    expect(made.view.submit()).to.equal(null);
    expect(one(made.root, '.form-summary').textContent).to.include('Not error');
  });

  it('leads out only by https, to a page of its own that learns nothing of this one', () => {
    const link = (valueUri: string): Json => hl7('questionnaire-supportLink', { valueUri });
    const { root } = stage(questionnaire([item('a', 'string', { extension: [link('https://example.org/why')] }), item('b', 'string', { extension: [link('javascript:window.pwned=1')] })]));
    const links = all<HTMLAnchorElement>(root, 'a');
    expect(links.map(({ href, target, rel }) => [href, target, rel])).to.deep.equal([['https://example.org/why', '_blank', 'noreferrer noopener']]);
  });

  it('fetches no picture by itself, and says what it would be', () => {
    const json = questionnaire([item('a', 'string', { extension: [itemMedia({ url: 'https://elsewhere.example/rash.png' })] })]);
    const { root } = stage(json);
    expect(root.querySelector('img')).to.equal(null);
    expect(one(root, '.form-media').textContent).to.equal('A picture of a rash');
  });

  it('shows the pictures that the host allows, and asks about each', () => {
    const asked: string[] = [];
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const { root } = stage(questionnaire([
      item('a', 'string', { extension: [itemMedia({ data: pixel })] }), item('b', 'string', { extension: [itemMedia({ url: 'https://elsewhere.example/rash.png' })] }), item('c', 'string', { extension: [itemMedia({ url: 'javascript:1' })] }),
    ]), { allowMedia: (url) => {
      asked.push(url);
      return url.startsWith('data:');
    } });
    expect(all<HTMLImageElement>(root, 'img').map(({ alt }) => alt)).to.deep.equal(['A picture of a rash']);
    expect(asked).to.deep.equal([`data:image/png;base64,${pixel}`, 'https://elsewhere.example/rash.png']);
  });

  it('shows markup only as nodes of the host, and in another language the translation', () => {
    const json = questionnaire([item('a', 'string', { text: 'Plain', _text: { extension: [...(markup('<b>Bold</b><script>1</' + 'script>')['extension'] as Json[]), hl7('translation', { extension: [{ url: 'lang', valueCode: 'es' }, { url: 'content', valueString: 'Sencillo' }] })] } })]);
    expect(one(stage(json).root, 'label').textContent).to.equal('Plain');
    const made = stage(json, { renderMarkup: ({ kind, source }) => Object.assign(document.createElement('i'), { textContent: `${kind} ${source.length}` }) });
    expect(one(made.root, 'label i').textContent).to.equal('xhtml 29');
    made.view.setLang('es');
    expect(one(made.root, 'label').textContent).to.equal('Sencillo');
    expect(made.root.querySelector('script')).to.equal(null);
  });

  it('shows markup as soon as the host can', () => {
    const json = questionnaire([item('a', 'display', { text: 'Call us.', _text: { extension: [hl7('rendering-xhtml', { valueString: '<b>Call</b> us.' })] } }), item('b', 'string'), item('c', 'boolean')]);
    let can = false;
    const made = stage(json, { renderMarkup: () => (can ? Object.assign(document.createElement('i'), { textContent: 'Call us, in bold.' }) : null) });
    expect(made.root.querySelector('i')).to.equal(null);
    can = true;
    type(labelled(made.root, 'Text of b'), 'x');
    expect(made.root.querySelector('i')!.textContent).to.equal('Call us, in bold.');
  });

  it('renders again only the questions that have changed', () => {
    const picture = hl7('itemMedia', { valueAttachment: { contentType: 'image/png', url: 'https://clinic.example/a.png', title: 'A' } });
    const json = questionnaire([item('a', 'boolean', { extension: [{ ...picture, url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia' }] }), item('b', 'boolean')]);
    let asked = 0;
    const made = stage(json, { allowMedia: () => (asked++, false) });
    expect(asked).to.equal(1);
    all<HTMLInputElement>(made.root, 'input').at(-1)!.click();
    expect(asked).to.equal(1);
    all<HTMLInputElement>(made.root, 'input')[0]!.click();
    expect(asked).to.equal(2);
  });

  it('takes everything up again from a draft', async () => {
    const first = stage(everything);
    type(labelled(first.root, 'Text of drug'), 'Aspirin');
    button(first.root, 'Add another: Text of drug').click();
    type(labelled(first.root, 'Text of drug (2 of 2)'), 'Ibuprofen');
    labelled(first.root, 'Other').click();
    type(one(first.root, '[id$="-other"]'), 'Bees');
    upload(labelled(first.root, 'Text of file'), new File(['hello'], 'letter.txt'));
    await changed(first);
    const second = stage(everything, { draft: JSON.parse(JSON.stringify(first.drafts.at(-1))) as unknown });
    expect(labelled(second.root, 'Text of drug (2 of 2)').value).to.equal('Ibuprofen');
    expect(one<HTMLInputElement>(second.root, '[id$="-other"]').value).to.equal('Bees');
    expect(one(second.root, '.form-file-name').textContent).to.include('letter.txt');
  });
});
