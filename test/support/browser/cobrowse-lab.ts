/** Recording a page in a test: time is moved by the test, and every frame is read again by the codec. */
import { boxKinds, decodeFrame, type Box, type BoxKind, type Frame } from '../../../src/cobrowse/frame-codec.js';
import { checkConfig, type CobrowseConfig } from '../../../src/cobrowse/record/config.js';
import { createRecorder, gridMs, type Recorder, type RecorderOptions } from '../../../src/cobrowse/record/recorder.js';
import type { GatePolicy, TripwireReason } from '../../../src/cobrowse/record/string-table.js';
import { createFakeClock, type FakeClock } from '../shared/fake-clock.js';

export interface Recording {
  readonly recorder: Recorder;
  readonly clock: FakeClock;
  /** Every frame, as it was sent. */
  readonly texts: readonly string[];
  readonly frames: readonly Frame[];
  readonly tripwires: readonly (readonly [TripwireReason, Element])[];
  readonly faults: readonly unknown[];
  /** Goes on until one whole look at the page is over, and gives the frames that came. */
  look(): Promise<readonly Frame[]>;
  /** A full frame of what is there now. */
  full(): Promise<Frame>;
}

const started: Recorder[] = [];
// Taken at once: a test may replace it.
const later = globalThis.setTimeout.bind(globalThis);

/** Ends what the tests started. */
export const stopAll = (): void => {
  for (const recorder of started.splice(0)) recorder.stop();
};

export function record({ config, ...options }: Partial<Omit<RecorderOptions, 'config'>> & { readonly config?: CobrowseConfig } = {}): Recording {
  const clock = options.clock ? (options.clock as FakeClock) : createFakeClock();
  const [texts, frames, tripwires, faults]: [string[], Frame[], [TripwireReason, Element][], unknown[]] = [[], [], [], []];
  const recorder = createRecorder({
    root: document.documentElement,
    config: checkConfig(config),
    clock,
    afterPaint: (run) => void clock.setTimer(run, 0),
    onFrame(text) {
      const decoded = decodeFrame(text);
      if (!decoded.ok) throw decoded.error;
      texts.push(text);
      frames.push(decoded.value);
    },
    onTripwire: (reason, element) => tripwires.push([reason, element]),
    onFault: (error) => faults.push(error),
    ...options,
  });
  started.push(recorder);
  const advanceUntil = async (isDone: () => boolean): Promise<void> => {
    for (const until = performance.now() + 15_000; !isDone(); ) {
      // A change that shows nothing: without one it would look again only after a second.
      document.documentElement.toggleAttribute('data-cobrowse-lab');
      if (performance.now() > until) throw new Error(`no frame came: ${JSON.stringify(recorder.report())} ${String(faults)}`);
      await clock.advance(gridMs);
      // The cap on the share of time counts real time.
      await new Promise<void>((resolve) => void later(resolve, 0));
    }
  };
  const recording: Recording = {
    recorder, clock, texts, frames, tripwires, faults,
    async look() {
      const [seen, { passes }] = [frames.length, recorder.report()];
      // One that had begun before may have missed something.
      await advanceUntil(() => recorder.report().passes >= passes + 2);
      return frames.slice(seen);
    },
    async full() {
      await recording.look();
      const seen = frames.length;
      recorder.requestFull();
      await advanceUntil(() => frames.slice(seen).some((frame) => frame.kind === 'full'));
      return frames.at(-1)!;
    },
  };
  return recording;
}

export const kindOf = (box: Box): BoxKind => boxKinds[box[2]]!;
export const ofKind = (frame: Frame, kind: BoxKind): readonly Box[] => frame.boxes.filter((box) => kindOf(box) === kind);
export const textsOf = (frame: Frame): string => ofKind(frame, 'text').map((box) => frame.strings[box[9]]).join(' ');

/** A gate that lets everything through that is marked, as before the patient's first input. */
export const openPolicy: GatePolicy = { late: new WeakSet(), config: checkConfig(), onSuspect: () => undefined };
