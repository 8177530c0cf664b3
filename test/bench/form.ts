/**
 * `npm run bench:form`: what a tap costs in a form of 300 items, beside one of 30 in the same run. First the engine alone (Node), then engine and view in
 * real browsers, one tap a frame: script, style and layout, which is what has to be done before the next frame. Chromium also as if the processor were four times slower.
 *
 *   --engines chromium,firefox,webkit   default: those that are there
 *   --taps 60
 */
import { parseArgs } from 'node:util';
import { launch, type Page } from '../support/node/driver.js';
import { engineNames, findEngine, type EngineName } from '../support/node/engines.js';
import { startFormLab, type WithLab } from '../support/node/lab.js';
import { answersToTap, longForm, tapped } from '../support/shared/long-form.js';
import { openForm } from '../support/shared/open-form.js';

const { values } = parseArgs({ options: { engines: { type: 'string' }, taps: { type: 'string', default: '60' } } });
const taps = Number(values.taps);
const engines = (values.engines?.split(',') as EngineName[] | undefined) ?? engineNames.filter((name) => findEngine(name) !== undefined);
const sizes = [30, 300] as const;
const frameMs = 1000 / 60;

const sorted = (times: readonly number[]): readonly number[] => [...times].sort((a, b) => a - b);
const at = (times: readonly number[], share: number): number => sorted(times)[Math.min(times.length - 1, Math.floor(times.length * share))]!;

/** The first taps warm up. */
const row = (name: string, times: Readonly<Record<number, readonly number[]>>): string => {
  const [short, long] = sizes.map((size) => times[size]!.slice(Math.floor(taps / 4)));
  const fits = at(long!, 0.95) < frameMs;
  return `| ${name.padEnd(46)} | ${at(short!, 0.5).toFixed(2).padStart(7)} | ${at(long!, 0.5).toFixed(2).padStart(7)} | ${at(long!, 0.95).toFixed(2).padStart(7)} | ${(at(long!, 0.5) / at(short!, 0.5)).toFixed(1).padStart(6)} | ${fits ? 'yes' : 'no'.padEnd(3)} |`;
};

function measureEngine(): Readonly<Record<number, number[]>> {
  const sessions = sizes.map((size) => ({ size, session: openForm(longForm(size)) }));
  const times: Record<number, number[]> = Object.fromEntries(sizes.map((size) => [size, []]));
  for (let tap = 0; tap < taps; tap++) {
    for (const { size, session } of sessions) {
      const startedAt = performance.now();
      session.choose(tapped, answersToTap[tap % answersToTap.length]!, true);
      times[size]!.push(performance.now() - startedAt);
    }
  }
  return times;
}

const measureViews = (page: Page, manner: 'form' | 'conversation'): Promise<Record<number, number[]>> =>
  page.evaluate((how, lengths, count) => (globalThis as unknown as WithLab).formLab.measureTaps(how, lengths, count), manner, sizes, taps);

console.log(`| a tap, in ms                                   | 30 items | 300 items | 95 of 100 at 300 | ratio | in a frame |`);
console.log('|---|---:|---:|---:|---:|---|');
console.log(row('engine alone (Node)', measureEngine()));
const lab = await startFormLab();
try {
  for (const engine of engines) {
    const browser = await launch(engine);
    try {
      const page = await (await browser.newPerson()).newPage({ width: 420, height: 800 });
      await page.goto(lab.url);
      for (const slower of engine === 'chromium' ? [1, 4] : [1]) {
        if (slower > 1) await page.raw.emulate({ slowdown: slower });
        for (const manner of ['form', 'conversation'] as const) console.log(row(`${engine}, ${manner}${slower > 1 ? `, ${slower} times slower` : ''}`, await measureViews(page, manner)));
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  await lab.close();
}
