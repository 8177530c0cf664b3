/**
 * The driver of the end-to-end tests: the same few calls for Chromium and Firefox (puppeteer-core) and WebKit (WebDriver).
 *
 *   const browser = await launch();                       // the engine named by CARE_ENGINE, chromium by default
 *   const patient = await browser.newPerson();            // a profile of its own: cookies, storage, caches
 *   const page = await patient.newPage({ width: 1280, height: 800 });
 *   await page.goto(`${server.url}/`);
 *   await page.role('button', 'Open chat').click();       // real pointer; waits until there is exactly one, visible, not covered
 *   await page.role('textbox', 'Message').type('Hello');  // clicks, then real keys; `fill` empties the field first
 *   await page.press('Enter');                            // also 'Shift+Enter', 'Control+a'
 *   await page.role('log').waitForText('Hello');
 *   await page.css('[part~=bubble]').count();             // a selector, through shadow roots
 *   await page.role('list', 'Waiting').role('button', 'Accept').click();
 *   await page.evaluate(() => document.title);            // runs in the page; arguments and result are JSON
 *   await page.waitFor(() => document.readyState === 'complete');
 *   assert.deepEqual(await page.problems(), []);          // console, errors, violations, requests to other origins
 *   await page.screenshot('screenshots/x.png');
 *   await browser.close();
 *
 * Every wait polls a state of the page and fails after `timeoutMs` (10 s) with what it saw last.
 */
import type { EngineName } from './engines.js';
import { locate, readProblems, type Match, type Problem, type Query } from './in-page.js';

/** What can be sent to a page and come back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined } | undefined;

/** Width and height in CSS pixels. */
export type Viewport = { readonly width: number; readonly height: number };

/** What Chromium can pretend, for pictures and measurements. */
export type Emulation = {
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: boolean;
  readonly reducedMotion?: boolean;
  readonly deviceScaleFactor?: number;
  readonly isMobile?: boolean;
  /** As if the processor were so many times slower. */
  readonly slowdown?: number;
};

/** What an engine's implementer has to offer; everything else is built on it. */
export type RawPage = {
  goto(url: string): Promise<void>;
  /** Runs a function's source with JSON arguments; a promise is awaited. */
  run(source: string, args: readonly Json[]): Promise<unknown>;
  mouseMove(x: number, y: number): Promise<void>;
  mouseClick(x: number, y: number): Promise<void>;
  keys(text: string): Promise<void>;
  chord(keys: readonly string[]): Promise<void>;
  screenshot(path: string): Promise<void>;
  setViewport(viewport: Viewport): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Brings the tab to the front of its window. */
  front(): Promise<void>;
  emulate(emulation: Emulation): Promise<void>;
  /** Freezes the page, or lets it go on (only Chromium can be asked for it). */
  freeze?(on: boolean): Promise<void>;
  /** Takes the network away from the page, or gives it back (only Chromium can be asked for it). */
  offline?(on: boolean): Promise<void>;
  /** Lets no script of pages run from the next one on (only Chromium can be asked for it). */
  withoutScripts?(): Promise<void>;
  close(): Promise<void>;
};
/** A profile of its own, as an engine's implementer gives it. */
export type RawPerson = {
  newPage(): Promise<RawPage>;
  close(): Promise<void>;
};
/** A started engine, as an engine's implementer gives it. */
export type RawBrowser = { newPerson(): Promise<RawPerson>; close(): Promise<void> };

/** Time after which a wait fails. */
export const defaultTimeoutMs = 10_000;
const pollMs = 40;

/** Waits until `probe` gives something other than undefined; fails with `describe()` after the time is up. */
export const poll = async <T>(probe: () => Promise<T | undefined>, describe: () => string, timeoutMs = defaultTimeoutMs): Promise<T> => {
  const until = Date.now() + timeoutMs;
  let last = '';
  for (;;) {
    // A look that took all the time there was (a busy machine, a browser that held it up) saw what was at its beginning: one more is due.
    const isLast = Date.now() > until;
    try {
      const value = await probe();
      if (value !== undefined) return value;
      last = '';
    } catch (cause) {
      // A navigation under way destroys the page's script context: the next round asks the new page.
      last = cause instanceof Error ? ` (${cause.message})` : '';
    }
    if (isLast) throw new Error(`waited ${timeoutMs} ms: ${describe()}${last}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};

const toName = (name: string | RegExp | undefined): Pick<Query, 'name'> =>
  name === undefined ? {} : { name: typeof name === 'string' ? name : { source: name.source, flags: name.flags } };

/** One thing in a page, looked up anew at each call. */
export class Locator {
  readonly #page: Page;
  readonly #query: Query;

  constructor(page: Page, query: Query) {
    this.#page = page;
    this.#query = query;
  }

  /** Something inside this one, by role and accessible name. */
  role(role: string, name?: string | RegExp): Locator {
    return new Locator(this.#page, { role, ...toName(name), within: this.#query });
  }

  /** Something inside this one, by selector. */
  css(selector: string): Locator {
    return new Locator(this.#page, { selector, within: this.#query });
  }

  /** One of several matches. */
  nth(index: number): Locator {
    return new Locator(this.#page, { ...this.#query, index });
  }

  /** Counts what is hidden as well. */
  includingHidden(): Locator {
    return new Locator(this.#page, { ...this.#query, hidden: true });
  }

  /** All matches, at once and without waiting. */
  matches(): Promise<Match[]> {
    return this.#page.evaluate(locate, this.#query as Json, 'none') as Promise<Match[]>;
  }

  /** How many there are now. */
  async count(): Promise<number> {
    return (await this.matches()).length;
  }

  /** Waits until there is exactly one that fits `is`. */
  async waitFor(is: (match: Match) => boolean = (match) => match.isVisible, timeoutMs?: number): Promise<Match> {
    let last: Match[] = [];
    const probe = async (): Promise<Match | undefined> => {
      last = await this.matches();
      const one = last[0];
      return last.length === 1 && one !== undefined && is(one) ? one : undefined;
    };
    const seen = (): string => `${this.toString()}: ${last.length} found${last.length === 0 ? '' : `, ${JSON.stringify(last.slice(0, 3))}`}`;
    return poll(probe, seen, timeoutMs);
  }

  /** Waits until there is none. */
  async waitForNone(timeoutMs?: number): Promise<void> {
    await poll(async () => ((await this.count()) === 0 ? true : undefined), () => `${this.toString()} is still there`, timeoutMs);
  }

  /** Waits until there are so many. */
  async waitForCount(count: number, timeoutMs?: number): Promise<void> {
    let last = -1;
    await poll(
      async () => ((last = await this.count()) === count ? true : undefined),
      () => `${this.toString()}: ${last} found, ${count} wanted`,
      timeoutMs,
    );
  }

  /** Waits until its text has `text` in it (or matches). */
  async waitForText(text: string | RegExp, timeoutMs?: number): Promise<Match> {
    return this.waitFor((match) => (typeof text === 'string' ? match.text.includes(text) : text.test(match.text)), timeoutMs);
  }

  /** Its visible text now, when there is exactly one. */
  async text(): Promise<string> {
    return (await this.waitFor(() => true)).text;
  }

  /** Clicks in its middle with a real pointer, once it is there, enabled, and nothing covers it. */
  async click(timeoutMs?: number): Promise<void> {
    const isReady = (match: Match): boolean => match.isVisible && match.isEnabled && match.coveredBy === undefined;
    await this.waitFor((match) => match.isVisible, timeoutMs);
    let previous: Match | undefined;
    const probe = async (): Promise<Match | undefined> => {
      const [match, ...more] = (await this.#page.evaluate(locate, this.#query as Json, 'scroll')) as Match[];
      // Something that still moves would be missed: twice at the same place is standing still.
      const stands = match !== undefined && previous?.x === match.x && previous.y === match.y;
      previous = match;
      return match !== undefined && more.length === 0 && stands && isReady(match) ? match : undefined;
    };
    const { x, y } = await poll(probe, () => `${this.toString()} cannot be clicked: ${JSON.stringify(previous)}`, timeoutMs);
    await this.#page.raw.mouseClick(x, y);
  }

  /** Moves the pointer over it. */
  async hover(): Promise<void> {
    const { x, y } = await this.waitFor();
    await this.#page.raw.mouseMove(x, y);
  }

  /** Moves the focus to it by script. */
  async focus(): Promise<void> {
    await this.waitFor();
    await this.#page.evaluate(locate, this.#query as Json, 'focus');
  }

  /** Clicks it and types. */
  async type(text: string): Promise<void> {
    await this.click();
    await this.waitFor((match) => match.isFocused);
    await this.#page.raw.keys(text);
  }

  /** Empties the field by the keyboard and types. */
  async fill(text: string): Promise<void> {
    await this.click();
    const { value } = await this.waitFor((match) => match.isFocused);
    if (value !== undefined && value !== '') {
      await this.#page.press(process.platform === 'darwin' ? 'Meta+a' : 'Control+a');
      await this.#page.press('Backspace');
    }
    await this.#page.raw.keys(text);
  }

  /** How it was asked for. */
  toString(): string {
    return JSON.stringify(this.#query);
  }
}

/** A page (a tab) under test. */
export class Page {
  readonly raw: RawPage;
  readonly engine: EngineName;
  readonly #problems: Problem[] = [];

  constructor(raw: RawPage, engine: EngineName) {
    this.raw = raw;
    this.engine = engine;
  }

  /** Goes to an address; what the page before recorded is kept for `problems()`. */
  async goto(url: string): Promise<void> {
    await this.#collect();
    await this.raw.goto(url);
    await this.waitFor(() => document.readyState === 'complete');
  }

  /** Loads the page again. */
  async reload(): Promise<void> {
    await this.#collect();
    await this.raw.reload();
    await this.waitFor(() => document.readyState === 'complete');
  }

  /** Goes back in the history. */
  async back(): Promise<void> {
    await this.#collect();
    await this.raw.back();
    await this.waitFor(() => document.readyState === 'complete');
  }

  /** Runs a function in the page and returns its JSON result; it must name nothing outside itself. */
  async evaluate<A extends readonly Json[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  async evaluate(run: (...args: never[]) => unknown, ...args: Json[]): Promise<unknown>;
  async evaluate(run: (...args: never[]) => unknown, ...args: Json[]): Promise<unknown> {
    return this.raw.run(run.toString(), args);
  }

  /** Waits until a function in the page returns something true, and returns it. */
  async waitFor<A extends readonly Json[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return poll(async () => ((await this.evaluate<A, T>(run, ...args)) || undefined), () => `in the page: ${run.toString().slice(0, 200)}`);
  }

  /** Something by role and accessible name. */
  role(role: string, name?: string | RegExp): Locator {
    return new Locator(this, { role, ...toName(name) });
  }

  /** Something by selector, through shadow roots. */
  css(selector: string): Locator {
    return new Locator(this, { selector });
  }

  /** Presses a key, or several at once: 'Enter', 'Shift+Enter', 'Control+a'. */
  async press(keys: string): Promise<void> {
    await this.raw.chord(keys === '+' ? ['+'] : keys.split('+'));
  }

  /** Types with real keys into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.raw.keys(text);
  }

  /** Looks at this tab: of the tabs of a window only one is visible. */
  async front(): Promise<void> {
    await this.raw.front();
    await this.waitFor(() => document.visibilityState === 'visible');
  }

  /** What this engine can be asked for; a test that needs more skips, and says so. */
  can(ability: 'freeze' | 'offline' | 'withoutScripts'): boolean {
    return this.raw[ability] !== undefined;
  }

  /** Freezes the page, as a browser does with a tab that nobody looks at, or lets it go on. */
  async freeze(on: boolean): Promise<void> {
    if (this.raw.freeze === undefined) throw new Error(`${this.engine} cannot be asked to freeze a page`);
    await this.raw.freeze(on);
  }

  /** Takes the network away, or gives it back. */
  async offline(on: boolean): Promise<void> {
    if (this.raw.offline === undefined) throw new Error(`${this.engine} cannot be asked to be offline`);
    await this.raw.offline(on);
  }

  /** Lets no script of pages run from the next one on; the test's own still do. */
  async withoutScripts(): Promise<void> {
    if (this.raw.withoutScripts === undefined) throw new Error(`${this.engine} cannot be asked to run no script`);
    await this.raw.withoutScripts();
  }

  /** Writes a PNG of the window. */
  async screenshot(path: string): Promise<void> {
    await this.raw.screenshot(path);
  }

  /** Sets the size of the window's content. */
  async setViewport(viewport: Viewport): Promise<void> {
    await this.raw.setViewport(viewport);
  }

  /** Every address the page asked for since it was loaded. */
  async requests(): Promise<string[]> {
    return this.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  }

  /** What went wrong in this page since the last call, over all pages it has shown. */
  async problems(): Promise<Problem[]> {
    await this.#collect();
    return this.#problems.splice(0);
  }

  /** Closes the tab. */
  async close(): Promise<void> {
    await this.raw.close();
  }

  async #collect(): Promise<void> {
    this.#problems.push(...(await this.evaluate(readProblems)));
  }
}

/** One person with a profile of their own. */
export type Person = {
  newPage(viewport?: Viewport): Promise<Page>;
  /** The same page in another tab, with a copy of its `sessionStorage`, as a duplicated tab has it (HTML, "copy the session storage"). */
  duplicate(page: Page): Promise<Page>;
  close(): Promise<void>;
};
/** A running engine. */
export type Browser = { readonly engine: EngineName; newPerson(): Promise<Person>; close(): Promise<void> };

/** The engine this process tests, from CARE_ENGINE. */
export const engineUnderTest = (): EngineName => {
  const name = process.env['CARE_ENGINE'] ?? 'chromium';
  if (name !== 'chromium' && name !== 'firefox' && name !== 'webkit') throw new Error(`CARE_ENGINE is ${name}`);
  return name;
};

/**
 * Starts an engine. Close it in `after`, or its processes outlive the test. `isPrivate`: every window is a private one. Persons of Chromium and WebKit
 * have that in any case (off-the-record contexts, ephemeral sessions); those of Firefox have a container of a profile that is kept.
 */
export const launch = async (engine: EngineName = engineUnderTest(), { isPrivate = false } = {}): Promise<Browser> => {
  // The WebDriver client tells of every connection otherwise; it reads this when it is loaded.
  process.env['WDIO_LOG_LEVEL'] ??= 'error';
  const raw: RawBrowser =
    engine === 'webkit' ? (await import('./webdriver-browser.js')).createWebdriverBrowser() : await (await import('./puppeteer-browser.js')).launchPuppeteerBrowser(engine, isPrivate);
  return {
    engine,
    newPerson: async () => {
      const person = await raw.newPerson();
      const newPage = async (viewport: Viewport = { width: 1280, height: 800 }): Promise<Page> => {
        const page = new Page(await person.newPage(), engine);
        await page.setViewport(viewport);
        return page;
      };
      return {
        newPage,
        duplicate: async (page) => {
          const { href, origin, items } = await page.evaluate(() => ({ href: location.href, origin: location.origin, items: Object.entries({ ...sessionStorage }) as [string, string][] }));
          const copy = await newPage();
          // A page of the same origin without the chat: the storage is there before the chat looks.
          await copy.goto(`${origin}/healthz`);
          await copy.evaluate((entries) => entries.forEach(([key, value]) => sessionStorage.setItem(key, value)), items);
          await copy.goto(href);
          return copy;
        },
        close: () => person.close(),
      };
    },
    close: () => raw.close(),
  };
};
