/**
 * The recorder of co-browsing: looks at the page on a fixed grid of time, in short slices, and gives frames that were encoded. It emits only
 * when the list of boxes or the window's place has changed. It patches nothing of the page, reads no value, and after `stop` it knows nothing.
 */
import { CareError } from '../../base/care-error.js';
import type { Clock } from '../../platform/ports.js';
import { encodeFrame, kinds, type Box, type PublicText, type Style } from '../frame-codec.js';
import { followChanges } from './changes.js';
import type { CheckedConfig } from './config.js';
import { max, time } from './looks.js';
import { createTable, gate, type GatePolicy, type TripwireReason } from './string-table.js';
import { createWalker, upToBar, type Row } from './walk.js';

export interface RecorderOptions {
  /** What is shown: the page's `documentElement`, or a part of the page; what is marked above the part can only hide. */
  readonly root: Element;
  /** Checked when the page began: see `checkConfig`. */
  readonly config: CheckedConfig;
  readonly clock: Clock;
  /** Runs something soon, when the page is laid out and painted (`platform/browser/after-paint.ts`): layout need not be done for us then. */
  readonly afterPaint: (run: () => void) => void;
  /** Whether the patient had put something into the page before: only texts of the dictionary are shown then. */
  readonly hadInput?: boolean;
  /** A frame, encoded. */
  onFrame(text: string): void;
  /** A text that is marked public is masked all the same; once for each text and reason. For the host page only: no text, but the element. */
  onTripwire?(reason: TripwireReason, element: Element): void;
  /** A frame could not be made: it was dropped, and the recorder is paused. No cause is given, for it might quote the page. */
  onFault?(error: CareError): void;
}

/** What recording has cost, and what it has done. */
export interface RecorderReport {
  readonly passes: number;
  readonly frames: number;
  /** Time in the recorder's own slices, and the longest of them. */
  readonly cpuMs: number;
  readonly longestMs: number;
  /** Share of the time since it started. */
  readonly cpuShare: number;
  readonly hasInput: boolean;
}

export interface Recorder {
  /** Sends nothing and does not look; still hears of changes, so that afterwards nothing new is taken for something old. */
  pause(): void;
  /** Goes on with a full frame. */
  resume(): void;
  /** The next frame is a full one. */
  requestFull(): void;
  report(): RecorderReport;
  /** Ends for good: forgets ids, texts and listeners before it returns. */
  stop(): void;
}

/** Eight a second at most. */
export const gridMs = 125;
const sliceMs = 6;
/** A pass may use one part in so many of the time. */
const dutyParts = 10;
/** Looks again even if nothing was heard: looks may change without a change of nodes. */
const refreshMs = 1000;

/** Starts to record; call it after the patient's Allow and not before. */
export function createRecorder({ root, config, clock, afterPaint, hadInput = false, onFrame, onTripwire, onFault }: RecorderOptions): Recorder {
  const startedAt = time();
  const cost = { passes: 0, frames: 0, cpuMs: 0, longestMs: 0 };
  let [isPaused, isDirty, isFullWanted] = [false, true, true];
  let [seq, nextId, walkStart, walkCost] = [0, 1, 0, 0];
  let ids = new WeakMap<Node, number[]>();
  let sent = new Map<number, string>();
  let view: readonly number[] = [];
  let sentView = '';
  const told = new WeakMap<Node, string>();
  /** What is under way, and what came of it. */
  let walk: Generator<void, readonly Row[]> | null = null;
  let rows: readonly Row[] | null = null;
  let cancel: () => void;

  const changes = followChanges(hadInput, (node, isDeep) => {
    walker.touch(node, isDeep);
    isDirty = true;
  });
  const policy: GatePolicy = {
    late: changes.late,
    config,
    onSuspect(node, reason) {
      if (told.get(node) === reason) return;
      told.set(node, reason);
      onTripwire?.(reason, node.parentElement ?? root);
    },
  };
  const walker = createWalker(root, policy, changes.follow);

  const pause = (): void => {
    isPaused = true;
    walk = rows = null;
  };
  /** Runs a piece of work and counts what it costs. A page that makes it fail is not shown on. */
  const timed = (run: (before: number) => void): void => {
    if (isPaused) return;
    const before = time();
    try {
      changes.settle();
      run(before);
    } catch {
      pause();
      onFault?.(new CareError('bad-frame'));
    }
    const took = time() - before;
    cost.cpuMs += took;
    walkCost += took;
    cost.longestMs = max(cost.longestMs, took);
  };

  const emit = (): void => {
    // Ids are enough for any session; if not, everything begins anew.
    if (nextId > 500_000) [nextId, ids, isFullWanted] = [1, new WeakMap(), true];
    const isFull = isFullWanted;
    const nowView = view.join();
    const isMoved = nowView !== sentView;
    // Something else may be near the window now.
    isDirty ||= isMoved;
    if (!rows && (isFull || !isMoved)) return;
    if (isFull) sent = new Map();
    const strings = createTable<PublicText>();
    const styles = createTable<string>();
    const boxes: Box[] = [];
    const now = rows ? new Map<number, string>() : sent;
    let after = 0;
    for (const [node, part, [kind, isFixed, x, y, width, height], style, start = -1, end] of rows ?? []) {
      const list = ids.get(node) ?? [];
      ids.set(node, list);
      const id = (list[part] ??= nextId++);
      // Decided once more: since the walk the page may have been changed.
      const isText = kind === kinds.text;
      const line = isText ? gate(node as Text, policy, start, end) : null;
      const isShut = isText && line === null;
      const look = style && !isShut ? style.join() : '';
      const shape = [id, after, isShut ? kinds.masked : kind, isFixed, x, y, isShut ? upToBar(width) : width, height];
      const key = [...shape, look, line ?? start].join();
      now.set(id, key);
      if (sent.get(id) !== key) boxes.push([...shape, look ? styles.indexOf(look) : -1, isShut ? -1 : line === null ? start : strings.indexOf(line)] as unknown as Box);
      after = id;
    }
    const removed = [...sent.keys()].filter((id) => !now.has(id));
    sent = now;
    if (!isMoved && boxes.length + removed.length === 0) return;
    sentView = nowView;
    isFullWanted = false;
    const text = encodeFrame({ seq: seq++, kind: isFull ? 'full' : 'delta', view, strings: strings.entries(), styles: styles.entries().map((look) => look.split(',').map(Number) as unknown as Style), boxes, removed });
    cost.frames++;
    onFrame(text);
  };

  const slice = (): void => {
    timed((before) => {
      while (walk) {
        const { done, value } = walk.next();
        if (done) [walk, rows] = [null, value];
        else if (time() - before > sliceMs) break;
      }
    });
    if (walk) afterPaint(slice);
  };

  /** Once at each line of the grid. What was seen is sent at the next line, so that when it is sent says nothing. */
  const tick = (): void => {
    next();
    if (!isPaused && !walk) {
      const now = time();
      timed(emit);
      if (rows) {
        cost.passes++;
        rows = null;
      }
      const isDue = now - walkStart >= max(walkCost * dutyParts, isDirty || isFullWanted ? 0 : refreshMs);
      if (isDue) [isDirty, walkStart, walkCost] = [false, now, 0];
      // Looked at when layout is done: to ask sooner would have it done for us alone.
      afterPaint(() => {
        if (walk) return;
        timed(() => {
          view = walker.view();
          if (isDue) walk = walker.walk();
        });
        slice();
      });
    }
  };
  const next = (): void => {
    cancel = clock.setTimer(tick, gridMs - (clock.now() % gridMs));
  };
  next();

  return {
    pause,
    resume() {
      isPaused = false;
      isFullWanted = true;
    },
    requestFull() {
      isFullWanted = true;
    },
    report: () => ({ ...cost, cpuShare: cost.cpuMs / (time() - startedAt), hasInput: changes.hasInput() }),
    stop() {
      pause();
      cancel();
      changes.stop();
      [ids, sent] = [new WeakMap(), new Map()];
    },
  };
}
