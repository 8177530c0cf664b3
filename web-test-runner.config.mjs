/**
 * The browser tests: compiled test files, one page per file, in the engines named by CARE_ENGINES (chromium when nothing is said).
 * `node test/run.mjs --only browser` runs this in all three and starts the WebKit driver it needs; see test/run.mjs for the options.
 */
import { writeFileSync } from 'node:fs';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { chromiumArgs, findEngine, firefoxPreferences, howToInstall, webkitCapabilities } from './dist/test/support/node/engines.js';

const names = (process.env.CARE_ENGINES ?? 'chromium').split(',').filter(Boolean);
const files = process.env.CARE_TEST_FILES?.split(',') ?? ['dist/test/**/*.browser.test.js'];

const find = (name) => {
  const engine = findEngine(name);
  if (engine === undefined) throw new Error(howToInstall(name));
  return engine;
};

const launchers = {
  chromium() {
    const launcher = chromeLauncher({ launchOptions: { executablePath: find('chromium').binary, args: [...chromiumArgs] } });
    return Object.assign(launcher, { name: 'chromium' });
  },
  firefox() {
    const launcher = chromeLauncher({
      launchOptions: { browser: 'firefox', executablePath: find('firefox').binary, headless: true, extraPrefsFirefox: { ...firefoxPreferences } },
    });
    return Object.assign(launcher, { name: 'firefox' });
  },
  webkit() {
    const port = Number(process.env.CARE_WEBKIT_PORT);
    if (!port) throw new Error('the webkit engine needs its driver: run node test/run.mjs --only browser --engines webkit');
    const launcher = webdriverLauncher({
      automationProtocol: 'webdriver',
      hostname: '127.0.0.1',
      port,
      path: '/',
      logLevel: 'error',
      capabilities: webkitCapabilities(find('webkit')),
    });
    // The label is made from the capabilities in initialize(); ours is set after it.
    const initialize = launcher.initialize.bind(launcher);
    launcher.initialize = async (...args) => {
      await initialize(...args);
      launcher.name = 'webkit';
    };
    return launcher;
  },
};

/** Puts the import of the setup file in front of each test file, so that it runs before anything the test imports. */
const setupPlugin = {
  name: 'care-test-setup',
  transform(context) {
    if (!/^\/dist\/test\/.*\.browser\.test\.js$/.test(context.path)) return undefined;
    return { body: `import '/dist/test/support/browser/setup.js'; ${context.body}` };
  },
};

const flatten = (suite, parents = []) =>
  suite === undefined
    ? []
    : [
        ...(suite.tests ?? []).map((test) => ({ ...test, name: [...parents, test.name].join(' › ') })),
        ...(suite.suites ?? []).flatMap((child) => flatten(child, [...parents, child.name])),
      ];

/** Writes every session with its tests as JSON to CARE_REPORT, for the runner to count. */
const jsonReporter = (path) => ({
  stop({ sessions }) {
    const rows = [...sessions].map((session) => ({
      engine: session.browser.name,
      file: session.testFile,
      passed: session.passed === true,
      errors: (session.errors ?? []).map((error) => error.message),
      missing: session.request404s ?? [],
      tests: flatten(session.testResults).map((test) => ({
        name: test.name,
        state: test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed',
        error: test.error?.message,
      })),
    }));
    writeFileSync(path, JSON.stringify(rows));
  },
});

export default {
  files,
  rootDir: '.',
  nodeResolve: { exportConditions: ['production', 'browser'] },
  browsers: names.map((name) => launchers[name]()),
  // One page at a time per engine: focus and timing are a page's own, and the WebKit launcher uses no iframes then.
  concurrency: 1,
  concurrentBrowsers: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  plugins: [setupPlugin],
  reporters: [defaultReporter({ reportTestProgress: false }), ...(process.env.CARE_REPORT ? [jsonReporter(process.env.CARE_REPORT)] : [])],
  testFramework: {
    config: { ui: 'bdd', timeout: 20_000, forbidOnly: Boolean(process.env.CI), ...(process.env.CARE_GREP ? { grep: process.env.CARE_GREP } : {}) },
  },
};
