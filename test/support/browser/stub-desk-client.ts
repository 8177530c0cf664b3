/**
 * A DeskClient whose every answer the test decides: records intents, shows the snapshot it is given, and moves conversations
 * about as the real one does when it confirms. For view tests only; the real client has its own suite.
 */
import { CareError } from '../../../src/base/care-error.js';
import { err, ok, type Result } from '../../../src/base/result.js';
import { createSnapshot, type Snapshot } from '../../../src/base/snapshot.js';
import type { ClosedQuery, DeskClient, DeskFact } from '../../../src/core/api.js';
import type { DeskConversation, DeskSnapshot, MessageItem, NoteItem, Timeline, TimelineItem } from '../../../src/core/snapshots.js';
import type { By, Summary, SummaryPage } from '../../../src/protocol/types.js';

/** Monday 23 November 2026, 10:30 UTC. */
export const stubNow = Date.UTC(2026, 10, 23, 10, 30);
const minute = 60_000;

export const nurse: By = { id: 'a_nurse', role: 'agent', name: 'Maya Torres', title: 'Nurse' };
const visitorBy = (id: string, name?: string): By => ({ id, role: 'visitor', ...(name ? { name } : {}) });

/** A summary with sensible defaults. */
export function summaryOf(id: string, change: Partial<Summary> = {}): Summary {
  return {
    id, v: 1, status: 'waiting', departmentId: 'd_gp', visitor: { id: `v_${id}`, online: true, locale: 'en', page: 'Appointments' },
    createdAt: stubNow - 4 * minute, waitingSince: stubNow - 4 * minute, head: 3, lastAt: stubNow - 4 * minute, unread: 0, preChat: [], ...change,
  };
}

export const answers = (name: string, reason: string, more: readonly (readonly [string, string])[] = []): Summary['preChat'] => [
  { linkId: 'name', question: 'What is your name?', answers: [name] },
  { linkId: 'reason', question: 'What is it about?', answers: [reason] },
  ...more.map(([question, answer], i) => ({ linkId: `q${i}`, question, answers: answer ? [answer] : [] })),
];

export const waitingAna = summaryOf('c_ana', {
  visitor: { id: 'v_ana', name: 'Ana Ruiz', online: true, locale: 'es', page: 'Billing' }, departmentId: 'd_billing', waitingSince: stubNow - 252_000,
  preChat: answers('Ana Ruiz', 'A question about my last invoice'),
});
export const waitingNobody = summaryOf('c_anon', { waitingSince: stubNow - 41_000, preChat: answers('', 'Cough for a week', [['Since when?', 'Last Monday']]) });

export const mineJames = summaryOf('c_james', {
  status: 'open', agent: nurse, visitor: { id: 'v_james', name: 'James Okafor', online: true, locale: 'en', page: 'Find a doctor' }, unread: 0, lastAt: stubNow - minute, createdAt: stubNow - 21 * minute,
  lastMessage: { by: visitorBy('v_james', 'James Okafor'), text: 'Thank you. Should I still take it in the evening?', seq: 9 },
  preChat: answers('James Okafor', 'Medication', [['Date of birth', '14 March 1951'], ['Have you been to our clinic before?', 'Yes'], ['Which medicine is it about?', 'Metoprolol 50 mg, twice a day'], ['Anything else we should know?', '']]),
});
export const mineLeila = summaryOf('c_leila', {
  status: 'open', agent: nurse, visitor: { id: 'v_leila', name: 'ليلى حداد', online: false, locale: 'ar', page: 'Contact' }, unread: 2, lastAt: stubNow - 6 * minute,
  lastMessage: { by: visitorBy('v_leila', 'ليلى حداد'), text: 'هل يمكنني الحضور غدًا صباحًا؟', seq: 6 }, preChat: answers('ليلى حداد', 'Appointment'),
});
export const mineRobert = summaryOf('c_robert', {
  status: 'open', agent: nurse, visitor: { id: 'v_robert', name: 'Robert Lindqvist', online: true, locale: 'en', page: 'Home' }, unread: 0, lastAt: stubNow - 38 * minute,
  lastMessage: { by: nurse, text: 'You can pick the form up at the front desk, it is ready for you.', seq: 12 },
});

/** A message of a timeline. */
export function message(seq: number, by: By, text: string, minutesAgo: number, change: Partial<MessageItem> = {}): MessageItem {
  const mine = by.id === nurse.id;
  return { type: 'message', key: `e_${seq}`, seq, at: stubNow - minutesAgo * minute, by, mine, text, tombstone: false, state: mine ? 'read' : null, error: null, ...change };
}

export const timelineOf = (items: readonly TimelineItem[], change: Partial<Timeline> = {}): Timeline => ({ chunks: items.length ? [items] : [], length: items.length, hasOlder: false, loadingOlder: false, ...change });

const james = visitorBy('v_james', 'James Okafor');
export const jamesTimeline: readonly TimelineItem[] = [
  { type: 'form', key: 'e_2', seq: 2, at: stubNow - 19 * minute, by: james, body: { form: { questionnaire: 'https://clinic.test/q|1', title: 'Before we start' }, purpose: 'pre-chat', answers: mineJames.preChat, response: {} } },
  message(3, james, 'Good morning. The pharmacy gave me a different box of metoprolol than last time. Is it the same medicine?', 18),
  { type: 'system', key: 'e_4', seq: 4, at: stubNow - 16 * minute, what: 'joined', by: nurse, reason: null },
  message(5, nurse, 'Good morning, Mr Okafor. Yes: the maker is a different one, the medicine and the strength are the same.', 15),
  message(6, nurse, 'Does the box say “metoprolol 50 mg”?', 15),
  message(7, james, 'Yes it does. 50 mg.', 9),
  message(8, nurse, 'Then you can take it exactly as before. Our leaflet about it: https://clinic.example/leaflets/metoprolol', 6, { state: 'delivered' }),
  message(9, james, 'Thank you. Should I still take it in the evening?', 1),
];

/** The conversation on screen for a summary. */
export function conversationOf(summary: Summary, items: readonly TimelineItem[] = [], change: Partial<DeskConversation> = {}): DeskConversation {
  return {
    id: summary.id, status: summary.status, agent: summary.agent ?? null, departmentId: summary.departmentId ?? null, bot: summary.bot ?? false, cobrowse: null, createdAt: summary.createdAt,
    timeline: timelineOf(items), typing: [], readSeq: summary.head, unread: summary.unread, summary, olderCheck: null, notes: timelineOf([]), draft: { text: '', at: 0 }, noteDraft: { text: '', at: 0 }, ...change,
  };
}

const note: NoteItem = { type: 'note', key: 'n_1', seq: 1, at: stubNow - 12 * minute, by: { id: 'a_front', role: 'agent', name: 'Sam Patel', title: 'Front desk' }, text: 'Called last week about the same box; call-back was promised.', state: null };

const canned: DeskSnapshot['canned'] = [
  { id: 'r1', shortcut: 'hello', lang: 'en', text: 'Hello {visitor}, this is {agent} from {clinic}. How can I help?' },
  { id: 'r2', shortcut: 'hello', lang: 'es', text: 'Hola, {visitor}. Soy {agent}, de {clinic}. ¿En qué puedo ayudarle?' },
  { id: 'r3', shortcut: 'help', lang: 'en', text: 'If it gets worse, call us at any time or go to the emergency department.' },
  { id: 'r4', shortcut: 'hours', lang: 'en', text: '{department} is open Monday to Friday, 8:00 to 17:00.' },
  { id: 'r5', shortcut: 'wait', lang: 'en', text: 'One moment please, I am looking at your record.' },
];

/** The snapshots the tests start from. */
export const signedOut: DeskSnapshot = {
  phase: 'signed-out', error: null, connection: { state: 'idle', retryAt: null, error: null }, durable: true, agent: null, clinicName: null,
  departments: [], colleagues: [], state: 'away', canCobrowse: false, canned: [], waiting: [], mine: [], active: null, textChars: 8000,
};
export const quiet: DeskSnapshot = {
  ...signedOut, phase: 'ready', connection: { state: 'online', retryAt: null, error: null }, clinicName: 'Rosewater Clinic', state: 'online', canned,
  agent: { id: nurse.id, email: 'nurse@demo.clinic', name: 'Maya Torres', title: 'Nurse', departments: ['d_gp', 'd_billing'] },
  departments: [{ id: 'd_gp', name: { en: 'General practice', es: 'Medicina general', ar: 'الطب العام' } }, { id: 'd_billing', name: { en: 'Billing', es: 'Facturación', ar: 'الفواتير' } }],
  colleagues: [
    { id: 'a_front', name: 'Sam Patel', title: 'Front desk', state: 'online' },
    { id: 'a_doc', name: 'Dr. Ingrid Berg', title: 'Doctor', state: 'away' },
    { id: 'a_off', name: 'Tom Weber', title: 'Nurse', state: 'offline' },
  ],
};
export const busy: DeskSnapshot = { ...quiet, waiting: [waitingAna, waitingNobody], mine: [mineJames, mineLeila, mineRobert] };
export const talking: DeskSnapshot = { ...busy, active: conversationOf(mineJames, jamesTimeline, { notes: timelineOf([note]) }) };

/** One intent as it was asked for. */
export type Intent = readonly [name: string, ...args: readonly unknown[]];

/** The stub with its levers. */
export interface StubDeskClient extends DeskClient {
  readonly snapshot: Snapshot<DeskSnapshot>;
  readonly intents: Intent[];
  readonly listenerCount: number;
  readonly disposed: boolean;
  /** The next answer of `signIn`, `accept`, `assign`, `close`, `reopen`, `search`. */
  refuseNext(error: CareError): void;
  fact(fact: DeskFact): void;
  readonly closed: Summary[];
}

/** Creates the stub. */
export function createStubDeskClient(initial: DeskSnapshot): StubDeskClient {
  const snapshot = createSnapshot(initial);
  const intents: Intent[] = [];
  const factListeners = new Set<(fact: DeskFact) => void>();
  const closed: Summary[] = [];
  let refusal: CareError | null = null;
  let subscriptions = 0;
  let disposed = false;
  const answer = async (then: () => void): Promise<Result<void>> => {
    const error = refusal;
    refusal = null;
    await Promise.resolve();
    if (error) return err(error);
    then();
    return ok(undefined);
  };
  const find = (id: string): Summary | undefined => [...snapshot.value.waiting, ...snapshot.value.mine, ...closed].find((summary) => summary.id === id);
  const show = (summary: Summary | undefined): DeskConversation | null =>
    summary ? conversationOf(summary, summary.id === 'c_james' ? jamesTimeline : [message(1, visitorBy(summary.visitor.id, summary.visitor.name), summary.lastMessage?.text ?? 'Hello?', 4)]) : null;
  const own = (id: string): Summary => ({ ...(find(id) ?? summaryOf(id)), status: 'open', agent: nurse });
  const without = (list: readonly Summary[], id: string): readonly Summary[] => list.filter((summary) => summary.id !== id);
  const log = (...intent: Intent): void => void intents.push(intent);
  const patchActive = (change: (active: DeskConversation) => Partial<DeskConversation>): void =>
    snapshot.update((value) => (value.active ? { ...value, active: { ...value.active, ...change(value.active) } } : value));
  let sent = 100;
  return {
    intents,
    closed,
    snapshot: { get value() { return snapshot.value; }, set: snapshot.set, update: snapshot.update, subscribe(listener) {
      subscriptions++;
      const stop = snapshot.subscribe(listener);
      return () => { subscriptions--; stop(); };
    } },
    get listenerCount() { return subscriptions + factListeners.size; },
    get disposed() { return disposed; },
    refuseNext(error) { refusal = error; },
    fact(fact) { for (const listener of factListeners) listener(fact); },
    onFact(listener) { factListeners.add(listener); return () => factListeners.delete(listener); },
    async resume() { log('resume'); },
    signIn(email, password) {
      log('signIn', email, password);
      return answer(() => snapshot.set(busy));
    },
    async signOut() { log('signOut'); snapshot.set(signedOut); },
    setState(state) { log('setState', state); snapshot.update((value) => ({ ...value, state })); },
    open(id) { log('open', id); snapshot.update((value) => ({ ...value, active: id === null ? null : show(find(id)) })); },
    accept(id) {
      log('accept', id);
      return answer(() => {
        const summary = own(id);
        snapshot.update((value) => ({ ...value, waiting: without(value.waiting, id), mine: [summary, ...without(value.mine, id)], active: show(summary) }));
      });
    },
    assign(id, agentId) {
      log('assign', id, agentId);
      return answer(() => snapshot.update((value) => ({ ...value, mine: without(value.mine, id), active: null })));
    },
    close(id) {
      log('close', id);
      return answer(() => {
        const summary: Summary = { ...own(id), status: 'closed', closedAt: stubNow };
        closed.push(summary);
        snapshot.update((value) => ({ ...value, mine: without(value.mine, id), active: value.active && { ...value.active, status: 'closed', summary } }));
      });
    },
    reopen(id) {
      log('reopen', id);
      return answer(() => {
        const summary = own(id);
        snapshot.update((value) => ({ ...value, mine: [summary, ...without(value.mine, id)], active: show(summary) }));
      });
    },
    send(text) {
      log('send', text);
      if (!text.trim()) return err(new CareError('empty-text'));
      const key = `k_${sent++}`;
      patchActive((active) => ({ draft: { text: '', at: stubNow }, timeline: timelineOf([...active.timeline.chunks.flat(), message(0, nurse, text, 0, { key, seq: null, state: 'sending' })]) }));
      return ok(key);
    },
    note(text) {
      log('note', text);
      if (!text.trim()) return err(new CareError('empty-text'));
      const key = `k_${sent++}`;
      patchActive((active) => ({ notes: timelineOf([...active.notes.chunks.flat(), { type: 'note', key, seq: null, at: stubNow, by: nurse, text, state: 'queued' }]) }));
      return ok(key);
    },
    retry(key) { log('retry', key); },
    async discard(key) {
      log('discard', key);
      const { active } = snapshot.value;
      const item = [...(active?.timeline.chunks.flat() ?? []), ...(active?.notes.chunks.flat() ?? [])].find((one) => one.key === key);
      if (item?.type !== 'message' && item?.type !== 'note') return null;
      const kept = (timeline: Timeline): Timeline => timelineOf(timeline.chunks.flat().filter((one) => one !== item));
      patchActive(({ timeline, notes }) => ({ timeline: kept(timeline), notes: kept(notes) }));
      return item;
    },
    setDraft(text) { log('setDraft', text); patchActive(() => ({ draft: { text, at: stubNow } })); },
    setNoteDraft(text) { log('setNoteDraft', text); patchActive(() => ({ noteDraft: { text, at: stubNow } })); },
    setTyping(on) { log('setTyping', on); },
    markRead(seq) { log('markRead', seq); },
    async loadOlder() { log('loadOlder'); },
    async search(query: ClosedQuery): Promise<Result<SummaryPage>> {
      log('search', query);
      const error = refusal;
      refusal = null;
      return error ? err(error) : ok({ list: closed });
    },
    async cobrowse(ev) { log('cobrowse', ev); return ok(undefined); },
    async relayGrant(session) { log('relayGrant', session); return ok({ token: 't'.repeat(43), expiresAt: stubNow + 30_000, url: 'wss://chat.example/v1/relay' }); },
    tryNow() { log('tryNow'); },
    dispose() { disposed = true; },
  };
}
