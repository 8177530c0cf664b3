/**
 * The recorder of co-browsing: looks at the page on a fixed grid of time, in short slices, and gives frames that were encoded. It emits only
 * when the list of boxes or the window's place has changed. It patches nothing of the page, reads no value, and after `stop` it knows nothing.
 */
import { CareError } from '../../base/care-error.js';
import type { Clock } from '../../platform/ports.js';
import { boxKinds, encodeFrame, type Box, type PublicText, type Style } from '../frame-codec.js';
import { followChanges } from './changes.js';
import type { CheckedConfig } from './config.js';
import { createTable, gate, type GatePolicy, type TripwireReason } from './string-table.js';
import { createWalker, upToBar, type Row, type Walk } from './walk.js';

export interface RecorderOptions {
  /** What is shown: the page's `documentElement`, or a part of the page. */
  readonly root: Element;
  /** Checked when the page began: see `checkConfig`. */
  readonly config: CheckedConfig;
  readonly clock: Clock;
  /** Runs something once the page's next picture is painted: layout is done by then, and need not be done for us. */
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
  const time = (): number => performance.now();
  const startedAt = time();
  const cost = { passes: 0, frames: 0, cpuMs: 0, longestMs: 0 };
  let [isStopped, isPaused, isDirty, isFullWanted, isWalked] = [false, false, true, true, false];
  let [seq, nextId, walkStart, walkCost, notBefore] = [0, 1, 0, 0, 0];
  let ids = new WeakMap<Node, number[]>();
  let sent = new Map<number, string>();
  let view: readonly number[] = [];
  let sentView = '';
  let told = new WeakMap<Node, string>();
  let walk: Walk | null = null;
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
  const walker = createWalker(root, policy, config.assets, changes.follow);

  /** Runs a piece of work and counts what it costs. A page that makes it fail is not shown on. */
  const timed = (run: () => void): void => {
    const before = time();
    try {
      changes.settle();
      run();
    } catch (cause) {
      isPaused = isFullWanted = true;
      walk = null;
      onFault?.(cause instanceof CareError ? cause : new CareError('internal'));
    }
    const took = time() - before;
    cost.cpuMs += took;
    walkCost += took;
    cost.longestMs = Math.max(cost.longestMs, took);
  };

  const emit = (rows: readonly Row[] | null): void => {
    const isFull = isFullWanted;
    if (!rows && (isFull || view.join() === sentView)) return;
    // Ids are enough for any session; if not, everything begins anew.
    if (isFull && nextId > 500_000) [nextId, ids] = [1, new WeakMap()];
    const strings = createTable<PublicText>();
    const styles = createTable<string>();
    const boxes: Box[] = [];
    const now = rows ? new Map<number, string>() : sent;
    let after = 0;
    for (const { node, part, box, style, start, end } of rows ?? []) {
      const list = ids.get(node) ?? [];
      ids.set(node, list);
      const id = (list[part] ??= nextId++);
      // Decided once more: since the walk the page may have been changed.
      const isText = boxKinds[box[2]] === 'text';
      const line = isText ? gate(node as Text, policy, start, end) : null;
      const shape = [id, after, ...box.slice(2, 8)];
      if (isText && line === null) [shape[2], shape[6]] = [boxKinds.indexOf('masked'), upToBar(box[6])];
      const look = style && isText === (line !== null) ? style.join() : '';
      const key = JSON.stringify([shape, look, line ?? start]);
      now.set(id, key);
      if (isFull || sent.get(id) !== key) boxes.push([...shape, look ? styles.indexOf(look) : -1, line === null ? (boxKinds[box[2]] === 'asset' ? start : -1) : strings.indexOf(line)] as unknown as Box);
      after = id;
    }
    const removed = isFull ? [] : [...sent.keys()].filter((id) => !now.has(id));
    sent = now;
    if (!isFull && boxes.length + removed.length === 0 && view.join() === sentView) return;
    sentView = view.join();
    isFullWanted = nextId > 900_000;
    const text = encodeFrame({ seq, kind: isFull ? 'full' : 'delta', view, strings: strings.entries(), styles: styles.entries().map((look) => look.split(',').map(Number) as unknown as Style), boxes, removed });
    seq++;
    cost.frames++;
    onFrame(text);
  };

  const slice = (): void => {
    if (isPaused || !walk || isWalked) return;
    timed(() => (isWalked = walk!.step(time() + sliceMs)));
    if (!isWalked) afterPaint(slice);
  };

  /** Once at each line of the grid. What was seen is sent at the next line, so that when it is sent says nothing. */
  const tick = (): void => {
    const now = time();
    if (!isPaused && (!walk || isWalked)) {
      timed(() => emit(walk && walk.rows()));
      if (walk) {
        cost.passes++;
        notBefore = walkStart + walkCost * dutyParts;
        walk = null;
      }
      const isDue = now >= notBefore && (isDirty || isFullWanted || now - walkStart > refreshMs);
      if (isDue) [isDirty, isWalked, walkStart, walkCost] = [false, false, now, 0];
      if (!isStopped) {
        // Looked at when layout is done: to ask sooner would have it done for us alone.
        afterPaint(() => {
          if (isPaused || walk) return;
          timed(() => (view = walker.view()));
          if (isDue) walk = walker.begin();
          slice();
        });
      }
    }
    if (!isStopped) next();
  };
  const next = (): void => {
    cancel = clock.setTimer(tick, gridMs - (clock.now() % gridMs));
  };
  next();

  return {
    pause() {
      isPaused = true;
      walk = null;
    },
    resume() {
      isPaused = false;
      isFullWanted = true;
    },
    requestFull() {
      isFullWanted = true;
    },
    report: () => ({ ...cost, cpuShare: cost.cpuMs / (time() - startedAt), hasInput: changes.hasInput() }),
    stop() {
      isStopped = isPaused = true;
      cancel();
      changes.stop();
      walk = null;
      [ids, sent, told] = [new WeakMap(), new Map(), new WeakMap()];
    },
  };
}
