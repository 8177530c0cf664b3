/**
 * `npm run screenshots`: pictures of the main states in Chromium, into screenshots/ (git-ignored), as <state>.<look>.png.
 * `npm run screenshots -- welcome desk` takes only the states whose name begins so.
 *
 * To add a state, add an entry to `states`: it gets fresh pages of a patient and a nurse (each a profile of its own) and the running server,
 * brings the page about which the picture is into the state, and returns it. Each look sets window and emulation before the state is made.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import { launch, type Browser, type Emulation, type Page, type Viewport } from '../support/node/driver.js';
import { projectRoot, startTestServer, type TestServer } from '../support/node/server.js';
import { asking, leadThrough, setFault, spoilMessages, startNetwork } from './network.js';
import { allowOtherPort, storeNothing } from './stage.js';
import { acceptFirst, answerQuestions, ensureOpen, goToQuestions, leaveMessage, openChat, openMessageForm, send, signIn, startChat } from './steps.js';

/** Window and emulation of a picture. */
type Look = { readonly viewport: Viewport; readonly emulation?: Emulation; readonly lang?: string };

/** What a state gets to work with; `proxy` is the way of both elements to the server. */
type Stage = { readonly server: TestServer; readonly proxy: FaultProxy; readonly patient: Page; readonly nurse: Page; readonly look: Look; anotherTab(): Promise<Page>; anotherPatient(): Promise<Page> };

/** A state: how it is brought about, and in which looks it is taken. `isFault`: the console speaks of it, too. */
type State = { readonly name: string; readonly looks: readonly LookName[]; readonly isFault?: true; readonly show: (stage: Stage) => Promise<Page> };

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
  const dir = lang === 'ar' ? 'rtl' : 'ltr';
  await page.evaluate((name, value) => document.querySelector(name)?.setAttribute('lang', value), tag, lang);
  await page.waitFor((name, wanted) => [...(document.querySelector(name)?.shadowRoot?.querySelectorAll('[dir]') ?? [])].some((one) => one.getAttribute('dir') === wanted), tag, dir);
  // The words of an open panel come later than its direction.
  await page.waitFor((name, isEnglish) => [...(document.querySelector(name)?.shadowRoot?.querySelectorAll('[part~=menu-button]') ?? [])].every((one) => (one.getAttribute('aria-label') === 'More') === isEnglish), tag, lang === 'en');
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

const notice = '[part~=notice],[part~=connection]';

/** Writes a message that goes nowhere, and waits for the line about the connection. */
const writeInVain = async (page: Page, words: RegExp): Promise<void> => {
  await send(page, 'Are you still there?');
  await page.css(notice).waitForText(words);
};

/** States of both sides: what has become of the connection or of a message after both have talked. */
const troubles: readonly { readonly name: string; readonly make: (stage: Stage, page: Page) => Promise<void> }[] = [
  {
    name: 'reconnecting',
    async make({ proxy }, page) {
      setFault(proxy, 'cut');
      await writeInVain(page, /Trying again in/);
    },
  },
  {
    name: 'offline',
    async make({ proxy }, page) {
      setFault(proxy, 'cut');
      await page.offline(true);
      await writeInVain(page, /This device is offline/);
    },
  },
  {
    name: 'not-sent',
    async make({ proxy }, page) {
      proxy.use([spoilMessages]);
      await send(page, 'Are you still there?');
      await page.role('log').waitForText('Not sent');
      await page.role('log').role('button', 'Try again').waitFor();
    },
  },
];

/** The trouble of one side, in its looks. */
const troubleStates = (side: 'patient' | 'nurse'): State[] => troubles.map(({ name, make }) => ({
  name: side === 'nurse' ? `desk-${name}` : name,
  looks: side === 'nurse' ? deskLooks : everyLook,
  isFault: true,
  async show(stage) {
    const tag = side === 'nurse' ? 'care-desk' : 'care-chat';
    await converse(stage);
    // Its words must be there before the network is gone.
    await inLanguage(stage[side], tag, stage.look.lang);
    await inLanguage(stage[side], tag, 'en');
    await make(stage, stage[side]);
    await inLanguage(stage[side], tag, stage.look.lang);
    return stage[side];
  },
}));

/** From a page with the launcher to the first screen of the symptom checker. */
const openChecker = async ({ server, patient }: Stage): Promise<void> => {
  await patient.goto(`${server.url}/`);
  await openChat(patient);
  await patient.role('button', 'Check your symptoms').click();
  await patient.role('button', 'Start').waitFor();
};
const checkerInLanguage = async ({ patient, look }: Stage): Promise<void> => {
  await inLanguage(patient, 'care-chat', look.lang);
  if (look.lang === 'ar') await patient.waitFor(() => /[\u0600-\u06ff]/.test(document.querySelector('care-chat')?.shadowRoot?.querySelector('.check')?.textContent ?? ''));
};
const answerCheck = async (page: Page): Promise<void> => {
  await page.role('button', 'Start').click();
  await page.role('checkbox', 'None of these').click();
  await page.role('button', 'Continue').click();
  await page.role('button', 'For me').click();
  await page.role('textbox', /^How old are you/).fill('71');
  await page.role('button', 'Continue').click();
};
const finishCheck = async (page: Page): Promise<void> => {
  await answerCheck(page);
  await page.role('checkbox', 'Cough').click();
  await page.role('button', 'Continue').click();
  for (const name of ['They stay the same', 'Skip', 'No']) await page.role('button', name).click();
  await page.role('checkbox', 'None of these').click();
  await page.role('button', 'Continue').click();
  for (const name of ['No test', 'Yes', 'See the result']) await page.role('button', name).click();
  await page.css('[part~=checker-outcome]').waitFor();
};
const handOver = async (page: Page): Promise<void> => {
  await page.role('button', 'Send my answers to a nurse').click();
  await page.role('checkbox', /I agree/).click();
  await page.role('button', 'Continue').click();
  await answerQuestions(page, 'Signe Holm');
};

/** The guide's greeting, in the look's language. */
const openGuide = async ({ server, patient, look }: Stage): Promise<void> => {
  await patient.goto(`${server.url}/assistant/`);
  await openChat(patient);
  await inLanguage(patient, 'care-chat', look.lang);
  const goOn = patient.css('[part~=body]').css('.button:not(.quiet)');
  await goOn.click();
  await patient.css('[part~=consent]').css('input').click();
  await goOn.click();
  await patient.css('[part~=bot-choices]').css('button').nth(0).waitFor();
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
  ...['refill', 'appointments'].map((path): State => ({
    name: `page-${path}`,
    looks: ['desktop', 'phone', 'dark', 'zoom-400'],
    show: async ({ server, patient }) => {
      await patient.goto(`${server.url}/${path}/`);
      await patient.css('[part~=launcher]').waitFor();
      await patient.evaluate(() => document.querySelector('form')!.scrollIntoView());
      return patient;
    },
  })),
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
    name: 'checker',
    looks: everyLook,
    show: async (stage) => {
      await openChecker(stage);
      await checkerInLanguage(stage);
      return stage.patient;
    },
  },
  {
    name: 'checker-asking',
    looks: everyLook,
    show: async (stage) => {
      await openChecker(stage);
      await answerCheck(stage.patient);
      await checkerInLanguage(stage);
      return stage.patient;
    },
  },
  {
    name: 'checker-result',
    looks: everyLook,
    show: async (stage) => {
      await openChecker(stage);
      await finishCheck(stage.patient);
      await checkerInLanguage(stage);
      return stage.patient;
    },
  },
  {
    name: 'checker-why',
    looks: ['desktop', 'phone', 'dark', 'rtl', 'zoom-400'],
    show: async (stage) => {
      await openChecker(stage);
      await finishCheck(stage.patient);
      await stage.patient.css('[part~=checker-why] summary').click();
      await checkerInLanguage(stage);
      await stage.patient.evaluate(() => document.querySelector('care-chat')?.shadowRoot?.querySelector('.check-more')?.scrollIntoView({ block: 'end' }));
      return stage.patient;
    },
  },
  {
    name: 'checker-emergency',
    looks: everyLook,
    show: async (stage) => {
      await openChecker(stage);
      await stage.patient.role('button', 'Start').click();
      await stage.patient.role('checkbox', /^Trouble breathing/).click();
      await stage.patient.css('[part~=checker-outcome]').waitFor();
      await checkerInLanguage(stage);
      return stage.patient;
    },
  },
  {
    name: 'checker-handed-over',
    looks: everyLook,
    show: async (stage) => {
      await openChecker(stage);
      await stage.patient.role('button', 'Start').click();
      await stage.patient.role('checkbox', /^Trouble breathing/).click();
      await handOver(stage.patient);
      await checkerInLanguage(stage);
      return stage.patient;
    },
  },
  {
    name: 'desk-check',
    looks: deskLooks,
    show: async (stage) => {
      await signIn(stage.nurse, stage.server.url);
      await openChecker(stage);
      await finishCheck(stage.patient);
      await handOver(stage.patient);
      await acceptFirst(stage.nurse);
      const card = stage.nurse.css('[part~=check-card]').includingHidden();
      await card.waitFor(() => true);
      if ((await stage.nurse.css('[part~=check-card]').matches()).every(({ isVisible }) => !isVisible)) await stage.nurse.role('button', 'Details').click();
      await inLanguage(stage.nurse, 'care-desk', stage.look.lang);
      return stage.nurse;
    },
  },
  {
    name: 'guide',
    looks: everyLook,
    show: async (stage) => {
      const { patient } = stage;
      await openGuide(stage);
      await patient.css('[part~=bot-choices]').css('button').nth(0).click();
      await patient.css('[part~=bot-chosen]').waitFor();
      await patient.css('[part~=bot-choices]').css('a').waitFor();
      return patient;
    },
  },
  ...(['asking', 'mistake', 'review'] as const).map((moment): State => ({
    name: `form-in-chat-${moment}`,
    looks: ['desktop', 'phone', 'rtl', 'dark', 'zoom-400'],
    show: async (stage) => {
      const { patient } = stage;
      await openGuide(stage);
      await patient.css('[part~=bot-choices]').css('button').nth(2).click();
      const now = patient.css('[part~=ask-now]');
      const goOn = now.css('.form-button.strong');
      await now.css('input').waitFor();
      if (moment === 'mistake') {
        await goOn.click();
        await now.css('[part~=form-error]').waitFor();
        return patient;
      }
      await now.css('input').fill('Metoprolol 50 mg');
      await goOn.click();
      await now.css('[part~=ask-tap]').nth(1).waitFor();
      if (moment === 'asking') return patient;
      await now.css('[part~=ask-tap]').nth(1).click();
      await now.css('[part~=ask-tap]').nth(2).waitForNone();
      await now.css('[part~=ask-tap]').nth(1).click();
      await now.css('input').fill('Orchard Pharmacy');
      await goOn.click();
      await patient.css('[part~=ask-review]').waitFor();
      return patient;
    },
  })),
  {
    name: 'rating',
    looks: ['desktop', 'phone', 'rtl', 'dark', 'zoom-400'],
    show: async (stage) => {
      const { patient, nurse } = stage;
      await converse(stage);
      await inLanguage(patient, 'care-chat', stage.look.lang);
      await nurse.role('button', 'Close chat').click();
      await nurse.role('button', 'Yes, close').click();
      await patient.css('[part~=rating-line]').css('button').click();
      await patient.css('[part~=asked-form]').css('input').nth(0).waitFor();
      return patient;
    },
  },
  {
    name: 'message-form',
    looks: everyLook,
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await openMessageForm(patient);
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
    },
  },
  {
    name: 'desk-guide',
    looks: ['desktop', 'dark', 'phone', 'rtl'],
    show: async ({ server, patient, nurse, look }) => {
      await signIn(nurse, server.url);
      await patient.goto(`${server.url}/assistant/`);
      await openChat(patient);
      await patient.role('button', 'Start chat').click();
      await patient.role('checkbox', /I agree/).click();
      await patient.role('button', 'Start chat').click();
      await patient.role('log').role('button', 'An appointment').click();
      await patient.role('log').role('link', 'See free times').waitFor();
      await nurse.css('[part~=waiting-entry]').css('.waiting-open').click();
      await nurse.role('log').waitForText('Chosen: An appointment');
      await inLanguage(nurse, 'care-desk', look.lang);
      return nurse;
    },
  },
  {
    name: 'message-left',
    looks: everyLook,
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await openMessageForm(patient);
      await leaveMessage(patient, 'Grace Lund');
      await patient.css('.receipt').waitFor();
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
    },
  },
  {
    name: 'message-waiting',
    looks: ['phone', 'dark', 'rtl', 'zoom-400'],
    isFault: true,
    show: async ({ server, proxy, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await openMessageForm(patient);
      await inLanguage(patient, 'care-chat', look.lang);
      await inLanguage(patient, 'care-chat', 'en');
      setFault(proxy, 'cut');
      await leaveMessage(patient, 'Grace Lund');
      await patient.role('button', 'Try now').waitFor();
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
  ...(['emergency', 'crisis'] as const).map((kind): State => ({
    name: `red-flag-${kind}`,
    looks: everyLook,
    show: async (stage) => {
      await converse(stage);
      await inLanguage(stage.patient, 'care-chat', stage.look.lang);
      const field = stage.patient.css('[part~=composer-field]');
      await field.fill(kind === 'crisis' ? 'I want to die' : stage.look.lang === 'ar' ? 'لا أستطيع التنفس' : 'Since noon I have chest pain');
      await stage.patient.css('[part~=red-flag]').waitFor();
      return stage.patient;
    },
  })),
  {
    name: 'red-flag-questions',
    looks: ['desktop', 'phone', 'rtl', 'zoom-400'],
    show: async ({ server, patient, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await goToQuestions(patient);
      await patient.css('[part~=pre-chat] textarea').fill('I have chest pain');
      await patient.css('[part~=red-flag]').waitFor();
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
    },
  },
  ...troubleStates('patient'),
  {
    name: 'not-durable',
    looks: everyLook,
    isFault: true,
    show: async (stage) => {
      storeNothing(stage.server);
      await converse(stage);
      await inLanguage(stage.patient, 'care-chat', stage.look.lang);
      return stage.patient;
    },
  },
  {
    name: 'tabs-unread',
    looks: everyLook,
    show: async (stage) => {
      await converse(stage);
      const tab = await stage.anotherTab();
      await tab.goto(`${stage.server.url}/appointments/`);
      await stage.patient.goto('about:blank');
      await send(stage.nurse, 'Here it is: the second visit will be taken off.');
      await tab.css('[part~=badge]').waitFor();
      await inLanguage(tab, 'care-chat', stage.look.lang);
      return tab;
    },
  },
  {
    name: 'tabs-queued',
    looks: ['desktop', 'phone'],
    isFault: true,
    show: async (stage) => {
      await converse(stage);
      const tab = await stage.anotherTab();
      await tab.goto(`${stage.server.url}/appointments/`);
      await ensureOpen(tab);
      await tab.role('log').waitForText('reached at');
      setFault(stage.proxy, 'cut');
      await send(stage.patient, 'Written in the other tab.');
      await tab.role('log').waitForText('Written in the other tab.');
      return tab;
    },
  },
  {
    name: 'fallback-chat',
    looks: everyLook,
    isFault: true,
    show: async (stage) => {
      await converse(stage);
      setFault(stage.proxy, 'cut');
      await send(stage.patient, 'Are you still there?');
      await stage.patient.css('[part~=fallback]').waitFor(undefined, 40_000);
      await inLanguage(stage.patient, 'care-chat', stage.look.lang);
      return stage.patient;
    },
  },
  {
    name: 'fallback-start',
    looks: everyLook,
    isFault: true,
    show: async ({ server, proxy, patient, look }) => {
      setFault(proxy, 'cut');
      await patient.goto(`${server.url}/`);
      await patient.role('button', 'Open chat').click();
      await patient.css('[part~=fallback]').waitFor();
      await inLanguage(patient, 'care-chat', look.lang);
      return patient;
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
    name: 'desk-priorities',
    looks: ['desktop', 'phone', 'rtl', 'dark', 'zoom-400'],
    show: async (stage) => {
      const { server, nurse, look } = stage;
      await signIn(nurse, server.url);
      await stage.patient.goto(`${server.url}/billing/`);
      await startChat(stage.patient);
      const checked = await stage.anotherPatient();
      await openChecker({ ...stage, patient: checked });
      await finishCheck(checked);
      await handOver(checked);
      const urgent = await stage.anotherPatient();
      await openChecker({ ...stage, patient: urgent });
      await urgent.role('button', 'Start').click();
      await urgent.role('checkbox', /^Trouble breathing/).click();
      await handOver(urgent);
      await nurse.css('[part~=waiting-entry]').nth(2).waitFor();
      await nurse.role('list', 'Waiting').waitForText(/Urgent[^]*High priority/);
      await inLanguage(nurse, 'care-desk', look.lang);
      return nurse;
    },
  },
  {
    name: 'desk-message-left',
    looks: deskLooks,
    show: async ({ server, patient, nurse, look }) => {
      await patient.goto(`${server.url}/`);
      await openChat(patient);
      await openMessageForm(patient);
      await leaveMessage(patient, 'Grace Lund');
      await patient.css('.receipt').waitFor();
      await signIn(nurse, server.url);
      await nurse.role('list', 'Waiting').role('button', 'Accept').click();
      await nurse.css('[part~=done-button]').waitFor();
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
  ...troubleStates('nurse'),
  {
    name: 'desk-not-durable',
    looks: deskLooks,
    isFault: true,
    show: async (stage) => {
      storeNothing(stage.server);
      await converse(stage);
      await inLanguage(stage.nurse, 'care-desk', stage.look.lang);
      return stage.nurse;
    },
  },
  {
    name: 'desk-opening',
    looks: deskLooks,
    isFault: true,
    show: async ({ server, proxy, nurse, look }) => {
      await signIn(nurse, server.url);
      setFault(proxy, 'cut');
      await nurse.reload();
      await nurse.css(notice).waitForText(/Trying again in/);
      await inLanguage(nurse, 'care-desk', look.lang);
      return nurse;
    },
  },
];

const plain: Viewport = { width: 1280, height: 800 };

const takePicture = async (browser: Browser, state: State, lookName: LookName): Promise<string[]> => {
  const look: Look = looks[lookName];
  const server = await startTestServer({ configure: allowOtherPort });
  const proxy = await startNetwork(server);
  leadThrough(proxy, server);
  const [someone, staff] = [await browser.newPerson(), await browser.newPerson()];
  const persons = [someone, staff];
  try {
    const isDesk = state.name.startsWith('desk');
    // The one who is not in the picture has a plain window.
    const patient = await someone.newPage(isDesk ? plain : look.viewport);
    const nurse = await staff.newPage(isDesk ? look.viewport : plain);
    await (isDesk ? nurse : patient).raw.emulate({ reducedMotion: true, ...look.emulation });
    const anotherTab = async (): Promise<Page> => {
      const tab = await someone.newPage(look.viewport);
      await tab.raw.emulate({ reducedMotion: true, ...look.emulation });
      return tab;
    };
    const anotherPatient = async (): Promise<Page> => {
      const person = await browser.newPerson();
      persons.push(person);
      return person.newPage(plain);
    };
    const page = await state.show({ server, proxy, patient, nurse, look, anotherTab, anotherPatient });
    await page.waitFor(() => document.fonts.status === 'loaded');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))));
    await page.screenshot(join(projectRoot, 'screenshots', `${state.name}.${lookName}.png`));
    if (state.isFault) return [];
    const problems = (await page.problems()).filter(({ kind, text }) => !asking(proxy).test(`${kind}: ${text}`));
    return problems.map(({ kind, text }) => `${state.name}.${lookName}: ${kind} ${text}`);
  } finally {
    for (const person of persons) await person.close();
    await proxy.close();
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
