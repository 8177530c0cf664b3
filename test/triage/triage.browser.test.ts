/** A pack decides as written, says why, and never decides lower for what it does not know. */
import { expect } from '@open-wc/testing';
import { evaluatePack, type Outcome, type TriageAnswer, type TriageAnswers } from '../../src/triage/evaluate.js';
import { parsePack, type Pack } from '../../src/triage/pack.js';
import { samplePack } from '../support/shared/sample-pack.js';

const nowMs = Date.UTC(2026, 10, 23);
const parsed = parsePack(samplePack);
if (!parsed.ok) throw parsed.error;
const pack: Pack = parsed.value;

function evaluate(answers: TriageAnswers, of = pack): Outcome {
  const outcome = evaluatePack(of, answers, { nowMs });
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

type Loose = Record<string, unknown>;
const changed = (change: (json: Loose) => void): Loose => {
  const json = JSON.parse(JSON.stringify(samplePack)) as Loose;
  change(json);
  return json;
};
const rule = (json: Loose, index: number): Loose => (json['rules'] as Loose[])[index]!;

describe('a content pack', () => {
  const table: readonly [answers: TriageAnswers, ruleId: string][] = [
    [{ redFlags: ['foot-cold'] }, 'E1'], [{ redFlags: ['not-sure'] }, 'E1'], [{ redFlags: 'none', canWalk: false }, 'U1'], [{ redFlags: ['none'], signs: ['locking'], ageYears: 65 }, 'U1'],
    [{ redFlags: ['none'], signs: ['locking'], ageYears: 64, days: 7 }, 'B1'], [{ redFlags: ['none'], signs: ['swelling'], days: 6 }, 'S1'], [{ redFlags: ['none'], signs: ['none'], days: 30 }, 'S1'],
    [{ redFlags: ['none'] }, 'S1'], [{ redFlags: ['none'], signs: ['swelling'] }, 'B1'],
    [{}, 'E1'], [{ redFlags: 'unknown' }, 'E1'], [{ redFlags: [] }, 'E1'], [{ redFlags: ['none', 'refused'] }, 'E1'], [{ redFlags: ['from-another-version'] }, 'E1'], [{ redFlags: 3 }, 'E1'],
    [{ redFlags: ['none'], canWalk: 'timed-out' }, 'U1'], [{ redFlags: ['none'], canWalk: 'yes' }, 'U1'], [{ redFlags: ['none'], signs: ['locking'], ageYears: 'refused' }, 'U1'], [{ redFlags: ['none'], signs: ['swelling'], days: 'unknown' }, 'B1'],
    [{ redFlags: ['none'], signs: ['swelling'], days: NaN }, 'B1'],
  ];
  for (const [answers, expected] of table) it(`decides ${expected} for ${JSON.stringify(answers)}`, () => expect(evaluate(answers).rule).to.equal(expected));

  it('says level, version, reasons and messages', () => {
    expect(evaluate({ redFlags: ['none'], signs: ['locking'], ageYears: 'refused' })).to.deep.equal({
      pack: 'sore-knee', version: '1', level: 'urgent', title: { en: 'Today' }, stops: false, panel: null, rule: 'U1', why: [{ input: 'signs', given: ['locking'] }, { input: 'ageYears', given: null }], messages: [{ id: 'today', text: { en: 'See somebody today.' } }],
    });
  });

  it('gives a denial among the reasons', () => {
    expect(evaluate({ redFlags: ['none'], signs: ['swelling'], days: 9 }).why).to.deep.equal([{ input: 'signs', given: ['swelling'] }, { input: 'days', given: 9 }]);
  });

  it('never decides lower when an answer becomes unknown', () => {
    const values: Readonly<Record<string, readonly TriageAnswer[]>> = { redFlags: [['none'], ['foot-cold'], ['not-sure', 'bone-visible']], signs: [['none'], ['swelling'], ['locking', 'swelling']], ageYears: [3, 64, 65, 90], days: [0, 6, 7, 40], canWalk: [true, false] };
    const rank = (answers: TriageAnswers): number => pack.levels.findIndex(({ id }) => id === evaluate(answers).level);
    let seed = 42;
    const next = (n: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    for (let round = 0; round < 5000; round++) {
      const answers = Object.fromEntries(Object.entries(values).map(([input, list]) => [input, list[next(list.length)]!]));
      const input = Object.keys(values)[next(5)]!;
      const token = ['unknown', 'refused', 'timed-out'][next(3)]!;
      expect(rank({ ...answers, [input]: token }), JSON.stringify([answers, input])).to.be.at.most(rank(answers));
    }
  });

  it('runs on its last day and refuses on the next', () => {
    const on = (day: string): boolean => evaluatePack(pack, { redFlags: ['none'] }, { nowMs: Date.parse(`${day}T23:59:59Z`) }).ok;
    expect([on('2027-06-30'), on('2027-07-01')]).to.deep.equal([true, false]);
    const late = evaluatePack(pack, {}, { nowMs: Date.UTC(2030, 0) });
    expect(!late.ok && late.error.details).to.deep.equal([{ pointer: '/expires', code: 'expired' }]);
  });

  const mistakes: readonly [name: string, json: unknown, pointer: string, code: string][] = [
    ['nothing', null, '/id', 'missing'],
    ['an id that cannot go over the wire', changed((json) => (json['id'] = 'sore knee')), '/id', 'id'],
    ['a rule whose id cannot', changed((json) => (rule(json, 0)['id'] = 'E 1')), '/rules/0/id', 'id'],
    ['a version that is too long', changed((json) => (json['version'] = '1'.repeat(41))), '/version', 'version'],
    ['a pack without an expiry', changed((json) => delete json['expires']), '/expires', 'date'],
    ['a day that does not exist', changed((json) => (json['expires'] = '2027-02-30')), '/expires', 'date'],
    ['approval by nobody', changed((json) => (json['status'] = 'approved')), '/approver', 'missing'],
    ['no title', changed((json) => delete json['title']), '/title', 'missing'],
    ['nobody who wrote it', changed((json) => delete json['author']), '/author', 'missing'],
    ['an approval without a day', changed((json) => Object.assign(json, { status: 'approved', approver: { name: 'Dr. A' } })), '/approver/on', 'date'],
    ['a level without words', changed((json) => ((json['levels'] as unknown[])[1] = { id: 'urgent' })), '/levels/1', 'level'],
    ['a source that is no web page', changed((json) => (json['sources'] = [{ title: 'x', url: 'javascript:alert(1)' }])), '/sources/0', 'source'],
    ['a translation by nobody knows whom', changed((json) => (json['translations'] = { es: { reviewed: true } })), '/translations/es', 'translation'],
    ['a panel that is not known', changed((json) => (rule(json, 0)['panel'] = 'loud')), '/rules/0/panel', 'panel'],
    ['another status', changed((json) => (json['status'] = 'final')), '/status', 'status'],
    ['a more urgent rule after a less urgent one', changed((json) => (rule(json, 2)['level'] = 'emergency')), '/rules/2/level', 'order'],
    ['an unknown level', changed((json) => (rule(json, 2)['level'] = 'soon')), '/rules/2/level', 'unknown-level'],
    ['rules that end before every case', changed((json) => (json['rules'] as unknown[]).pop()), '/rules', 'no-last-rule'],
    ['two rules of one name', changed((json) => (rule(json, 1)['id'] = 'E1')), '/rules/1/id', 'twice'],
    ['an unknown input', changed((json) => (rule(json, 0)['when'] = { input: 'mood', is: true })), '/rules/0/when/input', 'unknown-input'],
    ['an unknown value', changed((json) => (rule(json, 0)['when'] = { input: 'signs', has: ['swellling'] })), '/rules/0/when/has/0', 'unknown-value'],
    ['a condition that does not fit its input', changed((json) => (rule(json, 0)['when'] = { input: 'signs', atLeast: 3 })), '/rules/0/when', 'condition'],
    ['a key beside the condition', changed((json) => (rule(json, 0)['when'] = { input: 'ageYears', atLeast: 3, below: 5 })), '/rules/0/when', 'condition'],
    ['an empty list of conditions', changed((json) => (rule(json, 0)['when'] = { all: [] })), '/rules/0/when/all', 'condition'],
    ['an unknown message', changed((json) => (rule(json, 0)['messages'] = ['shout'])), '/rules/0/messages/0', 'unknown-message'],
    ['a message without English', changed((json) => (json['messages'] = { call: { es: 'x' } })), '/messages/call', 'message'],
  ];
  for (const [name, json, pointer, code] of mistakes) {
    it(`refuses ${name}, with the place`, () => {
      const refused = parsePack(json);
      if (refused.ok) throw new Error('was read');
      expect(refused.error.code).to.equal('config-invalid');
      expect(refused.error.details).to.deep.include({ pointer, code });
    });
  }
});
