/** `care-chat form`, as a person or a CI job calls it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareCli } from '../support/node/cli-calls.js';
import { choice, coding, hl7, item, questionnaire, translated, type Json } from '../support/shared/questionnaires.js';

const { file, call } = prepareCli('form');
const answer = (linkId: string): string => `%resource.descendants().where(linkId='${linkId}').answer.value`;
const calculated = (text: string): Json => ({ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression', valueExpression: { language: 'text/fhirpath', expression: text } });
const form = file('form.json', questionnaire([
  item('fever', 'boolean', { required: true }),
  item('days', 'integer', { enableWhen: [{ question: 'fever', operator: '=', answerBoolean: true }] }),
  item('hours', 'integer', { readOnly: true, extension: [calculated(`${answer('days')} * 24`)] }),
  choice('signs', ['cough', 'rash'], { repeats: true }),
]));
const parse = (text: string): Json => JSON.parse(text) as Json;

test('evaluate prints what is enabled, computed, wrong, and the response', async () => {
  const { code, out } = await call('evaluate', form, '--answers', file('a.json', { fever: [{ valueBoolean: true }], days: [{ valueInteger: 3 }], signs: [{ valueCoding: coding('rash') }] }), '--on', '2026-11-25');
  assert.equal(code, 0);
  const { response, ...rest } = parse(out);
  assert.deepEqual(rest, {
    enabled: ['fever', 'days', 'hours', 'signs'], disabled: [], score: null, errors: [], warnings: [],
    values: { fever: [{ valueBoolean: true }], days: [{ valueInteger: 3 }], hours: [{ valueInteger: 72 }], signs: [{ valueCoding: coding('rash') }] },
  });
  assert.equal((response as Json)['questionnaire'], 'https://clinic.example/forms/test|1');
  assert.equal((response as Json)['status'], 'completed');
});

test('evaluate takes a QuestionnaireResponse; answers of what is disabled are neither values nor in what leaves', async () => {
  const given = { resourceType: 'QuestionnaireResponse', item: [{ linkId: 'fever', answer: [{ valueBoolean: false }] }, { linkId: 'days', answer: [{ valueInteger: 3 }] }, { linkId: 'hours', answer: [{ valueInteger: 99 }] }] };
  const { out } = await call('evaluate', form, '--answers', file('b.json', given), '--on', '2026-11-25');
  const { enabled, disabled, values, response } = parse(out);
  assert.deepEqual([enabled, disabled, values], [['fever', 'hours', 'signs'], ['days'], { fever: [{ valueBoolean: false }] }]);
  assert.doesNotMatch(JSON.stringify(response), /days|99/);
});

test('evaluate tells what is missing, and what did not fit, with the place', async () => {
  const { code, out } = await call('evaluate', form, '--answers', file('c.json', { days: [{ valueString: 'x' }], nobody: [], signs: 'cough' }));
  const { errors, warnings } = parse(out);
  assert.equal(code, 0);
  assert.deepEqual(errors, [{ linkId: 'fever', code: 'required', params: {} }]);
  assert.deepEqual(warnings, [{ pointer: '/nobody', code: 'unknown-link-id', in: 'answers' }, { pointer: '/signs', code: 'wrong-type', in: 'answers' }]);
});

test('evaluate says so where a response was given to another form, or to another version of it', async () => {
  const given = async (questionnaire: string): Promise<unknown> => {
    const { code, out } = await call('evaluate', form, '--answers', file('of.json', { resourceType: 'QuestionnaireResponse', questionnaire, item: [{ linkId: 'fever', answer: [{ valueBoolean: false }] }] }));
    return [code, parse(out)['warnings']];
  };
  assert.deepEqual(await given('https://clinic.example/forms/other|1'), [0, [{ pointer: '/questionnaire', code: 'other-questionnaire', in: 'answers' }]]);
  assert.deepEqual(await given('https://clinic.example/forms/test|0'), [0, [{ pointer: '/questionnaire', code: 'other-version', in: 'answers' }]]);
  for (const own of ['https://clinic.example/forms/test|1', 'https://clinic.example/forms/test', 'Questionnaire/test']) assert.deepEqual(await given(own), [0, []], own);
});

test('evaluate takes linkIds that every object has', async () => {
  const odd = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
  const given = (answers: readonly Json[]): string => JSON.stringify({ resourceType: 'QuestionnaireResponse', item: answers });
  const response = file('odd-answers.json', JSON.parse(given(odd.map((linkId) => ({ linkId, answer: [{ valueBoolean: true }] })))) as Json);
  const { code, out } = await call('evaluate', file('odd.json', questionnaire(odd.map((linkId) => item(linkId, 'boolean')))), '--answers', response);
  assert.equal(code, 0);
  assert.deepEqual(Object.entries(parse(out)['values'] as Json), odd.map((linkId) => [linkId, [{ valueBoolean: true }]]));
});

test('evaluate and lint tell of conditions that need each other, beside a plain one too', async () => {
  const enabled = (text: string): Json => ({ ...calculated(text), url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression' });
  const not = (linkId: string): Json => enabled(`${answer(linkId)}.exists().not()`);
  for (const [items, at] of [
    [[item('a', 'boolean', { extension: [not('b')] }), item('b', 'boolean', { extension: [not('a')] })], [0, 1]],
    [[item('a', 'boolean', { extension: [not('a')] })], [0]],
    [[item('a', 'boolean', { enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: true }] }), item('b', 'boolean', { extension: [not('a')] })], [1]],
    [[item('a', 'boolean'), item('b', 'boolean', { extension: [not('a')] }), item('c', 'boolean', { extension: [not('b')] })], []],
  ] as const) {
    const path = file('gates.json', questionnaire(items));
    const loops = (found: unknown): readonly Json[] => (found as Json[]).filter(({ code }) => code === 'expression-loop');
    assert.deepEqual(loops(parse((await call('evaluate', path, '--answers', file('none.json', {}))).out)['warnings']).map(({ pointer }) => pointer), at.map((index) => `/item/${index}/extension/0`));
    assert.equal(loops(JSON.parse((await call('lint', path, '--json')).out)).length, at.length);
  }
});

test('evaluate tells of computed values that need each other, also where they come to nothing', async () => {
  const loop = file('loop.json', questionnaire([
    item('x', 'integer', { readOnly: true, extension: [calculated(`${answer('y')} + 1`)] }), item('y', 'integer', { readOnly: true, extension: [calculated(`${answer('x')} + 1`)] }), item('z', 'integer', { readOnly: true, extension: [calculated(`${answer('x')} + 1`)] }),
  ]));
  const { out } = await call('evaluate', loop, '--answers', file('none.json', {}));
  assert.deepEqual(parse(out)['warnings'], [0, 1].map((index) => ({ pointer: `/item/${index}/extension/0`, code: 'expression-loop' })));
});

test('evaluate lets nothing out that is no FHIR value, and says so', async () => {
  const kinds = file('kinds.json', questionnaire([
    item('s', 'string'), item('u', 'url'), item('t', 'dateTime'), item('i', 'integer'), item('c', 'integer', { readOnly: true, extension: [calculated('2147483647 + 1')] }),
    item('zoned', 'dateTime'), item('day', 'dateTime'), item('edge', 'integer'), item('short', 'time'), item('brief', 'dateTime'), item('clock', 'time'),
  ]));
  const given = { s: [{ valueString: '' }], u: [{ valueUri: '' }], t: [{ valueDateTime: '2026-11-25T10:00:00' }], i: [{ valueInteger: 2_147_483_648 }], short: [{ valueTime: '14:30' }], brief: [{ valueDateTime: '2026-11-25T10:00Z' }] };
  const right = { zoned: [{ valueDateTime: '2026-11-25T10:00:00+01:00' }], day: [{ valueDateTime: '2026-11-25' }], edge: [{ valueInteger: -2_147_483_648 }], clock: [{ valueTime: '14:30:00' }] };
  const { values, warnings, response } = parse((await call('evaluate', kinds, '--answers', file('kinds-answers.json', { ...given, ...right }))).out);
  assert.deepEqual(values, right);
  assert.deepEqual(warnings, [{ pointer: '/item/4/extension/0', code: 'computed-type' }, ...['s', 'u', 't', 'i', 'short', 'brief'].map((linkId) => ({ pointer: `/${linkId}/0`, code: 'wrong-type', in: 'answers' }))]);
  assert.deepEqual(((response as Json)['item'] as readonly Json[]).map(({ linkId }) => linkId), ['zoned', 'day', 'edge', 'clock']);
});

test('evaluate uses the context and the terminology it is given', async () => {
  const known = file('known.json', questionnaire([
    item('name', 'string', { extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression', valueExpression: { language: 'text/fhirpath', expression: '%user.name' } }] }),
    item('a', 'choice', { answerValueSet: 'https://clinic.example/vs' }),
  ]));
  const terms = file('terms.json', { resourceType: 'ValueSet', url: 'https://clinic.example/vs', compose: { include: [{ system: 's', concept: [{ code: 'x' }] }] } });
  const refused = await call('evaluate', known, '--answers', file('d.json', {}));
  assert.equal(refused.code, 1);
  assert.match(refused.error, /\/item\/1\/answerValueSet: Only value sets/);
  const { code, out } = await call('evaluate', known, '--answers', file('d.json', {}), '--terminology', terms, '--context', file('context.json', { user: { name: 'Ana' } }));
  assert.equal(code, 0);
  assert.deepEqual(parse(out)['values'], { name: [{ valueString: 'Ana' }] });
});

test('lint finds what an author overlooks, each in one line', async () => {
  const careless = file('careless.json', questionnaire([
    choice('signs', ['cough', 'none'], { repeats: true, text: 'Signs', _text: { extension: [hl7('translation', { extension: [{ url: 'lang', valueCode: 'es' }, { url: 'content', valueString: 'Signos' }] })] } }),
    item('never', 'string', { enableWhen: [{ question: 'signs', operator: '=', answerCoding: coding('rash') }] }),
    item('beneath', 'string', { enableWhen: [{ question: 'never', operator: 'exists', answerBoolean: true }] }),
    item('type', 'string', { enableWhen: [{ question: 'signs', operator: '=', answerBoolean: true }, { question: 'signs', operator: '!=', answerCoding: coding('cough') }] }),
    item('x', 'integer', { extension: [calculated(answer('y'))] }), item('y', 'integer', { extension: [calculated(answer('x'))] }),
    item('hard', 'string', { text: 'Notwithstanding contraindications, characterise comprehensively the gastrointestinal symptomatology experienced antecedently.' }),
  ], { effectivePeriod: { end: '2026-01-01' } }));
  const { code, out } = await call('lint', careless, '--on', '2026-11-25');
  assert.equal(code, 1);
  const lines = out.split('\n').filter((line) => !line.includes('not translated'));
  assert.deepEqual(lines.map((line) => line.slice(0, 60)), [
    '/effectivePeriod/end: The form has expired.',
    '/item/3: Several conditions and no enableBehavior: any of th',
    '/item/3/enableWhen/0: The condition compares with what its s',
    '/item/1: No answers can bring this up.',
    '/item/2: No answers can bring this up.',
    '/item/4/extension/0: Computed values need each other: x.',
    '/item/5/extension/0: Computed values need each other: y.',
    '/item/0/answerOption/1: "None" can be chosen together with t',
    lines.at(-1)!.slice(0, 60),
  ]);
  assert.match(lines.at(-1)!, /^\/item\/6\/text: This text asks for \d\d\.\d years of school\.$/);
  assert.match(out, /\/item\/1\/text: This text is not translated into es, other texts are\./);
  assert.equal((JSON.parse((await call('lint', careless, '--json')).out) as unknown[]).length, out.split('\n').length);
});

test('lint finds what no answers can bring up, and nothing else', async () => {
  const when = (question: string, operator: string, value: Json): Json => ({ question, operator, ...value });
  const yes = { answerBoolean: true };
  const no = { answerBoolean: false };
  const dependent = (linkId: string, ...enableWhen: Json[]): Json => item(linkId, 'boolean', { enableWhen, enableBehavior: 'all' });
  const hidden = hl7('questionnaire-hidden', { valueBoolean: true });
  const is = (code: string, operator = '='): Json => when('many', operator, { answerCoding: coding(code) });
  const number = (operator: string, answerInteger: number): Json => when('number', operator, { answerInteger });
  const never = [
    dependent('both', when('b', '=', yes), when('b', '=', no)), dependent('group', when('g', 'exists', yes)), dependent('page-both', when('h', '=', yes), when('h', '=', no)), dependent('page-out-of-range', when('fixed', '>', { answerInteger: 9 })),
    dependent('not-and', is('x'), is('x', '!=')), dependent('nothing-and', when('many', 'exists', no), is('x')), dependent('apart', number('>', 3), number('<', 3)), dependent('between', number('>', 3), number('<', 4)), dependent('beyond', number('>', 9)),
  ];
  // What the page may know already: whatever is hidden or read-only, but what is computed, or stands in what repeats.
  const byPage = [dependent('hidden', when('h', '=', yes)), dependent('not-as-it-starts', when('starts', '=', no)), dependent('fixed-by-page', when('fixed', '=', { answerInteger: 7 }))];
  const ever = [
    ...byPage, dependent('two-of-many', is('x'), is('y'), is('z', '!=')), dependent('no-group', when('g', 'exists', no)), dependent('as-it-starts', when('starts', '=', yes)), dependent('computed', when('c', '=', no)), dependent('within', number('>', 3), number('<', 5)), dependent('edge', number('>=', 9)),
    dependent('answered-no', when('b', 'exists', yes), when('b', '!=', yes)), dependent('not-answered', when('b', '!=', yes), when('b', '!=', no)), item('any', 'boolean', { enableWhen: [when('b', '=', yes), when('b', '=', no)], enableBehavior: 'any' }),
  ];
  const questions = [
    item('b', 'boolean'), item('g', 'group', { item: [item('gi', 'string')] }), item('h', 'boolean', { extension: [hidden] }), item('starts', 'boolean', { extension: [hidden], initial: [{ valueBoolean: true }] }), item('c', 'boolean', { extension: [hidden, calculated('1 = 1')] }),
    choice('many', ['x', 'y', 'z'], { repeats: true }),
    item('fixed', 'integer', { readOnly: true, initial: [{ valueInteger: 3 }], extension: [hl7('maxValue', { valueInteger: 9 })] }),
    item('rows', 'group', { repeats: true, item: [item('row', 'boolean', { extension: [hidden] }), dependent('row-never', when('row', '=', yes))] }), item('number', 'integer', { extension: [hl7('minValue', { valueInteger: 1 }), hl7('maxValue', { valueInteger: 9 })] }),
  ];
  const { out } = await call('lint', file('reach.json', questionnaire([...questions, ...never, ...ever])), '--on', '2026-11-25');
  const rows = questions.findIndex(({ linkId }) => linkId === 'rows');
  assert.deepEqual(out.split('\n'), [`/item/${rows}/item/1`, ...never.map((_, index) => `/item/${questions.length + index}`)].map((pointer) => `${pointer}: No answers can bring this up.`));
});

test('lint says what FHIR forbids and we pass over', async () => {
  const forbidden = file('forbidden.json', questionnaire([
    choice('a', ['x'], { initial: [{ valueCoding: coding('x') }] }), item('d', 'display', { required: true, repeats: true }), item('b', 'boolean', { disabledDisplay: 'weird' }), item('c', 'boolean', { disabledDisplay: 'protected', required: true }),
  ]));
  const { code, out } = await call('lint', forbidden, '--on', '2026-11-25');
  assert.equal(code, 1);
  assert.deepEqual(out.split('\n').map((line) => line.slice(0, 42)), [
    '/item/0/initial: With options, initialSele', '/item/1/required: A display has no answer:', '/item/1/repeats: A display has no answer: ', '/item/2/disabledDisplay: This is no disabl',
  ]);
});

test('lint has nothing to say of a form that is well made', async () => {
  const { code, out } = await call('lint', form);
  assert.deepEqual([code, out], [0, 'Nothing to look at.']);
});

test('a form that is refused says why, with every place', async () => {
  const { code, error } = await call('lint', file('bad.json', questionnaire([item('a', 'reference'), item('b', 'string', { extension: [calculated('1 +')] })])));
  assert.equal(code, 1);
  assert.match(error, /\/item\/0\/type: A question for a reference/);
  const unread = await call('lint', file('worse.json', questionnaire([item('b', 'string', { extension: [calculated('1 +')] })])));
  assert.match(unread.error, /\/item\/0\/extension\/0: This expression cannot be read/);
});

test('a wrong call is answered with what is missing', async () => {
  const calls: readonly [readonly string[], RegExp][] = [
    [[], /what about the form/], [['guess', form], /no "form guess"/], [['lint'], /needs FORM/], [['lint', form, form], /one word too many/], [['evaluate', form], /--answers is needed/],
    [['evaluate', form, '--answers', file('list.json', [])], /has to be a QuestionnaireResponse/], [['lint', form, '--grade', 'x'], /school years/], [['lint', file('text.json', 'x')], /not JSON/],
  ];
  for (const [args, expected] of calls) {
    const { code, error } = await call(...args);
    assert.equal(code, 2);
    assert.match(error, expected);
  }
});

const exclusive = { extension: [hl7('questionnaire-optionExclusive', { valueBoolean: true })] };
const kneePack: Json = {
  id: 'knee', version: '1', title: { en: 'Sore knee', es: 'Dolor de rodilla' }, status: 'approved', author: { name: 'A', on: '2026-01-01' }, approver: { name: 'Dr. B', on: '2026-01-02' }, expires: '2027-06-30',
  translations: { es: { provenance: 'human', reviewed: true } },
  levels: [{ id: 'emergency', title: { en: 'Now', es: 'Ahora' }, stops: true }, { id: 'home', title: { en: 'At home', es: 'En casa' } }],
  redFlags: 'flags',
  inputs: { flags: { type: 'choice', values: ['bone', 'none'], from: 'flags' }, days: { type: 'number', from: 'days' } },
  rules: [
    { id: 'E1', level: 'emergency', when: { input: 'flags', has: ['bone'] }, messages: ['call'] }, { id: 'H1', level: 'home', when: { input: 'days', atLeast: 3 }, messages: ['rest'] }, { id: 'H2', level: 'home', when: { always: true }, messages: ['rest'] },
  ],
  messages: { call: { en: 'Call.', es: 'Llame.' }, rest: { en: 'Rest.', es: 'Descanse.' } },
  questionnaire: questionnaire([
    item('flags', 'choice', { repeats: true, text: 'Now?', _text: translated({ es: '¿Ahora?' }), answerOption: [{ valueCoding: coding('bone', '1') }, { valueCoding: coding('none', '-'), ...exclusive }] }),
    item('days', 'integer', { text: 'Days', _text: translated({ es: 'Días' }), extension: [hl7('minValue', { valueInteger: 0 })] }),
  ], { _title: translated({ es: 'Antes' }) }),
};

test('lint has nothing to say of a content pack that is well made', async () => {
  const { code, out } = await call('lint', file('knee.json', kneePack), '--on', '2026-11-25');
  assert.deepEqual([out, code], ['Nothing to look at.', 0]);
});

test('lint finds what the author of a content pack overlooks, each in one line', async () => {
  const rules = kneePack['rules'] as readonly Json[];
  const careless = {
    ...kneePack, status: 'draft', approver: null, expires: '2027-01-24', translations: { es: { provenance: 'machine', reviewed: false }, ar: { provenance: 'human', reviewed: true } },
    inputs: { ...(kneePack['inputs'] as Json), mood: { type: 'boolean' }, signs: { type: 'choice', values: ['cold'], from: 'signs' } },
    messages: { ...(kneePack['messages'] as Json), idle: { en: 'Idle.', es: 'Ocioso.', fr: 'Oisif.' } },
    rules: [
      { ...rules[0]!, when: { input: 'signs', has: ['cold'] } }, rules[1]!, { id: 'H1b', level: 'home', when: { all: [{ input: 'days', atLeast: 5 }, { input: 'flags', has: ['bone'] }] }, messages: ['rest'] },
      rules[2]!,
    ],
    questionnaire: { ...(kneePack['questionnaire'] as Json), item: [...((kneePack['questionnaire'] as Json)['item'] as readonly Json[]), choice('signs', ['cold'], { repeats: true })] },
  };
  const path = file('careless-pack.json', careless);
  const { code, out } = await call('lint', path, '--on', '2026-11-25');
  assert.equal(code, 1);
  assert.deepEqual(out.split('\n').filter((line) => !line.includes('is not translated')), [
    '/status: The pack is a draft: no clinician has approved it.',
    '/expires: The pack expires in 60 days.',
    '/translations/es: A machine made the translation into es and nobody has reviewed it: it does not run for patients.',
    '/redFlags: No rule of a level that stops reads the red-flag question.',
    '/rules/2: No answers lead to rule H1b.',
    '/messages/idle: No rule uses this message.',
    '/inputs/mood: No rule reads this input.',
    '/questionnaire/item/2: Who has none of these cannot say so: the question needs an option that is exclusive (optionExclusive).',
    '/translations: Some texts are in fr, and nobody says who translated them: they are not shown.',
  ]);
  const untranslated = out.split('\n').filter((line) => line.includes('is not translated'));
  for (const place of ['/title: This text is not translated into ar', '/levels/0/title: This text is not translated into fr', '/messages/rest: This text is not translated into ar', '/questionnaire/item/1/text: This text is not translated into ar', '/questionnaire/item/2/answerOption/0: This text is not translated into es']) {
    assert.ok(untranslated.some((line) => line.startsWith(place)), place);
  }
  assert.match((await call('lint', path, '--on', '2027-01-25')).out, /\/expires: The pack has expired, and refuses to run\./);
  assert.doesNotMatch((await call('lint', path, '--on', '2026-11-24')).out, /expires in/);
  const told = JSON.parse((await call('lint', path, '--on', '2026-11-25', '--json')).out) as readonly Json[];
  assert.deepEqual(told[1], { pointer: '/expires', code: 'expires-soon', about: '60' });
});

test('a content pack that is refused says why, in words and with every place', async () => {
  const form = kneePack['questionnaire'] as Json;
  const [flags, days] = form['item'] as readonly Json[];
  const bad = { ...kneePack, questionnaire: { ...form, item: [days, flags] }, rules: [] };
  const { code, out, error } = await call('lint', file('late-flags.json', bad));
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /\/redFlags: The red-flag question has to be the first one\./);
  assert.match(error, /\/rules: The last rule has to be \{"always": true\}\./);
  const unread = await call('lint', file('unread.json', { ...kneePack, questionnaire: { ...form, item: [flags, { ...days, type: 'reference' }] } }));
  assert.match(unread.error, /\/questionnaire\/item\/1\/type: A question for a reference/);
});

test('lint tells of functions that nobody knows and of patterns that nobody is told, and takes no text for a linkId', async () => {
  const careless = file('unknown-function.json', questionnaire([
    item('x', 'string', { extension: [calculated("'a'.repeat('x' & $this).shout()")] }),
    item('member', 'string', { extension: [hl7('regex', { valueString: 'M-[0-9]{4}' })] }),
    item('told', 'string', { extension: [hl7('regex', { valueString: 'M-[0-9]{4}' }), hl7('entryFormat', { valueString: 'M-1234' })] }),
  ]));
  const { out } = await call('lint', careless, '--on', '2026-11-25');
  assert.deepEqual(out.split('\n'), [
    '/item/0/extension/0: The function shout is not known: it comes to nothing.', '/item/1: Nobody is told what the pattern asks for: it needs an entryFormat.',
  ]);
});

test('a language that is no tag is refused', async () => {
  const { code, error } = await call('evaluate', form, '--answers', file('none.json', {}), '--lang', '??');
  assert.equal(code, 2);
  assert.match(error, /--lang needs a language tag/);
});
