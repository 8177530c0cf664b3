/**
 * `npm run bench:cobrowse`: what recording a page of 3,000 nodes costs, at rest and while the page changes all the time: the longest task of the recorder's, its
 * share of the time, the first frame, and how many tasks of the page took over 50 ms without it and with it. Chromium also as if the processor were four times slower. Wall time: on a
 * busy machine compare the rows of one run, and of longest tasks those of several.
 *
 *   --engines chromium,firefox,webkit   default: those that are there
 *   --passes 8      how often the page is looked at
 */
import { parseArgs } from 'node:util';
import type { cobrowseLoad, LoadResult } from '../support/browser/cobrowse-load.js';
import { launch } from '../support/node/driver.js';
import { engineNames, findEngine, type EngineName } from '../support/node/engines.js';
import { startLab } from '../support/node/lab.js';

const { values } = parseArgs({ options: { engines: { type: 'string' }, passes: { type: 'string', default: '8' } } });
const passes = Number(values.passes);
const engines = (values.engines?.split(',') as EngineName[] | undefined) ?? engineNames.filter((name) => findEngine(name) !== undefined);

console.log('| page of 3,000 nodes              | nodes | longest task, ms | share of the time | first frame, bytes | frames | tasks over 50 ms in 10 s: page alone, recorded |');
console.log('|---|---:|---:|---:|---:|---:|---:|');
const lab = await startLab('cobrowse-load');
try {
  for (const engine of engines) {
    const browser = await launch(engine);
    try {
      const page = await (await browser.newPerson()).newPage({ width: 1280, height: 800 });
      await page.goto(lab.url);
      await page.waitFor(() => 'cobrowseLoad' in globalThis);
      for (const slower of engine === 'chromium' ? [1, 4] : [1]) {
        if (slower > 1) await page.raw.emulate({ slowdown: slower });
        for (const busy of [false, true]) {
          const { nodes, report, firstFrameBytes, longTasks, seconds } = JSON.parse(
            (await page.evaluate(
              async (count, isBusy) => JSON.stringify(await (globalThis as unknown as { cobrowseLoad: typeof cobrowseLoad }).cobrowseLoad.run(count, isBusy, 5)), passes, busy,
            )) as string,
          ) as LoadResult;
          const name = `${engine}${slower > 1 ? `, ${slower} times slower` : ''}, ${busy ? 'changing' : 'at rest'}`;
          // Only Chromium tells of them.
          const often = engine === 'chromium' ? (['before', 'during'] as const).map((phase) => ((longTasks[phase].length / seconds[phase]) * 10).toFixed(1)).join(', ') : '';
          console.log(`| ${name.padEnd(32)} | ${nodes} | ${report.longestMs.toFixed(1)} | ${(report.cpuShare * 100).toFixed(1)} % | ${firstFrameBytes} | ${report.frames} | ${often} |`);
        }
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  await lab.close();
}
