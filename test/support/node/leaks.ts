/** Runs the page of canaries in a browser, a fresh page for each recorder. */
import type { cobrowseLeaks, LeakResult, RecorderName } from '../browser/cobrowse-leaks.js';
import { launch } from './driver.js';
import type { EngineName } from './engines.js';
import { startLab } from './lab.js';

export type Leaks = ReadonlyMap<RecorderName, LeakResult>;
type WithLeaks = { readonly cobrowseLeaks: typeof cobrowseLeaks };

/** What each recorder let out. The same seed plants the same secrets. */
export async function findLeaks(seed: number, engine?: EngineName): Promise<Leaks> {
  const lab = await startLab('cobrowse-leaks', true);
  const browser = await launch(engine);
  try {
    const leaks = new Map<RecorderName, LeakResult>();
    let names: readonly RecorderName[] | undefined;
    do {
      const page = await (await browser.newPerson()).newPage({ width: 1280, height: 800 });
      await page.goto(lab.url);
      await page.waitFor(() => 'cobrowseLeaks' in globalThis);
      names ??= (await page.evaluate(() => [...(globalThis as unknown as WithLeaks).cobrowseLeaks.recorderNames])) as RecorderName[];
      const name = names[leaks.size]!;
      leaks.set(name, JSON.parse((await page.evaluate(async (one, from) => JSON.stringify(await (globalThis as unknown as WithLeaks).cobrowseLeaks.run(one as RecorderName, from)), name, seed)) as string) as LeakResult);
    } while (leaks.size < names.length);
    return leaks;
  } finally {
    await browser.close();
    await lab.close();
  }
}

/** Channels by kind, in the order in which they are planted: how many there are, and how many let something out. */
export function leaksByKind(leaks: Leaks): readonly { readonly kind: string; readonly planted: number; readonly leaked: readonly number[] }[] {
  const results = [...leaks.values()];
  const kindOf = (name: string): string => name.split(':')[0]!;
  const kinds = [...new Set(results[0]!.channels.map(({ name }) => kindOf(name)))];
  return kinds.map((kind) => ({
    kind,
    planted: results[0]!.channels.filter(({ name }) => kindOf(name) === kind).length,
    leaked: results.map(({ channels }) => channels.filter(({ name, forms }) => kindOf(name) === kind && forms.length > 0).length),
  }));
}
