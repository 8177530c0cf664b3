/** A corpus walked in one real browser, in both manners: a verdict for every entry, with everything that must not be. */
import type { Browser, Json, Page } from './driver.js';
import { judge, type Corpus } from './corpus.js';
import type { WithLab } from './lab.js';
import type { Problem } from './in-page.js';

export interface WalkedEntry {
  readonly name: string;
  /** For the checked-in table: `loaded`, `refused POINTER CODE`, `no-questionnaire` or `not-json`. */
  readonly word: string;
  readonly reasons: readonly string[];
  /** By what was shown and done; empty for what was not loaded. */
  readonly problems: readonly string[];
  /** Manners in which the walk ended in a response without a mistake. */
  readonly accepted: readonly string[];
}

export interface WalkOptions {
  readonly url: string;
  readonly seed: number;
  readonly steps: number;
  onWalked?(entry: WalkedEntry): void;
}

const manners = ['form', 'conversation'] as const;

/** Chromium tells of handlers in markup that DOMPurify parses, and does not run them. */
const isSanitizing = ({ kind, text }: Problem): boolean => kind === 'violation' && text.startsWith('script-src-attr inline');

async function walkOne(page: Page, json: Json, terminology: Json, { seed, steps }: WalkOptions): Promise<Pick<WalkedEntry, 'problems' | 'accepted'>> {
  const problems: string[] = [];
  const accepted: string[] = [];
  for (const manner of manners) {
    const walked = await page.evaluate((form, sets, how, from, count) =>
      (globalThis as unknown as WithLab).formLab.walkForm({ json: form, terminology: sets as unknown[], manner: how, seed: from, steps: count }), json, terminology, manner, seed, steps);
    problems.push(...walked.problems.map((problem) => `${manner}: ${problem}`));
    if (walked.accepted) accepted.push(manner);
  }
  problems.push(...(await page.problems()).filter((problem) => !isSanitizing(problem)).map(({ kind, text }) => `${kind}: ${text}`));
  return { problems, accepted };
}

/** Value sets and code systems that the form names, so that not all of them travel with each form. */
function neededBy(json: unknown, { terminology }: Corpus): readonly Json[] {
  const text = JSON.stringify(json);
  const isNamed = (one: unknown, within: string): boolean => within.includes(JSON.stringify(String((one as { readonly url?: unknown }).url)).slice(0, -1));
  const sets = terminology.filter((one) => isNamed(one, text));
  const named = JSON.stringify(sets);
  return [...sets, ...terminology.filter((one) => !sets.includes(one) && isNamed(one, named))] as readonly Json[];
}

/** Walks everything that loads; the rest has its reasons. */
export async function walkCorpus(browser: Browser, corpus: Corpus, options: WalkOptions): Promise<readonly WalkedEntry[]> {
  const person = await browser.newPerson();
  const walked: WalkedEntry[] = [];
  try {
    const page = await person.newPage({ width: 420, height: 800 });
    await page.goto(options.url);
    for (const entry of corpus.entries) {
      const { word, form, reasons } = judge(entry, corpus.terminology);
      const came = form ? await walkOne(page, entry.json as Json, neededBy(entry.json, corpus), options) : { problems: [], accepted: [] };
      walked.push({ name: entry.name, word, reasons, ...came });
      options.onWalked?.(walked.at(-1)!);
    }
  } finally {
    await person.close();
  }
  return walked;
}
