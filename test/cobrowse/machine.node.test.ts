/** Consent: every state against every input, and what no sequence of inputs can do. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pauseReasons } from '../../src/cobrowse/act/act-codec.js';
import { firstState, nextState, type Ask, type SessionInput, type SessionState } from '../../src/cobrowse/session/machine.js';

const ask: Ask = { session: 's1', key: 'k', minutes: 30 };
const other: Ask = { session: 's2', key: 'k', minutes: 30 };
const goOn: Ask = { session: 's3', key: 'k', minutes: 20, resumes: 's1' };

const states: Readonly<Record<string, SessionState>> = {
  idle: firstState,
  'idle, two declines': { at: 'idle', declines: 2 },
  requested: { at: 'requested', ask, declines: 0 },
  'requested, to go on': { at: 'requested', ask: goOn, declines: 0 },
  preview: { at: 'preview', ask, declines: 0 },
  active: { at: 'active', ask, declines: 0 },
  'paused by the patient': { at: 'paused', ask, why: 'patient', declines: 0 },
  'paused by itself': { at: 'paused', ask, why: 'hidden', declines: 0 },
  'ended, shown': { at: 'ended', ask, why: 'stopped', wasShown: true, declines: 1 },
};
const inputs: Readonly<Record<string, SessionInput>> = {
  request: { type: 'request', ask: other },
  'request to go on': { type: 'request', ask: goOn },
  allow: { type: 'allow' }, start: { type: 'start' }, decline: { type: 'decline' }, resume: { type: 'resume' }, stop: { type: 'stop' }, done: { type: 'done' },
  'pause by the patient': { type: 'pause', why: 'patient' },
  'pause by itself': { type: 'pause', why: 'idle' },
  'no-answer': { type: 'no-answer' }, unsupported: { type: 'unsupported' },
  'end: nurse': { type: 'end', why: 'nurse' },
};
/** Where it goes; '=': nothing changes. Of what is paused or ended also why; `+1`: a decline that counts. */
const table: Readonly<Record<string, readonly string[]>> = {
  //                         request      go on        allow      start     decline            resume    stop               done    pause: patient    pause: itself  no-answer            unsupported          end: nurse
  idle:                    ['requested', 'requested', '=',       '=',      '=',               '=',      '=',               '=',    '=',              '=',           '=',                 '=',                 '='],
  'idle, two declines':    ['=',         'requested', '=',       '=',      '=',               '=',      '=',               '=',    '=',              '=',           '=',                 '=',                 '='],
  requested:               ['=',         '=',         'preview', '=',      'ended declined+1', '=',      'ended declined+1', '=',    '=',              '=',           'ended no-answer+1', 'ended unsupported', 'ended nurse'],
  'requested, to go on':   ['=',         '=',         'active',  '=',      'ended declined',  '=',      'ended declined',  '=',    '=',              '=',           'ended no-answer',   'ended unsupported', 'ended nurse'],
  preview:                 ['=',         '=',         '=',       'active', 'ended declined+1', '=',      'ended declined+1', '=',    '=',              '=',           'ended no-answer+1', 'ended unsupported', 'ended nurse'],
  active:                  ['=',         '=',         '=',       '=',      '=',               '=',      'ended stopped',   '=',    'paused patient', 'paused idle', '=',                 '=',                 'ended nurse'],
  'paused by the patient': ['=',         '=',         '=',       '=',      '=',               'active', 'ended stopped',   '=',    'paused patient', '=',           '=',                 '=',                 'ended nurse'],
  'paused by itself':      ['=',         '=',         '=',       '=',      '=',               'active', 'ended stopped',   '=',    'paused patient', '=',           '=',                 '=',                 'ended nurse'],
  'ended, shown':          ['requested', 'requested', '=',       '=',      '=',               '=',      '=',               'idle', '=',              '=',           '=',                 '=',                 '='],
};

const say = (before: SessionState, after: SessionState): string =>
  after === before ? '=' : [after.at, 'why' in after ? after.why : ''].join(' ').trim() + (after.declines > before.declines ? `+${after.declines - before.declines}` : '');

describe('consent, every state and input', () => {
  for (const [name, before] of Object.entries(states)) {
    it(name, () => {
      const found = Object.values(inputs).map((input) => say(before, nextState(before, input)));
      assert.deepEqual(Object.fromEntries(Object.keys(inputs).map((input, n) => [input, found[n]])), Object.fromEntries(Object.keys(inputs).map((input, n) => [input, table[name]![n]])));
    });
  }

  it('keeps what it was asked, whatever comes', () => {
    for (const before of Object.values(states)) for (const input of Object.values(inputs)) {
      const after = nextState(before, input);
      if ('ask' in after && after !== before && input.type !== 'request') assert.equal(after.ask, 'ask' in before ? before.ask : null);
    }
  });
});

const anyInput: fc.Arbitrary<SessionInput> = fc.oneof(
  fc.constantFrom<SessionInput>({ type: 'allow' }, { type: 'start' }, { type: 'decline' }, { type: 'resume' }, { type: 'stop' }, { type: 'done' }, { type: 'no-answer' }, { type: 'unsupported' }),
  fc.constantFrom(...pauseReasons).map((why): SessionInput => ({ type: 'pause', why })),
  fc.constantFrom('timeout', 'left', 'nurse', 'closed', 'error', 'rate', 'elsewhere').map((why) => ({ type: 'end', why }) as SessionInput),
  fc.constantFrom(ask, other, goOn).map((one): SessionInput => ({ type: 'request', ask: one })),
);
const patients = new Set(['allow', 'start', 'resume']);

describe('consent, any sequence', () => {
  it('becomes active by the patient alone, and only after Allow', () => {
    fc.assert(fc.property(fc.array(anyInput, { maxLength: 60 }), (sequence) => {
      let state = firstState;
      let allowed = false;
      for (const input of sequence) {
        const before = state;
        state = nextState(state, input);
        if (input.type === 'request' && state !== before) allowed = false;
        if (input.type === 'allow' && state !== before) allowed = true;
        if (state.at === 'active' && before.at !== 'active') assert.ok(patients.has(input.type) && allowed);
        if (before.at === 'ended' && state !== before) assert.ok(input.type === 'request' || input.type === 'done');
      }
    }), { numRuns: 500 });
  });

  it('asks nobody a third time who has declined twice', () => {
    fc.assert(fc.property(fc.array(anyInput, { maxLength: 60 }), (sequence) => {
      let state = firstState;
      let declined = 0;
      for (const input of sequence) {
        const before = state;
        state = nextState(state, input);
        if ((before.at === 'requested' || before.at === 'preview') && before.ask.resumes === undefined && state.at === 'ended' && (state.why === 'declined' || state.why === 'no-answer')) declined++;
        assert.equal(state.declines, declined);
        if (state.at === 'requested' && before.at !== 'requested' && state.ask.resumes === undefined) assert.ok(declined < 2);
      }
    }), { numRuns: 500 });
  });
});
