/** The timeline keeps what did not change, and merges what is said twice. */
import { expect } from '@open-wc/testing';
import { type PendingView, type TimelineStore, createTimeline } from '../../src/core/timeline.js';
import type { MessageItem } from '../../src/core/snapshots.js';
import type { By, ParsedEvent } from '../../src/protocol/types.js';

const visitor: By = { id: 'v_1', role: 'visitor' };
const nurse: By = { id: 'a_1', role: 'agent', name: 'Ana' };
const event = (seq: number, by: By, text: string, cmid?: string): ParsedEvent =>
  ({ stream: 'c_1', epoch: 'k1', seq, id: `e_${seq}`, kind: 'message', at: seq, by, d: { parts: [{ kind: 'text', text }] }, ...(cmid !== undefined && { cmid, dev: 'd_1' }) });
const pending = (cmid: string, change: Partial<PendingView> = {}): PendingView => ({ cmid, clientAt: 1, text: cmid, kind: 'message', state: 'queued', error: null, ...change });
const keys = (timeline: TimelineStore): string[] => timeline.value.chunks.flat().map(({ key }) => key);

describe('timeline', () => {
  let timeline: TimelineStore;
  beforeEach(() => (timeline = createTimeline({ isMine: ({ role }) => role === 'visitor', me: () => visitor })));

  it('replaces one chunk per event and keeps every other object', () => {
    timeline.append(Array.from({ length: 200 }, (_, index) => event(index + 1, nurse, 'x')));
    const before = timeline.value;
    expect(before.chunks.map(({ length }) => length)).to.deep.equal([64, 64, 64, 8]);
    timeline.append([event(201, nurse, 'y')]);
    const after = timeline.value;
    expect(after.chunks.slice(0, 3).every((chunk, index) => chunk === before.chunks[index])).to.equal(true);
    expect(after.chunks[3]!.slice(0, 8).every((item, index) => item === before.chunks[3]![index])).to.equal(true);
    expect(after.length).to.equal(201);
    expect(Object.isFrozen(after) && Object.isFrozen(after.chunks) && Object.isFrozen(after.chunks[3]) && Object.isFrozen(after.chunks[3]![8])).to.equal(true);
  });
  it('is the same object when nothing changed', () => {
    timeline.append([event(1, nurse, 'x')]);
    const before = timeline.value;
    timeline.append([event(1, nurse, 'x')]);
    timeline.setMarks(0, 0);
    timeline.setPending([]);
    timeline.setLoadingOlder(false);
    expect(timeline.value).to.equal(before);
  });
  it('shows an own message once, under one key, whichever of answer and event comes first', () => {
    timeline.setPending([pending('m1')]);
    timeline.acknowledge(pending('m1'), 3, 30);
    timeline.setPending([]);
    expect(keys(timeline)).to.deep.equal(['m1']);
    timeline.append([event(1, nurse, 'a'), event(2, nurse, 'b'), event(3, visitor, 'm1', 'm1')]);
    expect(keys(timeline)).to.deep.equal(['e_1', 'e_2', 'm1']);
    timeline.setPending([pending('m2')]);
    timeline.append([event(4, visitor, 'm2', 'm2')]);
    timeline.acknowledge(pending('m2'), 4, 40);
    timeline.setPending([]);
    expect(keys(timeline)).to.deep.equal(['e_1', 'e_2', 'm1', 'm2']);
  });
  it('keeps own pending items behind whatever arrives', () => {
    timeline.setPending([pending('m1'), pending('m2', { state: 'failed', error: 'too-large' })]);
    timeline.append([event(1, nurse, 'a')]);
    expect(keys(timeline)).to.deep.equal(['e_1', 'm1', 'm2']);
    expect(timeline.value.chunks.at(-1)!.map((item) => (item as MessageItem).error)).to.deep.equal([null, 'too-large']);
  });
  it('raises own messages to delivered and read, and never lowers them', () => {
    timeline.append([event(1, visitor, 'a', 'ma'), event(2, nurse, 'b'), event(3, visitor, 'c', 'mc')]);
    const states = (): unknown[] => timeline.value.chunks.flat().map((item) => (item as MessageItem).state);
    timeline.setMarks(3, 1);
    expect(states()).to.deep.equal(['read', null, 'delivered']);
    timeline.setMarks(2, 0);
    expect(states()).to.deep.equal(['read', null, 'delivered']);
    timeline.append([event(4, visitor, 'd', 'md')]);
    expect(states()).to.deep.equal(['read', null, 'delivered', 'sent']);
  });
  it('changes no chunk in front of the old mark', () => {
    timeline.append(Array.from({ length: 130 }, (_, index) => event(index + 1, visitor, 'x', `m${index}`)));
    timeline.setMarks(100, 100);
    const before = timeline.value.chunks;
    timeline.setMarks(130, 130);
    expect(timeline.value.chunks[0]).to.equal(before[0]);
    expect(timeline.value.chunks[2]).not.to.equal(before[2]);
  });
  it('puts older pages in front, without those it has', () => {
    timeline.prepend([event(51, nurse, 'a'), event(52, nurse, 'b')], false);
    expect(timeline.value.hasOlder).to.equal(true);
    const last = timeline.value.chunks.at(-1);
    timeline.prepend([event(50, nurse, 'z'), event(51, nurse, 'a')], true);
    expect(keys(timeline)).to.deep.equal(['e_50', 'e_51', 'e_52']);
    expect(timeline.value.chunks.at(-1)).to.equal(last);
    expect(timeline.value.hasOlder).to.equal(false);
  });
  it('shows a fall-back for parts it does not know, and nothing of what was taken back', () => {
    timeline.append([
      { ...event(1, nurse, ''), d: { parts: [{ kind: 'text', text: 'See' }, { kind: 'card', fallback: 'a map' }] } } as ParsedEvent,
      { ...event(2, nurse, ''), d: { tombstone: true } } as ParsedEvent,
    ]);
    const [first, second] = timeline.value.chunks.flat() as MessageItem[];
    expect(first!.text).to.equal('See\na map');
    expect(second).to.include({ tombstone: true, text: '' });
  });
  it('counts unread messages of others only', () => {
    timeline.append([event(1, nurse, 'a'), event(2, visitor, 'b', 'm1'), event(3, nurse, 'c'), { ...event(4, nurse, ''), d: { tombstone: true } } as ParsedEvent]);
    expect([timeline.unreadAfter(0), timeline.unreadAfter(1), timeline.unreadAfter(3)]).to.deep.equal([2, 1, 0]);
  });
});
