/** The cursor of one conversation: what is applied, what is dropped, when it asks again (protocol README S-4.8, S-8.5). */
import { expect } from '@open-wc/testing';
import { type Result, ok } from '../../src/base/result.js';
import { type Conversation, createConversation } from '../../src/core/conversation.js';
import type { Request } from '../../src/core/connection.js';
import type { Outbox } from '../../src/core/outbox.js';
import type { ClientFrame, ParsedEvent, ParsedEventPage } from '../../src/protocol/types.js';
import { type FakeClock, createFakeClock, settle } from '../support/shared/fake-clock.js';

const nurse = { id: 'a_1', role: 'agent', name: 'Ana' } as const;
const event = (seq: number, epoch = 'k1'): ParsedEvent => ({ stream: 'c_1', epoch, seq, id: `e_${seq}`, kind: 'message', at: seq, by: nurse, d: { parts: [{ kind: 'text', text: `n${seq}` }] } });

let clock: FakeClock;
let sent: (ClientFrame | Request)[];
let fails: number;
let heard: number[];
let answerPage: (page: ParsedEventPage) => void;
let conversation: Conversation;

const page = (events: ParsedEvent[], epoch = 'k1'): ParsedEventPage => ({ stream: 'c_1', epoch, head: events.at(-1)?.seq ?? 0, floor: 1, events, complete: true });
const texts = (): string[] => conversation.snapshot.value.timeline.chunks.flat().map((item) => ('text' in item ? item.text : item.type));
const ofType = (t: string): unknown[] => sent.filter((frame) => frame.t === t).map(({ d }) => d);

describe('conversation', () => {
  beforeEach(() => {
    clock = createFakeClock();
    sent = [];
    heard = [];
    fails = 0;
    conversation = createConversation({
      id: 'c_1', createdAt: 0, status: 'open', ports: { clock },
      wire: () => ({ state: 'live', send: (frame) => sent.push(frame) > 0, request: (frame) => (sent.push(frame), Promise.resolve(ok({}))), fail: () => fails++ }),
      outbox: { items: () => [], confirm() {} } as unknown as Outbox,
      page: () => new Promise<Result<ParsedEventPage>>((resolve) => (answerPage = (found) => resolve(ok(found)))),
      isMine: ({ role }) => role === 'visitor', me: () => ({ id: 'v_1', role: 'visitor' }), otherSide: 'agent', isMyMark: (_who, role) => role === 'visitor', tellsReceipts: () => true,
      typingMinMs: () => 2000, onEvent: ({ seq }) => heard.push(seq),
    });
    conversation.begin('k1');
  });
  afterEach(() => {
    conversation.dispose();
    expect(clock.pending).to.equal(0);
  });

  it('applies what follows and drops what it has, telling each once', () => {
    conversation.onEvents([event(1), event(2)]);
    conversation.onEvents([event(2), event(1), event(3)]);
    expect(heard).to.deep.equal([1, 2, 3]);
    expect(conversation.cursor).to.deep.equal({ stream: 'c_1', epoch: 'k1', seq: 3 });
    expect(ofType('sync')).to.deep.equal([]);
  });
  it('knows whether a bot has it: from its first word until a person is asked for or comes, and again when it speaks again', () => {
    const bot = { id: 'bot_1', role: 'bot' } as const;
    const has = (seq: number, change: object): boolean => {
      conversation.onEvents([{ ...event(seq), ...change } as ParsedEvent]);
      return conversation.snapshot.value.bot;
    };
    const queued = { kind: 'assignment', by: { id: 'system', role: 'system' }, d: { state: 'queued', reason: 'escalated' } };
    expect([
      has(1, { by: { id: 'v_1', role: 'visitor' } }), has(2, { by: bot }), has(3, { kind: 'action', by: { id: 'v_1', role: 'visitor' }, d: { target: 2, buttonId: 'a', label: 'A' } }),
      has(4, queued), has(5, { by: bot }), has(6, { kind: 'assignment', d: { state: 'assigned', agent: nurse } }), has(7, {}),
    ]).to.deep.equal([false, true, true, false, true, false, false]);
    expect(conversation.snapshot.value.timeline.chunks.flat().map(({ type }) => type)).to.deep.equal(['message', 'message', 'action', 'message', 'message']);
  });
  it('tells what was said last of co-browse, and by whom; nothing of it is a line of the conversation', async () => {
    const said = (seq: number, by: object, d: object): ParsedEvent => ({ ...event(seq), kind: 'cobrowse', by, d: { session: 's-of-sixteen-and', ...d } } as unknown as ParsedEvent);
    expect(conversation.snapshot.value.cobrowse).to.equal(null);
    conversation.onEvents([said(1, nurse, { state: 'requested', key: 'K', minutes: 30 })]);
    expect(conversation.snapshot.value.cobrowse).to.deep.equal({ session: 's-of-sixteen-and', state: 'requested', key: 'K', minutes: 30, by: nurse });
    const visitor = { id: 'v_1', role: 'visitor' };
    conversation.onEvents([event(2), said(3, visitor, { state: 'declined', reason: 'patient' })]);
    expect(conversation.snapshot.value.cobrowse).to.deep.equal({ session: 's-of-sixteen-and', state: 'declined', reason: 'patient', by: visitor });
    expect(texts()).to.deep.equal(['n2']);
    conversation.onReset({ stream: 'c_1', epoch: 'k2', head: 1, floor: 1, reason: 'epoch' });
    answerPage(page([said(1, visitor, { state: 'ended', reason: 'left' })].map((one) => ({ ...one, epoch: 'k2' })), 'k2'));
    await settle();
    expect(conversation.snapshot.value.cobrowse?.reason).to.equal('left');
  });
  it('does not apply what comes behind a hole, and asks for the hole', () => {
    conversation.onEvents([event(1)]);
    conversation.onEvents([event(3), event(4)]);
    expect(texts()).to.deep.equal(['n1']);
    expect(ofType('sync')).to.deep.equal([{ stream: 'c_1', epoch: 'k1', seq: 1 }]);
    conversation.onEvents([event(2), event(3), event(4)]);
    expect(texts()).to.deep.equal(['n1', 'n2', 'n3', 'n4']);
  });
  it('asks where an event has another epoch', () => {
    conversation.onEvents([event(1)]);
    conversation.onEvents([event(2, 'k2')]);
    expect(texts()).to.deep.equal(['n1']);
    expect(ofType('sync').length).to.equal(1);
  });
  it('gives the connection up when asking does not help', async () => {
    for (let turn = 0; turn < 3; turn++) {
      conversation.onEvents([event(9)]);
      await clock.advance(2500);
    }
    expect(ofType('sync').length).to.equal(2);
    expect(fails).to.equal(1);
  });
  it('asks again without giving up when holes are far apart', async () => {
    for (let turn = 0; turn < 5; turn++) {
      conversation.onEvents([event(9)]);
      await clock.advance(11_000);
    }
    expect(fails).to.equal(0);
  });
  it('keeps what arrives while the history is read after a reset, and applies it behind', async () => {
    conversation.onEvents([event(1), event(2)]);
    conversation.onReset({ stream: 'c_1', epoch: 'k2', head: 2, floor: 1, reason: 'epoch' });
    expect(conversation.cursor).to.equal(null);
    expect(texts()).to.deep.equal([]);
    conversation.onEvents([event(2, 'k2'), event(3, 'k2')]);
    answerPage(page([event(1, 'k2'), event(2, 'k2')], 'k2'));
    await settle();
    expect(texts()).to.deep.equal(['n1', 'n2', 'n3']);
    expect(conversation.cursor).to.deep.equal({ stream: 'c_1', epoch: 'k2', seq: 3 });
  });
  it('advances over an event that it does not know', () => {
    conversation.onEvents([{ stream: 'c_1', epoch: 'k1', seq: 1, id: 'e_1', kind: 'unknown', was: 'x', broken: false, at: 1, by: nurse }, event(2)]);
    expect(texts()).to.deep.equal(['n2']);
    expect(conversation.cursor?.seq).to.equal(2);
  });
  it('says at once what was received, then what came since together, and nothing twice', async () => {
    conversation.onEvents([event(1)]);
    expect(ofType('receipt')).to.deep.equal([{ stream: 'c_1', delivered: 1, read: 0 }]);
    conversation.onEvents([event(2)]);
    conversation.markRead(1);
    conversation.markRead(2);
    await clock.advance(300);
    expect(ofType('receipt').slice(1)).to.deep.equal([{ stream: 'c_1', delivered: 2, read: 2 }]);
    conversation.markRead(1);
    await clock.advance(300);
    expect(ofType('receipt').length).to.equal(2);
  });
  it('says what was read before the page is left in the next moment', async () => {
    conversation.onEvents([event(1)]);
    await clock.advance(300);
    conversation.markRead(1);
    expect(ofType('receipt').at(-1)).to.deep.equal({ stream: 'c_1', delivered: 1, read: 1 });
  });
  it('says that somebody types at most every 2 s, and that it is over once', async () => {
    for (let turn = 0; turn < 10; turn++) {
      conversation.setTyping(true);
      await clock.advance(500);
    }
    conversation.setTyping(false);
    conversation.setTyping(false);
    expect(ofType('typing').map((d) => (d as { on: boolean }).on)).to.deep.equal([true, true, true, false]);
  });
  it('says that somebody types again soon after a message as soon as the server takes it, and not at all when it is over by then', async () => {
    const said = (): boolean[] => ofType('typing').map((d) => (d as { on: boolean }).on);
    conversation.setTyping(true);
    conversation.setTyping(false);
    await clock.advance(500);
    conversation.setTyping(true);
    conversation.setTyping(false);
    await clock.advance(3000);
    expect(said()).to.deep.equal([true, false]);
    conversation.setTyping(true);
    conversation.setTyping(false);
    conversation.setTyping(true);
    expect(said()).to.deep.equal([true, false, true, false]);
    await clock.advance(2200);
    expect(said()).to.deep.equal([true, false, true, false, true]);
  });
  it('takes state that it missed from the start of a stream', () => {
    conversation.onEvents([event(1)]);
    conversation.onStart({ stream: 'c_1', epoch: 'k1', head: 1, mode: 'resume', state: { status: 'closed', agent: nurse, createdAt: 7, watermarks: [{ who: 'v_1', role: 'visitor', delivered: 1, read: 1 }] } });
    expect(conversation.snapshot.value).to.include({ status: 'closed', createdAt: 7, readSeq: 1, unread: 0 });
  });
});
