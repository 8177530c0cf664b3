/**
 * WebKit for the driver, by WebDriver. A WebKitWebDriver has one session, so that each person gets a driver, a display and a MiniBrowser of
 * their own; MiniBrowser keeps nothing on disk under automation.
 */
import { writeFileSync } from 'node:fs';
import WebDriver, { type Client } from 'webdriver';
import type { RawBrowser, RawPage, RawPerson } from './driver.js';
import { findEngine, howToInstall, startWebkitDriver, webkitCapabilities, type Engine } from './engines.js';

/** WebDriver, "Keyboard actions": code points of the keys that are no characters. */
const keyCodes: Readonly<Record<string, string>> = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', PageUp: '\uE00E', PageDown: '\uE00F',
  End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017', Meta: '\uE03D', Space: ' ',
};

/** Runs one command after the other, each in the right window: a session has one current window. */
class Windows {
  readonly #client: Client;
  #current: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Runs a command in a window. */
  in<T>(handle: string, run: (client: Client) => Promise<T>): Promise<T> {
    const next = this.#queue.then(async () => {
      if (this.#current !== handle) {
        await this.#client.switchToWindow(handle);
        this.#current = handle;
      }
      return run(this.#client);
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** Opens a window and returns its handle. */
  open(): Promise<string> {
    const next = this.#queue.then(async () => (await this.#client.createWindow('window')).handle);
    this.#queue = next.catch(() => undefined);
    return next;
  }
}

let scripts = 0;

const pointerTo = (x: number, y: number): object => ({ type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' });
const pointer = (actions: readonly object[]): object => ({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
const keyboard = (actions: readonly object[]): object => ({ type: 'key', id: 'keyboard', actions });

const toRawPage = (windows: Windows, handle: string): RawPage => {
  const act = (source: object): Promise<void> => windows.in(handle, (client) => client.performActions([source]));
  const chord = (keys: readonly string[]): Promise<void> => {
    const codes = keys.map((key) => keyCodes[key] ?? key);
    const down = codes.map((value) => ({ type: 'keyDown', value }));
    const up = [...codes].reverse().map((value) => ({ type: 'keyUp', value }));
    return act(keyboard([...down, ...up]));
  };
  const run = (source: string, args: readonly unknown[]): Promise<unknown> =>
    windows.in(handle, async (client) => {
      // A text of its own each time: JavaScriptCore keeps what it learned of a text, and now and then, on a busy machine, its fast code for our finder no
      // longer found what any other code in the same page did.
      const script = `/* ${++scripts} */ const done = arguments[arguments.length - 1];
        Promise.resolve().then(() => (${source})(...JSON.parse(arguments[0]))).then(
          (value) => done(JSON.stringify({ value })), (cause) => done(JSON.stringify({ cause: String(cause) })));`;
      const answer = JSON.parse((await client.executeAsyncScript(script, [JSON.stringify(args)])) as string) as { value?: unknown; cause?: string };
      if (answer.cause !== undefined) throw new Error(answer.cause);
      return answer.value;
    });
  return {
    goto: (url) => windows.in(handle, async (client) => void (await client.navigateTo(url))),
    run,
    mouseMove: (x, y) => act(pointer([pointerTo(x, y)])),
    mouseClick: (x, y) => act(pointer([pointerTo(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }])),
    keys: async (text) => {
      for (const value of text) await chord([value === '\n' ? 'Enter' : value]);
    },
    chord,
    screenshot: (path) => windows.in(handle, async (client) => writeFileSync(path, Buffer.from(await client.takeScreenshot(), 'base64'))),
    setViewport: async ({ width, height }) => {
      // The driver sizes the window with its frame; the content is what a test means.
      const size = (await run('() => [outerWidth - innerWidth, outerHeight - innerHeight]', [])) as [number, number];
      await windows.in(handle, (client) => client.setWindowRect(null, null, width + size[0], height + size[1]));
    },
    reload: () => windows.in(handle, (client) => client.refresh()),
    back: () => windows.in(handle, (client) => client.back()),
    // Every tab is a window of its own, in sight.
    front: () => Promise.resolve(),
    emulate: () => Promise.reject(new Error('only Chromium is asked for emulation')),
    close: () => windows.in(handle, async (client) => void (await client.closeWindow())),
  };
};

const newPerson = async (engine: Engine): Promise<RawPerson> => {
  const driver = await startWebkitDriver(engine);
  try {
    const client = await WebDriver.newSession({
      hostname: '127.0.0.1',
      port: driver.port,
      path: '/',
      logLevel: 'error',
      capabilities: webkitCapabilities(engine) as WebdriverIO.Capabilities,
    });
    const windows = new Windows(client);
    let isClosed = false;
    let first: string | undefined = await client.getWindowHandle();
    await client.setTimeouts(undefined, 30_000, 30_000);
    return {
      newPage: async () => {
        const handle = first ?? (await windows.open());
        first = undefined;
        return toRawPage(windows, handle);
      },
      close: async () => {
        if (isClosed) return;
        isClosed = true;
        await client.deleteSession().catch(() => undefined);
        await driver.stop();
      },
    };
  } catch (cause) {
    await driver.stop();
    throw cause;
  }
};

/** WebKit; nothing runs before the first person comes. */
export const createWebdriverBrowser = (): RawBrowser => {
  const engine = findEngine('webkit');
  if (engine === undefined) throw new Error(howToInstall('webkit'));
  const persons: RawPerson[] = [];
  return {
    newPerson: async () => {
      const person = await newPerson(engine);
      persons.push(person);
      return person;
    },
    close: async () => {
      await Promise.all(persons.splice(0).map((person) => person.close()));
    },
  };
};
