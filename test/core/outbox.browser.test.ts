/** The outbox: durable first, one at a time, in order, until somebody says what became of it. */
import { expect } from '@open-wc/testing';
import { CareError } from '../../src/base/care-error.js';
import { type Result, err, ok } from '../../src/base/result.js';
import { type Outbox, type OutboxItem, createOutbox } from '../../src/core/outbox.js';
import type { ParsedResult, SubmitEvent, SubmitResult } from '../../src/protocol/types.js';
import { type FakeClock, createFakeClock, settle } from '../support/shared/fake-clock.js';
import { type MemoryVault, createMemoryVault, createSeededRandomness } from '../support/shared/memory-ports.js';

interface Attempt {
  readonly cmid: string;
  readonly text: string;
  answer(result: Result<ParsedResult>): void;
}

let clock: FakeClock;
let vault: MemoryVault;
let live: boolean;
let attempts: Attempt[];
let probes: number;
let renewals: number;
let sent: string[];
let outbox: Outbox;

const message = (text: string): SubmitEvent => ({ kind: 'message', parts: [{ kind: 'text', text }] });
const textOf = ({ ev }: OutboxItem): string => (ev.kind === 'message' && ev.parts[0] && 'text' in ev.parts[0] ? ev.parts[0].text : ev.kind);
const result = (cmid: string, seq = 1): SubmitResult => ({ stream: 'c_1', cmid, epoch: 'k1', seq, eventId: `e_${seq}`, at: 1 });
const states = (): string[] => outbox.items('c_1').map(({ state }) => state);
const stored = (): string[] => [...vault.content.keys()];
const last = (): Attempt => attempts.at(-1)!;
const refuse = (code: ConstructorParameters<typeof CareError>[0], options = {}): void => last().answer(err(new CareError(code, code, options)));

const open = (): Outbox =>
  createOutbox({
    ports: { clock, vault, randomness: createSeededRandomness(clock.now() + attempts.length) },
    isLive: () => live,
    request: (frame) => new Promise((resolve) => {
      if (frame.t !== 'submit') throw new Error('unexpected');
      const { cmid, ev } = frame.d;
      attempts.push({ cmid, text: ev.kind === 'message' && 'text' in ev.parts[0]! ? (ev.parts[0].text as string) : ev.kind, answer: resolve });
    }),
    probe: () => probes++,
    renew: () => Promise.resolve(renewals++),
    onChange() {},
    onAcknowledged() {},
    onSent: (item) => sent.push(textOf(item)),
  });

describe('outbox', () => {
  beforeEach(() => {
    clock = createFakeClock();
    vault = createMemoryVault();
    live = true;
    attempts = [];
    sent = [];
    probes = renewals = 0;
    outbox = open();
  });
  afterEach(() => {
    outbox.dispose();
    expect(clock.pending).to.equal(0);
  });

  it('stores before it sends', async () => {
    let release = (): void => {};
    const { set } = vault;
    vault.set = (key, value) => new Promise((resolve) => (release = () => resolve(set(key, value))));
    outbox.add('c_1', message('a'));
    await settle();
    expect(attempts.length).to.equal(0);
    release();
    await settle();
    expect(attempts.length).to.equal(1);
    last().answer(ok(result(last().cmid)));
    await settle();
    expect(stored()).to.deep.equal([]);
  });
  it('has one on its way per stream, in the order of typing, even when the clock is set back', async () => {
    for (const text of ['a', 'b', 'c']) {
      outbox.add('c_1', message(text));
      clock.jump(-60_000);
    }
    await settle();
    for (let turn = 0; turn < 3; turn++) {
      expect(attempts.length).to.equal(turn + 1);
      last().answer(ok(result(last().cmid, turn + 1)));
      await settle();
    }
    expect(attempts.map(({ text }) => text)).to.deep.equal(['a', 'b', 'c']);
    expect(sent).to.deep.equal(['a', 'b', 'c']);
  });
  it('does not let one stream wait for another', async () => {
    outbox.add('c_1', message('a'));
    outbox.add('c_2', message('b'));
    await settle();
    expect(attempts.length).to.equal(2);
  });
  it('says it again under the same cmid after 10 s without an answer, and takes the late answer of either', async () => {
    outbox.add('c_1', message('a'));
    await settle();
    await clock.advance(10_000);
    expect(probes).to.equal(1);
    expect(attempts.map(({ cmid }) => cmid)).to.deep.equal([attempts[0]!.cmid, attempts[0]!.cmid]);
    attempts[0]!.answer(ok(result(attempts[0]!.cmid)));
    await settle();
    expect(outbox.items('c_1').length).to.equal(0);
    attempts[1]!.answer(ok({ ...result(attempts[0]!.cmid), dup: true }));
    await settle();
    expect(sent).to.deep.equal(['a']);
  });
  it('keeps what was on its way as unknown when the connection ends, and says it again first', async () => {
    outbox.add('c_1', message('a'));
    outbox.add('c_1', message('b'));
    await settle();
    live = false;
    refuse('network', { retryable: true });
    outbox.pause();
    await settle();
    // Nothing is on its way without a connection; but it may have arrived, so it cannot be taken back.
    expect(states()).to.deep.equal(['queued', 'queued']);
    expect(await outbox.discard(attempts[0]!.cmid)).to.equal(null);
    live = true;
    outbox.pump();
    expect(attempts.map(({ text }) => text)).to.deep.equal(['a', 'a']);
  });
  it('is settled by the event as by the answer', async () => {
    const { cmid } = outbox.add('c_1', message('a'));
    await settle();
    outbox.confirm(cmid);
    await settle();
    expect(outbox.items('c_1')).to.deep.equal([]);
    expect(stored()).to.deep.equal([]);
    last().answer(ok(result(cmid)));
    await settle();
    expect(sent).to.deep.equal(['a']);
  });
  it('waits as long as the server asks, and lets nothing overtake', async () => {
    outbox.add('c_1', message('a'));
    outbox.add('c_1', message('b'));
    await settle();
    refuse('rate-limited', { retryable: true, retryAfterMs: 5000 });
    await settle();
    expect(outbox.items('c_1').map(({ state, error }) => [state, error])).to.deep.equal([['queued', 'rate-limited'], ['queued', null]]);
    await clock.advance(4999);
    expect(attempts.length).to.equal(1);
    await clock.advance(5000);
    expect(attempts.map(({ text }) => text)).to.deep.equal(['a', 'a']);
  });
  it('gets another token when the token was too old', async () => {
    outbox.add('c_1', message('a'));
    await settle();
    refuse('token-expired', { retryable: true });
    await settle();
    expect(renewals).to.equal(1);
    await clock.advance(1000);
    expect(attempts.length).to.equal(2);
  });
  it('keeps what was refused for good, with its text, and goes on with the next', async () => {
    const { cmid } = outbox.add('c_1', message('a'));
    outbox.add('c_1', message('b'));
    await settle();
    refuse('too-large');
    await settle();
    expect(outbox.items('c_1').map(({ state, error }) => [state, error])).to.deep.equal([['failed', 'too-large'], ['sending', null]]);
    expect(last().text).to.equal('b');
    const later = open();
    await later.adopt(true);
    expect(later.items('c_1').map(textOf)).to.deep.equal(['a', 'b']);
    expect(later.items('c_1')[0]!.state).to.equal('failed');
    later.dispose();
    outbox.retry(cmid);
    last().answer(ok(result(last().cmid)));
    await settle();
    expect(last().text).to.equal('a');
  });
  it('gives back what is discarded, and nothing that may have arrived', async () => {
    live = false;
    const queued = outbox.add('c_1', message('a'));
    await settle();
    expect(textOf((await outbox.discard(queued.cmid))!)).to.equal('a');
    expect(stored()).to.deep.equal([]);
    live = true;
    const sending = outbox.add('c_1', message('b'));
    await settle();
    expect(await outbox.discard(sending.cmid)).to.equal(null);
    expect(outbox.items('c_1').length).to.equal(1);
  });
  it('forgets what is discarded while it is still being stored', async () => {
    live = false;
    const { cmid } = outbox.add('c_1', message('a'));
    await outbox.discard(cmid);
    await settle();
    expect(stored()).to.deep.equal([]);
  });
  it('takes up in order what an earlier page left', async () => {
    live = false;
    for (const text of ['a', 'b', 'c']) outbox.add('c_1', message(text));
    await settle();
    outbox.dispose();
    live = true;
    outbox = open();
    await outbox.adopt(true);
    await outbox.adopt(true);
    for (let turn = 0; turn < 3; turn++) {
      last().answer(ok(result(last().cmid)));
      await settle();
    }
    expect(attempts.map(({ text }) => text)).to.deep.equal(['a', 'b', 'c']);
  });
  it('gives another tab 15 s to send what it has queued, then sends it, with nothing of its own overtaking', async () => {
    const other = open();
    live = false;
    other.add('c_1', message('theirs'));
    await settle();
    live = true;
    await outbox.adopt(false);
    outbox.add('c_1', message('mine'));
    await clock.advance(14_000);
    expect(attempts.map(({ text }) => text)).to.deep.equal([]);
    await clock.advance(2000);
    expect(attempts.map(({ text }) => text)).to.deep.equal(['theirs']);
    last().answer(ok(result(last().cmid)));
    await settle();
    expect(attempts.map(({ text }) => text)).to.deep.equal(['theirs', 'mine']);
    expect(await outbox.discard(attempts[0]!.cmid)).to.equal(null);
    other.dispose();
  });
  it('sends at once what another tab has queued when that tab is gone, and forgets it when the other has sent it', async () => {
    const other = open();
    live = false;
    const one = other.add('c_1', message('one'));
    other.add('c_1', message('two'));
    await settle();
    await outbox.adopt(false);
    const own = outbox.add('c_1', message('mine'));
    await settle();
    expect(outbox.heads().map(textOf), 'a last request overtakes nothing').to.deep.equal(['one']);
    await outbox.discard(own.cmid);
    outbox.confirm(one.cmid);
    live = true;
    await outbox.adopt(true);
    expect(attempts.map(({ text }) => text)).to.deep.equal(['two']);
    expect(outbox.heads().length, 'it goes with the last request of this page').to.equal(1);
    other.dispose();
  });
  it('offers the first of each stream for the last request of a page', async () => {
    live = false;
    outbox.add('c_1', message('a'));
    outbox.add('c_1', message('b'));
    outbox.add('c_2', message('c'));
    await settle();
    expect(outbox.heads().map(textOf)).to.deep.equal(['a', 'c']);
  });
  it('acts behind what was written, and stores no action', async () => {
    outbox.add('c_1', message('a'));
    const done = outbox.act('c_1', { kind: 'close' });
    await settle();
    expect(last().text).to.equal('a');
    expect(stored().length).to.equal(1);
    last().answer(ok(result(last().cmid)));
    await settle();
    expect(last().text).to.equal('close');
    refuse('conflict');
    const answer = await done;
    expect(!answer.ok && answer.error.code).to.equal('conflict');
    await clock.advance(20_000);
  });
  it('does not say again what was given up, and goes on with what waits behind it', async () => {
    const done = outbox.act('c_1', { kind: 'close' });
    await settle();
    await clock.advance(10_000);
    expect(attempts.map(({ text }) => text)).to.deep.equal(['close', 'close']);
    outbox.add('c_1', message('still there?'));
    await clock.advance(10_000);
    const answer = await done;
    expect(!answer.ok && answer.error.code).to.equal('timeout');
    expect(last().text).to.equal('still there?');
    last().answer(ok(result(last().cmid)));
    await clock.advance(60_000);
    expect(attempts.map(({ text }) => text)).to.deep.equal(['close', 'close', 'still there?']);
  });
  it('does not act without a connection', async () => {
    live = false;
    const answer = await outbox.act('c_1', { kind: 'close' });
    expect(!answer.ok && answer.error.code).to.equal('network');
  });
});
