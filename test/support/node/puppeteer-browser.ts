/** Chromium (DevTools protocol) and Firefox (WebDriver BiDi) for the driver, by puppeteer-core. */
import { launch as launchPuppeteer, type Browser, type KeyInput, type Page } from 'puppeteer-core';
import type { Emulation, RawBrowser, RawPage } from './driver.js';
import { chromiumArgs, findEngine, firefoxPreferences, howToInstall } from './engines.js';

const emulate = async (page: Page, emulation: Emulation): Promise<void> => {
  const viewport = page.viewport() ?? { width: 1280, height: 800 };
  await page.setViewport({
    ...viewport,
    deviceScaleFactor: emulation.deviceScaleFactor ?? 1,
    isMobile: emulation.isMobile ?? false,
    hasTouch: emulation.isMobile ?? false,
  });
  // puppeteer's own call knows fewer features than the browser.
  await page.emulateCPUThrottling(emulation.slowdown ?? null);
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: emulation.colorScheme ?? 'light' },
      { name: 'forced-colors', value: emulation.forcedColors === true ? 'active' : 'none' },
      { name: 'prefers-reduced-motion', value: emulation.reducedMotion === true ? 'reduce' : 'no-preference' },
    ],
  });
};

const toRawPage = (page: Page, engine: 'chromium' | 'firefox'): RawPage => ({
  goto: async (url) => {
    await page.goto(url, { waitUntil: 'load' });
  },
  // A string is evaluated by the debugger and not by the page, so that the page's policy against eval does not matter.
  run: (source, args) => page.evaluate(`(${source})(...${JSON.stringify(args)})`),
  mouseMove: (x, y) => page.mouse.move(x, y),
  mouseClick: (x, y) => page.mouse.click(x, y),
  keys: (text) => page.keyboard.type(text),
  chord: async (keys) => {
    // In a window of Firefox that is not the front one Enter presses no button.
    if (engine === 'firefox') await page.bringToFront();
    const names = keys.map((key) => (key === 'Space' ? ' ' : key)) as KeyInput[];
    const held = names.slice(0, -1);
    for (const key of held) await page.keyboard.down(key);
    await page.keyboard.press(names.at(-1) as KeyInput);
    for (const key of held.reverse()) await page.keyboard.up(key);
  },
  screenshot: async (path) => {
    await page.screenshot({ path: path as `${string}.png`, type: 'png' });
  },
  setViewport: (viewport) => page.setViewport({ ...viewport, deviceScaleFactor: 1 }),
  reload: async () => {
    await page.reload({ waitUntil: 'load' });
  },
  back: async () => {
    await page.goBack({ waitUntil: 'load' });
  },
  front: () => page.bringToFront(),
  emulate: (emulation) => {
    if (engine !== 'chromium') throw new Error('only Chromium is asked for emulation');
    return emulate(page, emulation);
  },
  ...(engine === 'chromium' && {
    freeze: async (on) => {
      const session = await page.createCDPSession();
      await session.send('Page.setWebLifecycleState', { state: on ? 'frozen' : 'active' });
      await session.detach();
    },
    offline: (on) => page.setOfflineMode(on),
    withoutScripts: () => page.setJavaScriptEnabled(false),
  }),
  close: () => page.close(),
});

/** Starts Chromium or Firefox with a fresh profile; each person is a browser context of it. */
export const launchPuppeteerBrowser = async (name: 'chromium' | 'firefox', isPrivate: boolean): Promise<RawBrowser> => {
  const engine = findEngine(name);
  if (engine === undefined) throw new Error(howToInstall(name));
  const browser: Browser = await launchPuppeteer(
    name === 'chromium'
      ? { executablePath: engine.binary, args: [...chromiumArgs, '--lang=en-US'], headless: true, protocolTimeout: 60_000 }
      : { browser: 'firefox', executablePath: engine.binary, headless: true, extraPrefsFirefox: { ...firefoxPreferences, 'focusmanager.testmode': true, 'browser.privatebrowsing.autostart': isPrivate }, protocolTimeout: 60_000 },
  );
  return {
    newPerson: async () => {
      const context = await browser.createBrowserContext();
      // A window each: of several tabs in one window only the front one is visible, and people do not look at each other's tabs. In the focus
      // manager's test mode every window of Firefox takes the keyboard as if it were in front, as Chromium's pages do.
      const options = name === 'firefox' ? ({ type: 'window' } as const) : undefined;
      return {
        newPage: async () => toRawPage(await context.newPage(options), name),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
};

