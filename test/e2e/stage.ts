/**
 * What a journey is played on: one server, one browser, and everybody who takes part. The pages of the server's copy of the site get a recorder
 * of what goes over the wire beside the driver's probe. `quiet()` is how every journey ends.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch, type Browser, type Page } from '../support/node/driver.js';
import type { Problem } from '../support/node/in-page.js';
import { startTestServer, type TestServer, type TestServerOptions } from '../support/node/server.js';
import { Nurse, Patient } from './people.js';
import type { demoAgents } from './steps.js';

/** Runs first in every page: keeps every frame and every answer's text that the page receives, every frame it sends, its sockets, and the tab's id as the page before left it. */
const recorder = (): void => {
  const wire: string[] = [];
  const sent: string[] = [];
  const sockets: WebSocket[] = [];
  let tab: string | null = null;
  try {
    tab = sessionStorage.getItem('care-chat:tab');
  } catch {
    // A sandboxed page has no storage.
  }
  Object.defineProperties(globalThis, { careWire: { value: wire }, careSent: { value: sent }, careSockets: { value: sockets }, careTab: { value: tab } });
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
      this.addEventListener('message', (event) => void wire.push(String(event.data)));
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      sent.push(String(data));
      super.send(data);
    }
  };
  const original = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (...args) => {
    const answer = await original(...args);
    void answer.clone().text().then((text) => wire.push(text), () => undefined);
    return answer;
  };
};

/** Changes every page of a server's copy of the site. */
export const rewritePages = (server: TestServer, change: (html: string) => string): void => {
  const site = join(server.folder, 'dist/demo');
  for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }
};

/** From the next page on the browser refuses to store anything. */
export const storeNothing = (server: TestServer): void => {
  writeFileSync(join(server.folder, 'dist/demo/store-nothing.js'), "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };\n");
  rewritePages(server, (html) => html.replace('<head>', '<head>\n    <script src="/store-nothing.js"></script>'));
};

/** The clinic's own web server is another one than the chat's: its pages may connect to it. */
export const allowOtherPort = (config: Record<string, unknown>): void => {
  for (const mount of config['static'] as { csp?: string }[]) {
    if (mount.csp !== undefined) mount.csp = mount.csp.replace("connect-src 'self'", "connect-src 'self' http://localhost:* ws://localhost:*");
  }
};

/** `isPrivate`: everybody has private windows. */
export type StageOptions = TestServerOptions & { readonly isPrivate?: boolean };

/** What a journey has; usable inside its tests. */
export class Stage {
  #server: TestServer | undefined;
  #browser: Browser | undefined;
  readonly #pages = new Set<Page>();

  #brokenBy: string | undefined;

  /** A step of a journey, as the body of a test: where an earlier one failed, this one has nothing to stand on, and says so at once. */
  step(run: () => Promise<void>): (test: { readonly name: string }) => Promise<void> {
    return async ({ name }) => {
      if (this.#brokenBy !== undefined) assert.fail(`not tried, because the journey broke at "${this.#brokenBy}"`);
      try {
        await run();
      } catch (cause) {
        this.#brokenBy = name;
        throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${await this.#picture()}`, { cause });
      }
    };
  }

  /** Opens everything. */
  async open({ isPrivate, ...options }: StageOptions): Promise<void> {
    [this.#server, this.#browser] = await Promise.all([startTestServer(options), launch(undefined, { isPrivate })]);
    writeFileSync(join(this.server.folder, 'dist/demo/recorder.js'), `(${recorder.toString()})();\n`);
    rewritePages(this.server, (html) => html.replace('<head>', '<head>\n    <script src="/recorder.js"></script>'));
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.dispose();
  }

  get server(): TestServer {
    if (this.#server === undefined) throw new Error('the stage is not open');
    return this.#server;
  }
  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('the stage is not open');
    return this.#browser;
  }

  /** Adds a page to the site: the contact page, with a script that runs before all others. */
  addPage(name: string, script: string, change: (html: string) => string = (html) => html): void {
    const site = join(this.server.folder, 'dist/demo');
    const html = readFileSync(join(site, 'contact/index.html'), 'utf8');
    mkdirSync(join(site, name), { recursive: true });
    writeFileSync(join(site, name, 'index.html'), change(html.replace('<head>', `<head>\n    <script src="/${name}/fault.js"></script>`)));
    writeFileSync(join(site, name, 'fault.js'), script);
  }

  /** Another tab of somebody who is here. */
  async tab(who: Patient): Promise<Patient> {
    const page = await who.person.newPage();
    this.#pages.add(page);
    return new Patient(page, who.person, who.at(''));
  }

  /** The tab of somebody with a copy of its storage, as "Duplicate tab" gives it. */
  async duplicate(who: Patient): Promise<Patient> {
    const page = await who.person.duplicate(who.page);
    this.#pages.add(page);
    return new Patient(page, who.person, who.at(''));
  }

  /** A tab was closed. */
  async closeTab(who: Patient): Promise<void> {
    this.#pages.delete(who.page);
    await who.page.close();
  }

  /** Somebody with a browser of their own; `url` where the site is another server's. */
  async patient(url = this.server.url): Promise<Patient> {
    const person = await this.browser.newPerson();
    const page = await person.newPage();
    this.#pages.add(page);
    return new Patient(page, person, url);
  }

  /** Somebody of the staff, not signed in. */
  async nurse(agent: keyof typeof demoAgents = 'nurse'): Promise<Nurse> {
    const person = await this.browser.newPerson();
    const page = await person.newPage({ width: 1366, height: 800 });
    this.#pages.add(page);
    return new Nurse(page, person, this.server.url, agent);
  }

  /** Somebody's browser is gone. */
  async leave(who: Patient | Nurse): Promise<void> {
    this.#pages.delete(who.page);
    await who.person.close();
  }

  /** What everybody sees, for the message of a failure. */
  async #picture(): Promise<string> {
    const shows = async (page: Page): Promise<string> => {
      const text = await page.evaluate(() => `${location.pathname}: ${[...document.querySelectorAll('care-chat,care-desk')].map((one) => (one.shadowRoot?.firstElementChild as HTMLElement | null)?.innerText ?? 'not upgraded').join(' | ')}`);
      return `  ${text.replace(/\s+/g, ' ').slice(-1500)}\n  ${JSON.stringify(await page.problems())}`;
    };
    return (await Promise.all([...this.#pages].map((page) => shows(page).catch((cause: unknown) => `  gone: ${String(cause)}`)))).join('\n');
  }

  /** Takes what went wrong in all pages since the last call. */
  async problems(): Promise<Problem[]> {
    return (await Promise.all([...this.#pages].map((page) => page.problems()))).flat();
  }

  /** Fails on a violation of the policy, a console error or warning, a request to another origin. What a journey means to happen is named. */
  async quiet(meant: readonly RegExp[] = []): Promise<void> {
    const all = await this.problems();
    assert.deepEqual(all.filter(({ kind, text }) => !meant.some((one) => one.test(`${kind}: ${text}`))), []);
  }
}

/** A stage for the tests of the describe block this is called in. */
export const useStage = (options: StageOptions = {}): Stage => {
  const stage = new Stage();
  before(() => stage.open(options));
  after(() => stage.close());
  return stage;
};
