/** What a patient and a nurse do, step by step, as the end-to-end tests and the pictures need it; each waits until its step has happened. */
import type { Page } from '../support/node/driver.js';

/** The demo's sign-ins. */
export const demoAgents = {
  nurse: { email: 'nurse@demo.clinic', password: 'demo-only' },
  frontdesk: { email: 'frontdesk@demo.clinic', password: 'demo-only' },
} as const;

/** Opens the desk and signs in. */
export const signIn = async (page: Page, serverUrl: string, agent: keyof typeof demoAgents = 'nurse'): Promise<void> => {
  await page.goto(`${serverUrl}/desk`);
  await page.role('textbox', 'Email').fill(demoAgents[agent].email);
  await page.role('textbox', 'Password').fill(demoAgents[agent].password);
  await page.role('button', 'Sign in').click();
  await page.css('[part~=waiting]').waitFor();
};

/** Opens the chat on the page that is shown, and waits for its welcome. */
export const openChat = async (page: Page): Promise<void> => {
  await page.role('button', 'Open chat').click();
  await page.role('button', 'Start chat').waitFor();
};

/** Goes from the welcome to the form of a message, where nobody is there. */
export const openMessageForm = async (page: Page): Promise<void> => {
  await page.role('button', 'Leave a message').click();
  await page.role('checkbox', /I agree/).click();
  await page.role('button', 'Continue').click();
  await page.role('textbox', /^What is it about/).waitFor();
};

/** Fills in the form of a message and sends it. */
export const leaveMessage = async (page: Page, name: string): Promise<void> => {
  await page.role('textbox', /^Your name/).fill(name);
  await page.role('textbox', /^Phone number/).fill('555-0100');
  await page.role('textbox', /^What is it about/).fill('A new prescription for my mother.');
  await page.role('button', 'Send message').click();
};

/** Goes from the welcome through department and consent. */
export const agree = async (page: Page, department: RegExp = /^Nurse line/): Promise<void> => {
  await page.role('radio', department).click();
  await page.role('button', 'Start chat').click();
  await page.role('checkbox', /I agree/).click();
  await page.role('button', 'Continue').click();
};

/** Goes from the welcome through department and consent to the questions before the chat. */
export const goToQuestions = async (page: Page, department?: RegExp): Promise<void> => {
  await agree(page, department);
  await page.role('textbox', /^Your name/).waitFor();
};

/** Answers the questions and sends them. */
export const sendAnswers = async (page: Page, name: string): Promise<void> => {
  await page.role('textbox', /^Your name/).fill(name);
  const chosen = page.css('[part~=form-option]:has(:checked)');
  await page.role('radio', 'A question for a nurse').click();
  // A notice that comes in this very moment moves the form under the pointer, as it does to a person.
  if ((await chosen.matches()).length === 0) await page.role('radio', 'A question for a nurse').click();
  await chosen.waitForText('A question for a nurse');
  await page.role('button', 'Start chat').click();
};

/** Answers the questions and waits for the conversation. */
export const answerQuestions = async (page: Page, name: string): Promise<void> => {
  await sendAnswers(page, name);
  await page.role('textbox', 'Message').waitFor();
};

/** From a page with the launcher to a conversation that waits for a nurse. */
export const startChat = async (page: Page, name = 'Maria Lindqvist'): Promise<void> => {
  await openChat(page);
  await goToQuestions(page);
  await answerQuestions(page, name);
};

/** Writes a message and sends it with Enter; patient's and nurse's fields have the same name. */
export const send = async (page: Page, text: string): Promise<void> => {
  await page.role('textbox', 'Message').fill(text);
  await page.press('Enter');
  await page.role('log').waitForText(text);
};

/** Accepts the one who waits. */
export const acceptFirst = async (page: Page): Promise<void> => {
  await page.role('list', 'Waiting').role('button', 'Accept').click();
  await page.role('textbox', 'Message').waitFor();
};

/** Makes sure that the chat of the page is open: whether it stays open from page to page is not what most tests are about. */
export const ensureOpen = async (page: Page): Promise<void> => {
  await page.waitFor(() => Boolean(document.querySelector('care-chat')?.shadowRoot));
  // By the element's own method: it may be opening itself at this moment, and a click would close it again.
  await page.evaluate(() => (document.querySelector('care-chat') as HTMLElement & { open(): void }).open());
  await page.css('[part~=panel]').waitFor();
};
