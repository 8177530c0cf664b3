/** Now, later or never, with the reasons; caps hold; nobody is asked twice. */
import { expect } from '@open-wc/testing';
import { decideInvite, type InviteCondition, type InviteRule, type InviteSignals } from '../../src/invites/decide-invite.js';

const signals: InviteSignals = { pageName: 'billing', onPageMs: 10_000, pagesSeen: 2, available: true, inChat: false, shownThisVisit: 0, lastShownAt: null, now: 1_700_000_000_000 };
const rule = (when: InviteCondition, more: Partial<InviteRule> = {}): InviteRule => ({ id: 'r', when, ...more });

const table: readonly [name: string, when: InviteCondition, decision: string, lookAgainInMs?: number][] = [
  ['the page', { page: ['home', 'billing'] }, 'now'],
  ['another page', { page: ['home'] }, 'never'],
  ['long enough on the page', { onPageAtLeastMs: 10_000 }, 'now'],
  ['not yet long enough', { onPageAtLeastMs: 30_000 }, 'later', 20_000],
  ['pages seen', { pagesSeenAtLeast: 2 }, 'now'],
  ['too few pages seen', { pagesSeenAtLeast: 3 }, 'never'],
  ['somebody there', { available: true }, 'now'],
  ['only when nobody is there', { available: false }, 'later'],
  ['all, one waiting', { all: [{ page: ['billing'] }, { onPageAtLeastMs: 30_000 }] }, 'later', 20_000],
  ['all, one out', { all: [{ page: ['home'] }, { onPageAtLeastMs: 30_000 }] }, 'never'],
  ['all, two waiting: the later one', { all: [{ onPageAtLeastMs: 30_000 }, { onPageAtLeastMs: 20_000 }] }, 'later', 20_000],
  ['all, waiting for an event: no time', { all: [{ onPageAtLeastMs: 30_000 }, { available: false }] }, 'later'],
  ['any, one met', { any: [{ page: ['home'] }, { pagesSeenAtLeast: 2 }] }, 'now'],
  ['any, two waiting: the sooner one', { any: [{ onPageAtLeastMs: 30_000 }, { onPageAtLeastMs: 20_000 }] }, 'later', 10_000],
  ['not this page', { not: { page: ['billing'] } }, 'never'],
  ['not another page', { not: { page: ['home'] } }, 'now'],
  ['not longer than', { not: { onPageAtLeastMs: 5_000 } }, 'never'],
  ['not available', { not: { available: true } }, 'later'],
  ['not not', { not: { not: { page: ['billing'] } } }, 'now'],
  ['not any', { not: { any: [{ page: ['home'] }, { pagesSeenAtLeast: 9 }] } }, 'now'],
  ['not all', { not: { all: [{ page: ['billing'] }, { pagesSeenAtLeast: 2 }] } }, 'never'],
];

describe('deciding on an invite', () => {
  for (const [name, when, decision, lookAgainInMs] of table) {
    it(`${name} → ${decision}`, () => {
      const decided = decideInvite([rule(when)], signals);
      expect([decided.decision, decided.lookAgainInMs]).to.deep.equal([decision, lookAgainInMs ?? null]);
      expect(decided.why.length).to.be.greaterThan(0);
    });
  }

  it('does not ask twice in one visit, unless the rule says so', () => {
    const again = { ...signals, shownThisVisit: 1 };
    expect(decideInvite([rule({ available: true })], again).decision).to.equal('never');
    expect(decideInvite([rule({ available: true }, { oncePerVisit: false })], again).decision).to.equal('now');
  });

  it('waits for the cool-down and says how long', () => {
    const recently = { ...signals, lastShownAt: signals.now - 1000 };
    const decided = decideInvite([rule({ available: true }, { coolDownMs: 60_000 })], recently);
    expect([decided.decision, decided.lookAgainInMs]).to.deep.equal(['later', 59_000]);
    expect(decided.why).to.deep.include({ rule: 'r', reason: 'cool-down', holds: false });
  });

  it('waits no longer than the cool-down after the clock was set back', () => {
    expect(decideInvite([rule({ available: true }, { coolDownMs: 60_000 })], { ...signals, lastShownAt: signals.now + 10 ** 12 }).lookAgainInMs).to.equal(60_000);
  });

  it('leaves alone whoever is chatting', () => {
    expect(decideInvite([rule({ available: true })], { ...signals, inChat: true })).to.deep.equal({ decision: 'never', rule: null, why: [{ rule: 'r', reason: 'in-chat', holds: false }], lookAgainInMs: null });
  });

  it('lets the first rule that is met win and gives only its reasons', () => {
    const decided = decideInvite([rule({ page: ['home'] }, { id: 'a' }), rule({ page: ['billing'] }, { id: 'b' }), rule({ available: true }, { id: 'c' })], signals);
    expect([decided.rule, decided.why]).to.deep.equal(['b', [{ rule: 'b', reason: 'page', holds: true }]]);
  });

  it('never invites without rules, and not on a page without a name where a name is asked for', () => {
    expect(decideInvite([], signals).decision).to.equal('never');
    expect(decideInvite([rule({ page: ['billing'] })], { ...signals, pageName: null }).decision).to.equal('never');
  });
});
