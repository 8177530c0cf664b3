/** Recording a busy page of 3,000 nodes in a real browser: frames come, small and well formed. How long its tasks take is for `npm run bench:cobrowse`. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { cobrowseLoad, LoadResult } from '../support/browser/cobrowse-load.js';
import { launch, type Browser } from '../support/node/driver.js';
import { startLab, type LabPage } from '../support/node/lab.js';

describe('recording under load', () => {
  let [lab, browser]: [LabPage | undefined, Browser | undefined] = [undefined, undefined];
  before(async () => {
    [lab, browser] = [await startLab('cobrowse-load'), await launch()];
  });
  after(async () => {
    await browser?.close();
    await lab?.close();
  });

  it('sends frames that the other side takes, the first of them small', async () => {
    const page = await (await browser!.newPerson()).newPage({ width: 1280, height: 800 });
    await page.goto(lab!.url);
    await page.waitFor(() => 'cobrowseLoad' in globalThis);
    const { nodes, firstFrameBytes, report, refused } = JSON.parse(
      (await page.evaluate(async () => JSON.stringify(await (globalThis as unknown as { cobrowseLoad: typeof cobrowseLoad }).cobrowseLoad.run(4, true)))) as string,
    ) as LoadResult;
    assert.ok(nodes >= 3000, `${nodes} nodes`);
    assert.ok(firstFrameBytes <= 2048, `a first frame of ${firstFrameBytes} bytes`);
    assert.ok(report.frames > 1, JSON.stringify(report));
    assert.equal(refused, 0);
  });
});
