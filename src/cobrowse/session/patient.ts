/**
 * The patient's side of a co-browse session without a screen: moves the state machine, and does what follows from it. What looks at the page is loaded after
 * Allow, nothing goes to the nurse but while the state is `active`, and when it is over recorder and link are ended before anything else happens.
 */
import { createSnapshot, type ReadonlySnapshot } from '../../base/snapshot.js';
import type { Clock } from '../../platform/ports.js';
import { createRate, readNurse, writePatient, type NurseMessage, type PatientMessage, type PauseReason, type ProposalEnd } from '../act/act-codec.js';
import type { ConsentRecord } from '../../protocol/types.js';
import { decodeFrame, type Frame } from '../frame-codec.js';
import { firstState, nextState, type Ask, type EndReason, type SessionInput, type SessionState } from './machine.js';
import type { CobrowseReason, CobrowseSaying, CobrowseStanding, PreparedLink, RelayLink } from './relay.js';

/** A recorder, as far as a session uses it. */
export interface Eye {
  pause(): void;
  resume(): void;
  requestFull(): void;
  stop(): void;
}

/** What the page tells. */
export interface PageEvents {
  /** The patient did something. */
  active(): void;
  /** Why nothing may be shown now; null: no more. */
  blocked(why: 'hidden' | 'private-field' | 'private-page' | null): void;
  /** The page is being left. */
  left(): void;
}

/** What is kept for the next page of this tab: no content. */
export interface LeftBehind {
  readonly session: string;
  readonly key: string;
  readonly at: number;
  readonly endsAt: number;
}

/** What was shown: the clinic's name of the page, since when, and for how long. */
export interface ShownPage {
  readonly page: string | null;
  readonly at: number;
  readonly ms: number;
}

/** What is told to the page for its records: no content. */
export interface CobrowseAudit {
  readonly session: string;
  readonly state: SessionState['at'];
  /** Why it is paused, or over. */
  readonly reason: string | null;
  /** SHA-256 of the text that was agreed to. */
  readonly consentHash: string | null;
  readonly grantedAt: number | null;
  readonly endedAt: number | null;
  readonly frames: number;
}

export interface PatientPorts {
  readonly clock: Clock;
  /** A new session id, for going on. */
  newId(): string;
  /** Says it in the conversation's log; false where the server did not take it. */
  say(saying: CobrowseSaying): Promise<boolean>;
  /** Loads what looks at the page, and starts to look; called after Allow and not before. */
  openEye(onFrame: (text: string) => void, onFault: () => void): Promise<Eye>;
  prepareLink(): Promise<PreparedLink>;
  /** The record of the text that the patient agrees to, as it is on the screen. */
  consent(ask: Ask): Promise<ConsentRecord>;
  watchPage(events: PageEvents): () => void;
  pageName(): string | undefined;
  readonly left: { get(): LeftBehind | null; set(left: LeftBehind | null): void };
  /** What was shown on earlier pages; kept encrypted. */
  readonly shown: { read(): Promise<readonly ShownPage[]>; write(pages: readonly ShownPage[]): void };
  audit(record: CobrowseAudit): void;
}

export interface PatientView {
  readonly state: SessionState;
  /** What both sides show, once the nurse is there. */
  readonly code: string | null;
  readonly endsAt: number | null;
  readonly shown: readonly ShownPage[];
  /** The last frame, as the nurse gets it. */
  readonly frame: Frame | null;
}

export interface PatientSession {
  readonly snapshot: ReadonlySnapshot<PatientView>;
  /** Where it stands, as the log says. */
  heard(standing: CobrowseStanding | null): void;
  /** The conversation was closed, or is another one now. */
  closed(): void;
  allow(): void;
  start(): void;
  decline(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** The summary was read. */
  done(): void;
  /** The next frame is a full one. */
  refresh(): void;
  /** What became of a proposal. */
  answer(id: number, how: ProposalEnd): void;
  /** What the nurse does; called only while it is active. */
  onAct(listener: (message: NurseMessage) => void): () => void;
  /** Every frame, from the preview on. */
  onFrame(listener: (frame: Frame) => void): () => void;
  dispose(): void;
}

const askMs = 60_000;
const previewMs = 5 * 60_000;
export const resumeMs = 2 * 60_000;
const idleMs = 3 * 60_000;
/** A nurse who is away for so long has gone. */
const awayMs = 60_000;
const againMs = 1000;
const reopenMs = 2000;
const toldMs = 3000;

/** What the log is told of an end; of `elsewhere` nothing. */
const saidReasons: Readonly<Record<Exclude<EndReason, 'elsewhere'>, readonly ['declined' | 'ended', CobrowseReason]>> = {
  declined: ['declined', 'patient'], 'no-answer': ['declined', 'timeout'], unsupported: ['declined', 'unsupported'],
  stopped: ['ended', 'stopped'], timeout: ['ended', 'timeout'], left: ['ended', 'left'], nurse: ['ended', 'nurse'], closed: ['ended', 'closed'], error: ['ended', 'error'], rate: ['ended', 'rate'],
};

export function createPatientSession(ports: PatientPorts): PatientSession {
  const { clock } = ports;
  const view = createSnapshot<PatientView>({ state: firstState, code: null, endsAt: null, shown: [], frame: null });
  const acts = new Set<(message: NurseMessage) => void>();
  const frames = new Set<(frame: Frame) => void>();
  const answered = new Set<string>();
  /** Counts sessions, so that what was awaited for an earlier one is dropped. */
  let turn = 0;
  let eye: Eye | null = null;
  let link: RelayLink | null = null;
  let isReady = false;
  /** The nurse has a full frame, and every one since. */
  let isWhole = false;
  let blocked: PauseReason | null = null;
  /** The log has its end already. */
  let isTold = false;
  let unwatch: (() => void) | null = null;
  let mayAct = createRate(clock.now);
  let timers: Partial<Record<'answer' | 'idle' | 'over' | 'away' | 'again' | 'full', () => void>> = {};
  let audit = { consentHash: null as string | null, grantedAt: null as number | null, frames: 0 };
  /** Since when the page of the list is being shown. */
  let showing: { page: string | null; at: number } | null = null;

  const now = (): SessionState => view.value.state;
  const change = (next: Partial<PatientView>): void => view.set({ ...view.value, ...next });
  const after = (name: keyof typeof timers, run: () => void, ms: number): void => {
    timers[name]?.();
    timers[name] = clock.setTimer(run, ms);
  };
  const tell = (message: PatientMessage): void => {
    const bytes = writePatient(message);
    if (bytes && isReady) link?.send('control', bytes);
  };
  const note = (): void => {
    const { state } = view.value;
    if (state.at === 'idle') return;
    ports.audit({
      session: state.ask.session, state: state.at, reason: 'why' in state ? state.why : null, ...audit, endedAt: state.at === 'ended' ? clock.now() : null,
    });
  };
  /** What is shown is written into the list when it is shown no more. */
  const closePage = (): void => {
    if (!showing) return;
    const { page, at } = showing;
    const [ms, last] = [Math.max(0, clock.now() - at), view.value.shown.at(-1)];
    showing = null;
    const shown = last && last.page === page ? [...view.value.shown.slice(0, -1), { ...last, ms: last.ms + ms }] : [...view.value.shown, { page, at, ms }];
    change({ shown });
    ports.shown.write(shown);
  };
  const openPage = (): void => {
    closePage();
    showing = { page: ports.pageName() ?? null, at: clock.now() };
  };
  const idleAgain = (): void => after('idle', () => put({ type: 'pause', why: 'idle' }), idleMs);
  const full = (): void => {
    isWhole = false;
    eye?.requestFull();
  };

  /** Lets go of everything at once. */
  const letGo = (): void => {
    turn++;
    eye?.stop();
    link?.close();
    unwatch?.();
    for (const cancel of Object.values(timers)) cancel();
    timers = {};
    eye = link = unwatch = blocked = null;
    isReady = isWhole = false;
    closePage();
  };

  const onFrame = (text: string): void => {
    const { at } = now();
    if (at !== 'active' && at !== 'preview') return;
    const decoded = decodeFrame(text);
    if (!decoded.ok) return put({ type: 'pause', why: 'fault' });
    const frame = decoded.value;
    if (at === 'active' && isReady && (isWhole || frame.kind === 'full')) {
      isWhole = link?.send('frame', new TextEncoder().encode(text)) ?? false;
      if (isWhole) audit.frames++;
      else after('full', full, againMs);
    }
    if (showing && showing.page !== (ports.pageName() ?? null)) openPage();
    change({ frame });
    for (const listener of frames) listener(frame);
  };
  const onFault = (): void => put(now().at === 'preview' ? { type: 'unsupported' } : { type: 'pause', why: 'fault' });
  const onControl = (bytes: Uint8Array): void => {
    // Counted before it is looked at: what is malformed costs as much.
    if (!mayAct()) return;
    const message = readNurse(bytes);
    if (!message) return;
    if (message.t === 'full') full();
    else if (now().at === 'active') for (const listener of acts) listener(message);
  };

  /** The nurse is there: says how it stands, and begins with a full frame. */
  const greet = (): void => {
    const { state } = view.value;
    tell({ t: 'state', why: state.at === 'paused' ? state.why : 'none' });
    full();
  };

  const look = async (): Promise<void> => {
    const mine = turn;
    try {
      const opened = await ports.openEye((text) => mine === turn && onFrame(text), () => mine === turn && onFault());
      if (mine !== turn) return opened.stop();
      eye = opened;
      if (now().at === 'paused') eye.pause();
    } catch {
      if (mine === turn) put(now().at === 'preview' ? { type: 'unsupported' } : { type: 'end', why: 'error' });
    }
  };

  /** Nobody is there to see it: nothing goes out, and after a while it is over. */
  const away = (why: 'nurse' | 'error', ms = awayMs): void => {
    isReady = false;
    change({ code: null });
    timers.away ??= clock.setTimer(() => put({ type: 'end', why }), ms);
  };
  const connect = async (prepared: PreparedLink, ask: Ask, mine: number): Promise<void> => {
    const opened = await prepared.open(ask.session, ask.key, {
      ready(code) {
        if (mine !== turn) return;
        isReady = true;
        change({ code });
        timers.away?.();
        delete timers.away;
        greet();
      },
      frame() {},
      control: (bytes) => mine === turn && onControl(bytes),
      gap: () => mine === turn && full(),
      peer: (on) => mine === turn && !on && away('nurse'),
      ended(reason) {
        if (mine !== turn) return;
        link = null;
        if (reason === 'rate') put({ type: 'end', why: 'rate' });
        else if (reason === 'failed') put({ type: 'end', why: 'error' });
        else if (reason === 'revoked') {
          // The log says why, if it has not yet.
          isTold = true;
          away('nurse', toldMs);
        } else {
          away('error');
          after('again', () => void connect(prepared, ask, mine).catch(() => mine === turn && put({ type: 'end', why: 'error' })), reopenMs);
        }
      },
    });
    if (mine !== turn) return opened.close();
    link = opened;
    if (isReady) greet();
    else away('nurse');
  };

  const grant = async (ask: Ask): Promise<void> => {
    const mine = turn;
    try {
      const [prepared, consent] = await Promise.all([ports.prepareLink(), ports.consent(ask)]);
      if (mine !== turn) return;
      audit.consentHash = consent.textHash;
      const isGranted = await ports.say({ session: ask.session, state: 'granted', key: prepared.key, consent, ...(ask.resumes !== undefined && { resumes: ask.resumes }) });
      if (mine !== turn) return;
      if (!isGranted) return put({ type: 'end', why: 'error' });
      note();
      await connect(prepared, ask, mine);
    } catch {
      if (mine === turn) put({ type: 'end', why: 'error' });
    }
  };

  const enter = (before: SessionState, state: SessionState): void => {
    if (state.at === 'ended') {
      const leaves = state.why === 'left' && state.wasShown;
      const { endsAt } = view.value;
      ports.left.set(leaves && endsAt !== null ? { session: state.ask.session, key: state.ask.key, at: clock.now(), endsAt } : null);
      const { session, resumes } = state.ask;
      if (isTold || state.why === 'elsewhere') return;
      const [said, reason] = saidReasons[state.why];
      // What we alone thought of is not answered in the log.
      if (said === 'declined' ? resumes === undefined : state.wasShown) void ports.say({ session, state: said, reason });
    } else if (state.at === 'requested') {
      after('answer', () => put({ type: 'no-answer' }), state.ask.resumes === undefined ? askMs : Math.max(0, (ports.left.get()?.at ?? 0) + resumeMs - clock.now()));
    } else if (state.at === 'preview') {
      after('answer', () => put({ type: 'no-answer' }), previewMs);
      void look();
    } else if (state.at === 'active') {
      if (before.at === 'paused') eye?.resume();
      else {
        timers.answer?.();
        audit.grantedAt = clock.now();
        const endsAt = state.ask.endsAt ?? clock.now() + state.ask.minutes * 60_000;
        change({ endsAt });
        after('over', () => put({ type: 'end', why: 'timeout' }), endsAt - clock.now());
        unwatch = ports.watchPage({
          active: () => now().at === 'active' && idleAgain(),
          blocked(why) {
            blocked = why;
            if (why) put({ type: 'pause', why });
          },
          left: () => put({ type: 'end', why: 'left' }),
        });
        if (state.ask.resumes !== undefined) void look();
        void grant(state.ask);
      }
      // It may have been paused at once, by what the page told.
      if (now().at !== 'active') return;
      isWhole = false;
      idleAgain();
      openPage();
      tell({ t: 'state', why: 'none' });
      eye?.requestFull();
    } else if (state.at === 'paused') {
      eye?.pause();
      timers.idle?.();
      closePage();
      tell({ t: 'state', why: state.why });
    }
  };

  function put(input: SessionInput): void {
    const before = now();
    const state = nextState(before, input);
    if (state === before) return;
    // First of all, and in the same task: whatever comes then finds nothing to send, nor to send it by.
    if (state.at === 'ended') letGo();
    if (state.at === 'requested') {
      audit = { consentHash: null, grantedAt: null, frames: 0 };
      isTold = false;
      mayAct = createRate(clock.now);
      change({ state, code: null, endsAt: null, frame: null, ...(state.ask.resumes === undefined && { shown: [] }) });
    } else change({ state, ...((state.at === 'ended' || state.at === 'idle') && { code: null, frame: null }) });
    enter(before, state);
    // With the hash of the text, which is known a moment later.
    if (state.at !== 'active' || before.at === 'paused') note();
  }

  /** On a page after one that was shown: whether to go on is the patient's to say. */
  const offer = (left: LeftBehind): void => {
    if (left.at + resumeMs <= clock.now() || left.endsAt <= clock.now()) return ports.left.set(null);
    const session = ports.newId();
    answered.add(session);
    put({ type: 'request', ask: { session, key: left.key, minutes: Math.ceil((left.endsAt - clock.now()) / 60_000), resumes: left.session, endsAt: left.endsAt } });
    void ports.shown.read().then((shown) => now().at === 'requested' && change({ shown }));
  };

  return {
    snapshot: view,
    heard(standing) {
      const state = now();
      if (!standing) return;
      const { session } = standing;
      if (state.at !== 'idle' && state.at !== 'ended') {
        if (session !== state.ask.session) return;
        isTold = standing.state === 'ended' || standing.state === 'declined';
        if (standing.state === 'ended') put({ type: 'end', why: standing.by.role === 'visitor' ? 'elsewhere' : standing.reason === 'closed' || standing.reason === 'rate' || standing.reason === 'timeout' ? standing.reason : 'nurse' });
        // Answered in another tab.
        else if (standing.state !== 'requested' && (state.at === 'requested' || state.at === 'preview')) put({ type: 'end', why: 'elsewhere' });
        return;
      }
      const left = ports.left.get();
      if (left?.session === session && !answered.has(session)) {
        answered.add(session);
        // The page was gone before it could say so.
        if (standing.state === 'granted') void ports.say({ session, state: 'ended', reason: 'left' }).then(() => offer(left));
        else offer(left);
      } else if (standing.state === 'requested' && !answered.has(session) && standing.key !== undefined) {
        answered.add(session);
        put({ type: 'request', ask: { session, key: standing.key, minutes: standing.minutes ?? 30 } });
      }
    },
    closed() {
      isTold = true;
      put({ type: 'end', why: 'closed' });
    },
    allow: () => put({ type: 'allow' }),
    start: () => put({ type: 'start' }),
    decline: () => put({ type: 'decline' }),
    pause: () => put({ type: 'pause', why: 'patient' }),
    // While there is a reason not to show anything, the patient's word does not take it away.
    resume: () => (blocked ? undefined : put({ type: 'resume' })),
    stop: () => put({ type: 'stop' }),
    done: () => put({ type: 'done' }),
    refresh: full,
    answer: (id, how) => tell({ t: 'answer', id, how }),
    onAct(listener) {
      acts.add(listener);
      return () => acts.delete(listener);
    },
    onFrame(listener) {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    dispose() {
      letGo();
      acts.clear();
      frames.clear();
    },
  };
}
