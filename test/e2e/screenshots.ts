/**
 * `npm run screenshots`: pictures of the main states in Chromium, into screenshots/ (git-ignored), as <state>.<look>.png.
 * `npm run screenshots -- welcome desk` takes only the states whose name begins so.
 *
 * To add a state, add an entry to `states`: it gets fresh pages of a patient and a nurse (each a profile of its own) and the running server,
 * brings the page about which the picture is into the state, and returns it. Each look sets window and emulation before the state is made.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, type Browser, type Emulation, type Page, type Viewport } from '../support/node/driver.js';
import { projectRoot, startTestServer, type TestServer } from '../support/node/server.js';
import { acceptFirst, answerQuestions, goToQuestions, openChat, send, signIn, startChat } from './steps.js';

/** Window and emulation of a picture. */
type Look = { readonly viewport: Viewport; readonly emulation?: Emulation; readonly lang?: string };

/** What a state gets to work with. */
type Stage = { readonly server: TestServer; readonly patient: Page; readonly nurse: Page; readonly look: Look };

/** A state: how it is brought about, and in which looks it is taken. */
type State = { readonly name: string; readonly looks: readonly LookName[]; readonly show: (stage: Stage) => Promise<Page> };

const looks = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, emulation: { isMobile: true, deviceScaleFactor: 2 } },
  dark: { viewport: { width: 1280, height: 800 }, emulation: { colorScheme: 'dark' } },
  'phone-dark': { viewport: { width: 390, height: 844 }, emulation: { isMobile: true, deviceScaleFactor: 2, colorScheme: 'dark' } },
  rtl: { viewport: { width: 1280, height: 800 }, lang: 'ar' },
  // 1280 × 1024 at 400 %: WCAG 2.2, 1.4.10 Reflow.
  'zoom-400': { viewport: { width: 320, height: 256 }, emulation: { deviceScaleFactor: 4 } },
  'forced-colors': { viewport: { width: 1280, height: 800 }, emulation: { forcedColors: true, colorScheme: 'dark' } },
} as const satisfies Readonly<Record<string, Look>>;
type LookName = keyof typeof looks;
const everyLook = Object.keys(looks) as LookName[];
const deskLooks: readonly LookName[] = ['desktop', 'dark', 'phone', 'rtl', 'zoom-400', 'forced-colors'];

/** Sets the page's language as a clinic's page in another language would. */
const inLanguage = async (page: Page, tag: 'care-chat' | 'care-desk', lang: string | undefined): Promise<void> => {
  if (lang === undefined) return;
  await page.evaluate((name, value) => document.querySelector(name)?.setAttribute('lang', value), tag, lang);
};

/** A conversation with a message from each side; words in English, so that the steps find their way, the language switched at the end. */
const converse = async ({ server, patient, nurse }: Stage): Promise<void> => {
  await signIn(nurse, server.url);
  await patient.goto(`${server.url}/billing/`);
  await startChat(patient);
  await send(patient, 'Hello! My bill of the 3rd lists a visit twice. Could you have a look?');
  await acceptFirst(nurse);
  await send(nurse, 'Good morning Maria, I am Nadia. Of course – one moment, I will look it up.');
  await patient.role('log').waitForText('look it up');
  await send(patient, 'Thank you. I can also be reached at https://example.org/contact');
  await nurse.role('log').waitForText('reached at');
};

const states: readonly State[] = [
  {
    name: 'launcher',
    looks: everyLook,
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await inLanguage(patient, 'care-chat', look.lang);
      await patient.css('[part~=launcher]').waitFor();
      return patient;
    },
  },
  {
    name: 'welcome',
    looks: everyLook,
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
    },
  },
  {
    name: 'questions',
    looks: everyLook,
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await goToQuestions(patient);
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
    },
  },
  {
    name: 'queued',
    looks: ['desktop', 'phone'],
    show: async ({ server, patient }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await goToQuestions(patient);
      await answerQuestions(patient, 'Maria Lindqvist');
      return patient;
    },
  },
  {
    name: 'conversation',
    looks: everyLook,
    show: async (stage) => {
      await converse(stage);
      await inLanguage(stage.patient, 'care-chat', stage.look.lang);
      return stage.patient;
    },
  },
  {
    name: 'offline',
    looks: ['desktop', 'phone'],
    show: async (stage) => {
      await converse(stage);
      await stage.server.kill();
      await stage.patient.role('textbox', 'Message').fill('Are you still there?');
      await stage.patient.press('Enter');
      await stage.patient.role('log').waitForText('still there?');
      return stage.patient;
    },
  },
  {
    name: 'desk-sign-in',
    looks: deskLooks,
    show: async ({ server, nurse, look }) => {
      await nurse.goto(`${server.url}/desk`);
      await nurse.role('textbox', 'Email').waitFor();
      await inLanguage(nurse, 'care-desk', look.lang);
      return nurse;
    },
  },
  {
    name: 'desk-waiting',
    looks: deskLooks,
    show: async ({ server, patient, nurse, look }) => {
      await signIn(nurse, server.url);
      await patient.goto(`${server.url}/`);
      await startChat(patient);
      await nurse.role('list', 'Waiting').role('button', 'Accept').waitFor();
      await inLanguage(nurse, 'care-desk', look.lang);
      return nurse;
    },
  },
  {
    name: 'desk-conversation',
    looks: deskLooks,
    show: async (stage) => {
      await converse(stage);
      await inLanguage(stage.nurse, 'care-desk', stage.look.lang);
      return stage.nurse;
    },
  },
];

const plain: Viewport = { width: 1280, height: 800 };

const takePicture = async (browser: Browser, state: State, lookName: LookName): Promise<string[]> => {
  const look: Look = looks[lookName];
  const server = await startTestServer();
  const persons = [await browser.newPerson(), await browser.newPerson()] as const;
  try {
    const isDesk = state.name.startsWith('desk');
    // The one who is not in the picture has a plain window.
    const patient = await persons[0].newPage(isDesk ? plain : look.viewport);
    const nurse = await persons[1].newPage(isDesk ? look.viewport : plain);
    await (isDesk ? nurse : patient).raw.emulate({ reducedMotion: true, ...look.emulation });
    const page = await state.show({ server, patient, nurse, look });
    await page.waitFor(() => document.fonts.status === 'loaded');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))));
    await page.screenshot(join(projectRoot, 'screenshots', `${state.name}.${lookName}.png`));
    return state.name === 'offline' ? [] : (await page.problems()).map((problem) => `${state.name}.${lookName}: ${problem.kind} ${problem.text}`);
  } finally {
    for (const person of persons) await person.close();
    await server.dispose();
  }
};

const wanted = process.argv.slice(2);
mkdirSync(join(projectRoot, 'screenshots'), { recursive: true });
const browser = await launch('chromium');
const failures: string[] = [];
try {
  for (const state of states.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))) {
    for (const look of state.looks) {
      try {
        failures.push(...(await takePicture(browser, state, look)));
        console.log(`screenshots/${state.name}.${look}.png`);
      } catch (cause) {
        failures.push(`${state.name}.${look}: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
