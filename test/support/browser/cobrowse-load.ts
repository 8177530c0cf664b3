/** A page of 3,000 nodes and a recorder on it, for measuring what recording costs while the page is busy. */
import { checkConfig } from '../../../src/cobrowse/record/config.js';
import { createRecorder, type RecorderReport } from '../../../src/cobrowse/record/recorder.js';
import { createReplay } from '../../../src/cobrowse/replay/draw.js';
import { afterPaint } from '../../../src/platform/browser/after-paint.js';
import { createBrowserClock } from '../../../src/platform/browser/clock.js';

export interface LoadResult {
  readonly nodes: number;
  readonly report: RecorderReport;
  readonly firstFrameBytes: number;
  readonly bytes: number;
  /** Tasks of over 50 ms, in ms: while only the page was busy, and while it was recorded too; and how long that was each, in seconds. */
  readonly longTasks: { readonly before: readonly number[]; readonly during: readonly number[] };
  readonly seconds: { readonly before: number; readonly during: number };
  /** Smallest distance of two frames, in ms. */
  readonly closest: number;
  readonly refused: number;
}

const deflated = async (text: string): Promise<number> => {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return (await new Response(stream).arrayBuffer()).byteLength;
};

function build(): HTMLElement {
  const main = document.createElement('main');
  main.setAttribute('data-care-unmask', '');
  for (let index = 0; index < 300; index++) {
    const card = document.createElement('section');
    for (const [tag, text] of [['h2', 'Result'], ['p', 'Ask your nurse about it'], ['p', 'Some words of the patient that are masked']] as const) {
      const line = document.createElement(tag);
      line.textContent = text;
      if (text.startsWith('Some')) line.setAttribute('data-care-mask', '');
      card.append(line);
    }
    const field = document.createElement('input');
    const button = document.createElement('button');
    button.textContent = 'Send';
    card.append(field, button);
    card.style.setProperty('border', '1px solid #ccc');
    main.append(card);
  }
  document.body.append(main);
  return main;
}

/** 200 texts, 60 classes, 20 rows and 10 scrolls a second. */
function startLoad(main: HTMLElement): () => void {
  const lines = [...main.querySelectorAll('p')];
  let turn = 0;
  const id = setInterval(() => {
    turn++;
    for (let count = 0; count < 10; count++) lines[(turn * 10 + count) % lines.length]!.firstChild!.nodeValue = `Some words ${turn % 97}`;
    for (let count = 0; count < 3; count++) main.children[(turn * 3 + count) % main.children.length]!.classList.toggle('on');
    main.append(main.firstElementChild!);
    if (turn % 2 === 0) window.scrollTo(0, (turn * 40) % 2000);
  }, 50);
  return () => clearInterval(id);
}

export const cobrowseLoad = {
  /** Until the page was looked at so many times. */
  async run(passes: number, isBusy: boolean, secondsBefore = 0.1): Promise<LoadResult> {
    const main = build();
    const longTasks: { before: number[]; during: number[] } = { before: [], during: [] };
    let phase: 'before' | 'during' = 'before';
    const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => longTasks[phase].push(Math.round(entry.duration))));
    if (PerformanceObserver.supportedEntryTypes.includes('longtask')) observer.observe({ entryTypes: ['longtask'] });
    const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
    const stopLoad = isBusy ? startLoad(main) : () => undefined;
    await wait(secondsBefore * 1000);
    phase = 'during';
    const startedAt = performance.now();
    const frames: string[] = [];
    const times: number[] = [];
    const clock = createBrowserClock();
    const recorder = createRecorder({
      root: document.documentElement,
      config: checkConfig(),
      clock,
      afterPaint,
      onFrame: (text) => void (frames.push(text), times.push(performance.now())),
    });
    for (const until = performance.now() + 30_000; recorder.report().passes < passes && performance.now() < until; ) {
      if (!isBusy) recorder.requestFull();
      await wait(100);
    }
    const report = recorder.report();
    const seconds = { before: secondsBefore, during: (performance.now() - startedAt) / 1000 };
    recorder.stop();
    stopLoad();
    const nodes = document.body.querySelectorAll('*').length + document.body.querySelectorAll('p,h2,button').length;
    main.remove();
    const place = document.createElement('div');
    document.body.append(place);
    const replay = createReplay(place);
    for (const text of frames) replay.receive(text);
    const { refused } = replay;
    replay.stop();
    place.remove();
    observer.disconnect();
    return {
      nodes, report, longTasks, seconds, refused,
      firstFrameBytes: await deflated(frames[0]!),
      bytes: frames.reduce((sum, text) => sum + text.length, 0),
      closest: Math.min(...times.slice(1).map((time, index) => time - times[index]!)),
    };
  },
};

(globalThis as { cobrowseLoad?: typeof cobrowseLoad }).cobrowseLoad = cobrowseLoad;
