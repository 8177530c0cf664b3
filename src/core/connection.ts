/**
 * The one reconnector: a state machine that is total over state × input (protocol README §8.6), with one timer and a generation per attempt.
 * It knows frames only as far as the life of a connection needs: welcome, bye, ping, pong, and answers by number.
 */
import { backoffMs } from '../base/backoff.js';
import type { CareError, CareErrorCode } from '../base/care-error.js';
import { merge } from '../base/merge.js';
import { refuse } from '../base/refuse.js';
import { type Result, err, ok } from '../base/result.js';
import { type ReadonlySnapshot, createSnapshot } from '../base/snapshot.js';
import type { Ports } from '../platform/ports.js';
import { toCareError } from '../protocol/parse-rest.js';
import type { ClientFrame, HelloBody, ParsedFrame, ParsedResult, WelcomeBody } from '../protocol/types.js';
import { closeActions, type CloseAction } from '../protocol/version.js';
import type { Link, Transport } from '../transports/transport.js';
import type { ConnectionStatus } from './snapshots.js';

export type ConnectionState = 'idle' | 'opening' | 'hello' | 'live' | 'waiting' | 'stopped';
export type ConnectionInput = 'start' | 'now' | 'prepared' | 'unprepared' | 'opened' | 'welcome' | 'closed' | 'timer' | 'wake' | 'hide' | 'stop';
type Step = 'none' | 'open' | 'reopen' | 'greet' | 'enter' | 'fail' | 'overdue' | 'check' | 'probe' | 'suspend' | 'drop';

/** What each input does in each state. Total by its type: a state or input more does not compile until it is decided everywhere. */
export const connectionTable: { readonly [S in ConnectionState]: { readonly [I in ConnectionInput]: Step } } = {
  idle: { start: 'reopen', now: 'none', prepared: 'none', unprepared: 'none', opened: 'none', welcome: 'none', closed: 'none', timer: 'none', wake: 'none', hide: 'none', stop: 'drop' },
  opening: { start: 'none', now: 'none', prepared: 'greet', unprepared: 'fail', opened: 'greet', welcome: 'fail', closed: 'fail', timer: 'fail', wake: 'overdue', hide: 'suspend', stop: 'drop' },
  hello: { start: 'none', now: 'none', prepared: 'none', unprepared: 'none', opened: 'none', welcome: 'enter', closed: 'fail', timer: 'fail', wake: 'overdue', hide: 'suspend', stop: 'drop' },
  live: { start: 'none', now: 'probe', prepared: 'none', unprepared: 'none', opened: 'none', welcome: 'none', closed: 'fail', timer: 'check', wake: 'probe', hide: 'suspend', stop: 'drop' },
  waiting: { start: 'reopen', now: 'reopen', prepared: 'none', unprepared: 'none', opened: 'none', welcome: 'none', closed: 'none', timer: 'open', wake: 'reopen', hide: 'suspend', stop: 'drop' },
  stopped: { start: 'open', now: 'open', prepared: 'none', unprepared: 'none', opened: 'none', welcome: 'none', closed: 'none', timer: 'none', wake: 'none', hide: 'none', stop: 'drop' },
};

const attemptMs = 15_000;
const probeMs = 4000;
/** A connection that held this long counts as a good one. */
const steadyMs = 10_000;
const maxRefreshes = 3;

type RequestFrame = Extract<ClientFrame, { readonly id: number }>;
/** A client frame that is answered, without its number. */
export type Request = RequestFrame extends infer F ? (F extends RequestFrame ? Omit<F, 'id'> : never) : never;

export interface ConnectionOptions {
  readonly transport: Transport;
  readonly ports: Pick<Ports, 'clock' | 'randomness' | 'page'>;
  /** Makes ready what must be known before a link is opened (discovery, token). Called on every attempt. */
  prepare(): Promise<Result<unknown>>;
  /** What to say first; with cursors as they are now. Runs while the link opens. */
  hello(): Promise<Result<HelloBody>>;
  /** The token was refused: get another. A failure that is not retryable means that the session is over. */
  refresh(): Promise<Result<unknown>>;
  onWelcome(welcome: WelcomeBody): void;
  onFrame(frame: ParsedFrame): void;
  /** The connection was live and is not any more. `code`: why. */
  onDown(code: number): void;
  /** It will not try by itself again. `wipe`: forget everything stored. */
  onStopped(code: CareErrorCode, wipe: boolean): void;
}

export interface Connection {
  readonly status: ReadonlySnapshot<ConnectionStatus>;
  readonly state: ConnectionState;
  start(): void;
  stop(): void;
  tryNow(): void;
  /** Is it still there? Without an answer in 4 s it is taken for dead. */
  probe(): void;
  /** Ends this attempt as failed: what it was needed for cannot be had. */
  fail(): void;
  send(frame: Exclude<ClientFrame, RequestFrame>): boolean;
  /** The answer, or code `network` (retryable, outcome unknown) when the connection ended first. */
  request(frame: Request): Promise<Result<ParsedResult>>;
  dispose(): void;
}

/** Creates the reconnector. Opens nothing before `start`. */
export function createConnection(options: ConnectionOptions): Connection {
  const { transport, ports: { clock, randomness, page } } = options;
  const status = createSnapshot<ConnectionStatus>(Object.freeze({ state: 'idle', retryAt: null, error: null }));
  const pending = new Map<number, (result: Result<ParsedResult>) => void>();
  let state: ConnectionState = 'idle';
  let generation = 0;
  let link: Link | undefined;
  let linkOpen = false;
  let greeting: HelloBody | undefined;
  let failures = 0;
  let refreshes = 0;
  /** This attempt was asked for, or came with a wake: its failure does not lengthen the delay. */
  let extra = false;
  let error: CareErrorCode | null = null;
  /** What the next end of the link asks for, said before it by `bye` or by a failed preparation. */
  let closing: { code: number; retryAfterMs?: number | undefined; stop?: boolean; wipe?: boolean } | null = null;
  let heartbeat = { intervalMs: 25_000, graceMs: 10_000 };
  let heardAt = 0;
  let liveAt = 0;
  let deadlineAt = 0;
  let probing = false;
  let requestId = 0;
  let cancelTimer = (): void => {};
  let offs: (() => void)[] = [];

  const backoff = (tries: number): number => backoffMs(tries, { random: randomness.unit });

  const arm = (delayMs: number): void => {
    cancelTimer();
    deadlineAt = clock.now() + delayMs;
    cancelTimer = clock.setTimer(() => input('timer'), delayMs);
  };

  const publish = (retryAt: number | null = null): void => {
    const shown = state === 'live' ? 'online' : state === 'idle' || state === 'stopped' || state === 'waiting' ? state : failures > 0 ? 'waiting' : 'connecting';
    merge(status, { state: shown, retryAt, error: state === 'live' ? null : error });
  };

  /** Lets go of the link and of everything that waited for it. Nothing that still comes from it counts. */
  const release = (code = 1006): void => {
    generation++;
    cancelTimer();
    const last = link;
    const wasLive = state === 'live';
    link = undefined;
    linkOpen = probing = false;
    greeting = undefined;
    last?.close(1000);
    const waiting = [...pending.values()];
    pending.clear();
    for (const answer of waiting) answer(refuse('network', { retryable: true }));
    if (!wasLive) return;
    // Whoever is told may try at once what comes next: not on a link that is gone.
    state = 'waiting';
    options.onDown(code);
  };

  const wait = (delayMs: number): void => {
    state = 'waiting';
    arm(delayMs);
    publish(deadlineAt);
  };

  const halt = (code: CareErrorCode, wipe: boolean): void => {
    state = 'stopped';
    error = code;
    publish();
    options.onStopped(code, wipe);
  };

  const open = (): void => {
    release();
    if (!offs.length) offs = [page.onWake(() => input('wake')), page.onHide(() => input('hide'))];
    state = 'opening';
    closing = null;
    arm(attemptMs);
    publish();
    const own = generation;
    const mine = (): boolean => own === generation;
    const failed = (problem: CareError): void => {
      if (!mine()) return;
      error = problem.code;
      closing = { code: 1006, retryAfterMs: problem.retryAfterMs, stop: !problem.retryable };
      input('unprepared');
    };
    void options.prepare().then((ready) => {
      if (!mine()) return;
      if (!ready.ok) return failed(ready.error);
      link = transport.connect({
        onopen() {
          if (!mine()) return;
          linkOpen = true;
          input('opened');
        },
        onframe: (frame) => mine() && receive(frame),
        onbadframe: () => mine() && heard(),
        onclose({ code }) {
          if (!mine()) return;
          closing ??= { code };
          input('closed');
        },
      });
      void options.hello().then((hello) => {
        if (!mine()) return;
        if (!hello.ok) return failed(hello.error);
        greeting = hello.value;
        input('prepared');
      });
    });
  };

  const greet = (): void => {
    if (!linkOpen || !greeting) return;
    state = 'hello';
    arm(attemptMs);
    link!.send({ t: 'hello', id: ++requestId, d: greeting });
    publish();
  };

  const enter = (welcome: WelcomeBody): void => {
    state = 'live';
    error = null;
    heartbeat = welcome.hb;
    liveAt = clock.now();
    heard();
    arm(heartbeat.intervalMs + heartbeat.graceMs);
    publish();
    options.onWelcome(welcome);
  };

  const fail = (): void => {
    const steady = state === 'live' && clock.now() - liveAt >= steadyMs;
    if (steady) {
      failures = refreshes = 0;
      extra = false;
    }
    const { code = 1006, retryAfterMs, stop = false, wipe = false } = closing ?? {};
    closing = null;
    release(code);
    const action: CloseAction = stop ? (wipe ? 'stop-wipe' : 'stop') : (closeActions[code] ?? 'backoff');
    if (action === 'stop' || action === 'stop-wipe') {
      failures = refreshes = 0;
      return halt(error ?? stopCodes[code] ?? 'stopped', wipe || action === 'stop-wipe');
    }
    error ??= 'network';
    const tries = extra ? Math.max(0, failures - 1) : failures++;
    extra = false;
    if (action === 'refresh') return refresh();
    const delay = backoff(action === 'max-backoff' ? 30 : tries);
    wait(retryAfterMs !== undefined ? retryAfterMs * (1 + randomness.unit() / 2) : action === 'now' && tries === 0 ? 0 : delay);
  };

  const refresh = (): void => {
    if (++refreshes > maxRefreshes) return wait(backoff(failures));
    wait(attemptMs);
    const own = generation;
    void options.refresh().then((fresh) => {
      if (own !== generation || state !== 'waiting') return;
      if (fresh.ok) open();
      else if (!fresh.error.retryable) halt(fresh.error.code, false);
      else wait(backoff(failures));
    });
  };

  const heard = (): void => {
    heardAt = clock.now();
    if (probing) {
      probing = false;
      arm(heartbeat.intervalMs + heartbeat.graceMs);
    }
  };

  const probe = (): void => {
    if (probing) return overdue();
    probing = true;
    arm(probeMs);
    link!.send({ t: 'ping', d: { n: ++requestId } });
  };

  /** By time stamps, not by ticks: a machine that slept has passed every deadline when it wakes. */
  const overdue = (): void => {
    if (clock.now() < deadlineAt) return;
    // Dead at the other end, not refused: try again at once.
    if (probing) closing = { code: 4508 };
    fail();
  };

  /** The timer of a live connection: silence is a reason to ask, no answer is a reason to go. Timers of hidden pages come late; what was heard counts. */
  const check = (): void => {
    const silentMs = Math.max(0, clock.now() - heardAt);
    const allowedMs = heartbeat.intervalMs + heartbeat.graceMs;
    if (probing) {
      closing = { code: 4508 };
      fail();
    } else if (silentMs >= allowedMs) probe();
    else arm(allowedMs - silentMs);
  };

  const suspend = (): void => {
    release();
    state = 'waiting';
    publish();
  };

  const steps: { readonly [S in Exclude<Step, 'none' | 'enter'>]: () => void } = {
    open, greet, fail, overdue, check, probe, suspend,
    reopen() {
      extra = failures > 0;
      open();
    },
    drop() {
      release();
      // The failures are kept: whoever stops and starts is no reason to try more often.
      refreshes = 0;
      error = null;
      state = 'idle';
      offs.forEach((off) => off());
      offs = [];
      publish();
    },
  };

  const input = (name: ConnectionInput, welcome?: WelcomeBody): void => {
    const step = connectionTable[state][name];
    if (step === 'enter') enter(welcome!);
    else if (step !== 'none') steps[step]();
  };

  const receive = (frame: ParsedFrame): void => {
    heard();
    switch (frame.t) {
      case 'welcome':
        return input('welcome', frame.d);
      case 'ping':
        link?.send({ t: 'pong', d: frame.d });
        return;
      case 'pong':
        return;
      case 'bye':
        closing = { code: frame.d.code, retryAfterMs: frame.d.retryAfterMs, stop: !frame.d.reconnect && frame.d.code !== 4401, wipe: frame.d.wipe === true };
        return input('closed');
      case 'ok':
      case 'err': {
        if (frame.re === undefined || state !== 'live') {
          if (frame.t === 'err') refused(frame.d);
          return;
        }
        const answer = pending.get(frame.re);
        pending.delete(frame.re);
        return answer?.(frame.t === 'ok' ? ok(frame.d) : err(toCareError(frame.d.status, frame.d)));
      }
      default:
        options.onFrame(frame);
    }
  };

  /** The hello was refused; the close that follows decides what becomes of it. */
  const refused = (problem: Extract<ParsedFrame, { t: 'err' }>['d']): void => {
    if (state === 'hello') error = toCareError(problem.status, problem).code;
  };

  return {
    status,
    get state() {
      return state;
    },
    start: () => input('start'),
    stop: () => input('stop'),
    tryNow: () => input('now'),
    probe() {
      if (state === 'live') probe();
    },
    fail() {
      if (state === 'live') fail();
    },
    send: (frame) => state === 'live' && link!.send(frame),
    request(frame) {
      return new Promise((resolve) => {
        const id = ++requestId;
        if (state !== 'live' || !link!.send({ ...frame, id } as ClientFrame)) return resolve(refuse('network', { retryable: true }));
        pending.set(id, resolve);
      });
    },
    dispose: () => input('stop'),
  };
}

/** What a final close code means to a person. */
const stopCodes: Readonly<Record<number, CareErrorCode>> = { 4403: 'forbidden', 4406: 'unsupported-version', 4410: 'gone', 4440: 'stopped' };
