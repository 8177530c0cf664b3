/** Journey: a guide asks a form within the chat; half answered it outlives a reload; the nurse gets it as a card, and the guide goes on. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choice, item, questionnaire } from '../support/shared/questionnaires.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

const intake = questionnaire([choice('topic', ['cough', 'rash'], { text: 'What is it about?', required: true }), item('words', 'text', { text: 'In your own words', maxLength: 500 })], { url: 'https://clinic.example/forms/intake', title: 'About your visit' });
const refill = questionnaire([item('medicine', 'string', { text: 'Which medicine?', required: true })], { url: 'https://clinic.example/forms/refill', title: 'A refill' });

const configure = (config: Record<string, unknown>): void => {
  for (const widget of config['widgets'] as Record<string, unknown>[]) widget['forms'] = { ...(widget['forms'] as object), intake, refill };
  const [bot] = config['bots'] as { guide: { steps: { id: string; buttons: unknown[] }[] } }[];
  bot!.guide.steps.find(({ id }) => id === 'hello')!.buttons.unshift({ id: 'fill', label: { en: 'Answer some questions' }, form: 'intake', go: 'health' });
};

describe('a form within a chat', () => {
  const stage = useStage({ configure });
  let patient: Patient;
  let nurse: Nurse;
  const button = (name: string | RegExp) => patient.page.role('button', name);
  const clear = (): Promise<string> => patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.title]));

  it('is opened by a button of the guide and asks one question after the other; a reload loses nothing', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await nurse.signIn();
    await patient.visit('/assistant/');
    await patient.openChat();
    await button('Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await button('Start chat').click();
    await button('Answer some questions').click();
    const now = patient.page.css('[part~=ask-now]');
    await now.waitFor((match) => match.text.includes('What is it about?') && match.isFocused);
    await patient.page.css('[part~=bot-line] button').waitForText('Talk to a person');
    await button('Option rash').click();
    await now.waitFor((match) => match.text.includes('In your own words') && match.isFocused);
    await patient.page.reload();
    await patient.openPanel();
    await now.waitForText('In your own words');
    await patient.page.css('[part~=ask-answer]').waitForText('Option rash');
    await patient.page.role('textbox', /^In your own words/).fill('It itches a lot');
    assert.ok(!/itches|rash/.test(await clear()), await clear());
  }));

  it('goes to the nurse as it was answered, and the guide goes on behind it', stage.step(async () => {
    await button('Continue').click();
    await button('Send answers').click();
    await patient.sees('Chosen: Answer some questions');
    await patient.sees('A nurse answers you here.');
    await patient.page.css('[part~=asked-form]').waitForNone();
    await nurse.waiting.role('button', /Automatic assistant/).click();
    await nurse.page.css('[part~=form-answers]').waitForText('About your visit');
    await nurse.page.css('[part~=answered-card]').waitForText(/About your visit\s*What is it about\?\s*Option rash\s*\d+:\d\d\s[AP]M\s*In your own words\s*It itches a lot\s*\d+:\d\d\s[AP]M/);
  }));

  it('is asked before a chat where the page says so', stage.step(async () => {
    const other = await stage.patient();
    await other.visit('/contact/');
    await other.run(() => void (document.querySelector('care-chat') as unknown as { startConversation(options: object): Promise<void> }).startConversation({ form: 'refill' }));
    await other.page.role('checkbox', /I agree/).click();
    await other.page.role('button', 'Continue').click();
    await other.page.role('textbox', /^Which medicine/).fill('Metoprolol');
    await other.page.role('button', 'Start chat').click();
    await other.field.waitFor();
    await nurse.waiting.role('button', /Contact/).click();
    await nurse.page.css('[part~=pre-chat-card]').waitForText(/Which medicine\?\s*Metoprolol/);
  }));
});

describe('a form within a chat in a small window', () => {
  const stage = useStage({ configure });

  /** What cannot be brought into sight, or is covered there. */
  const outOfReach = (patient: Patient, ...selectors: string[]): Promise<string[]> => patient.run(async (wanted) => {
    const root = document.querySelector('care-chat')!.shadowRoot!;
    const missed: string[] = [];
    for (const one of wanted.flatMap((selector) => [...root.querySelectorAll(selector)]).filter((each) => each.checkVisibility())) {
      one.scrollIntoView({ block: 'nearest' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const { left, top, width, height } = one.getBoundingClientRect();
      if (!one.contains(root.elementFromPoint(left + width / 2, top + height / 2))) missed.push(`${one.className}: ${one.textContent!.trim()}`);
    }
    return missed;
  }, selectors);
  const everything = ['.emergency a', '.asked button, .asked textarea, .asked .form-error', '.bot-line button', '.red-flag a, .red-flag button', '.composer-field', '.composer-send'];

  const toFreeText = async (patient: Patient): Promise<void> => {
    const button = (name: string | RegExp) => patient.page.role('button', name);
    await patient.visit('/assistant/');
    await patient.openChat();
    await button('Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await button('Start chat').click();
    await button('Answer some questions').click();
    await button('Option rash').click();
  };

  for (const viewport of [{ width: 320, height: 256 }, { width: 640, height: 512 }, { width: 1280, height: 640 }, { width: 390, height: 540 }]) {
    it(`leaves everything within reach, with a mistake and with a number beside what is typed, at ${viewport.width} x ${viewport.height}`, stage.step(async () => {
      const patient = await stage.patient();
      const button = (name: string | RegExp) => patient.page.role('button', name);
      await patient.page.setViewport(viewport);
      await toFreeText(patient);
      const words = patient.page.role('textbox', /^In your own words/);
      await words.type('I have chest pain');
      await patient.seesPart('red-flag', '911');
      assert.deepEqual(await outOfReach(patient, ...everything), []);
      await words.fill('x'.repeat(600));
      await button('Continue').click();
      await patient.page.css('[part~=form-error]').waitFor();
      assert.deepEqual(await outOfReach(patient, ...everything), []);
      const { said, seen } = await patient.run(() => {
        const said = document.querySelector('care-chat')!.shadowRoot!.querySelector('.transcript')!;
        return { said: said.clientHeight, seen: innerHeight };
      });
      assert.ok(said > 0 && said < seen, `of what was said ${said} px can be seen, in a window of ${seen} px`);
    }));
  }

  /** What is cut off although nobody has scrolled, and by how much the panel itself could be. */
  const cutOff = (patient: Patient, ...selectors: string[]): Promise<string[]> => patient.run(async (wanted) => {
    const root = document.querySelector('care-chat')!.shadowRoot!;
    for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const panel = root.querySelector('.panel')!;
    const over = panel.scrollHeight - panel.clientHeight;
    return [...(over > 0 ? [`the panel by ${over} px`] : []), ...wanted.filter((selector) => {
      const one = root.querySelector(selector);
      if (!one) return true;
      const { left, top, bottom, width } = one.getBoundingClientRect();
      return ![top + 4, bottom - 4].every((y) => one.contains(root.elementFromPoint(left + width / 2, y)));
    })];
  }, selectors);
  const always = ['.head', '.emergency a', '.asked', '.bot-line button', '.red-flag-title', '.red-flag-numbers a', '.composer-field', '.composer-send'];

  for (const [width, height, words, number] of [[375, 560, 'I want to die', '988'], [390, 760, 'I have chest pain', '911'], [1280, 800, 'I have chest pain', '911'], [360, 520, 'I want to die', '988']] as const) {
    it(`keeps the number, the question and the field in sight together, and the panel where it is, at ${width} x ${height}`, stage.step(async () => {
      const patient = await stage.patient();
      const button = (name: string | RegExp) => patient.page.role('button', name);
      await patient.page.setViewport({ width, height });
      await toFreeText(patient);
      await patient.page.role('textbox', /^In your own words/).type(words);
      await patient.seesPart('red-flag', number);
      // Of a field that is taller than what there is for it, some of its lines are enough.
      assert.deepEqual(await cutOff(patient, ...always, ...(height > 520 ? ['.asked textarea'] : [])), []);
      await button('Continue').click();
      await button('Send answers').waitFor();
      assert.deepEqual(await cutOff(patient, ...always), []);
    }));
  }
});

describe('the demo\'s form', () => {
  const stage = useStage();
  let patient: Patient;

  it('is asked from the page, in place of the questions before a chat', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/contact/');
    await patient.page.role('button', 'Ask for a refill').click();
    await patient.page.role('radio', /^Nurse line/).waitForNone();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Continue').click();
    await patient.page.role('textbox', /^Which medicine is it/).waitFor();
  }));

  it('and in the chat of the guide, whose next step it is', stage.step(async () => {
    patient = await stage.patient();
    const button = (name: string | RegExp) => patient.page.role('button', name);
    await patient.visit('/assistant/');
    await patient.openChat();
    await button('Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await button('Start chat').click();
    await button('A refill').click();
    await patient.page.role('textbox', /^Which medicine is it/).fill('Metoprolol');
    await button('Continue').click();
    await button('None').click();
    await button('No').click();
    await button('Skip').click();
    await button('Send answers').click();
    await patient.sees('A nurse reads your request and answers you here.');
  }));

  it('leaves nothing in the consoles', stage.step(() => stage.quiet()));
});

describe('the rating of a chat', () => {
  const stage = useStage();

  it('is offered when it has ended, by the nurse too; half given it outlives a reload; staff find it in the closed chat', stage.step(async () => {
    const [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    const button = (name: string) => patient.page.role('button', name);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.openChat();
    await patient.consent();
    await patient.fillPreChat('Lena Brandt');
    await patient.say('Thank you, that is all.');
    await nurse.accept();
    await nurse.sees('Thank you, that is all.');
    await nurse.closeChat();
    await button('Rate this chat').click();
    await patient.page.role('radio', 'Partly').click();
    await patient.visit('/');
    await patient.openPanel();
    await patient.page.role('radio', 'Partly').waitFor(({ attributes, value }) => attributes['type'] === 'radio' && value !== undefined);
    await patient.page.role('textbox', /^Anything else/).fill('The words were clear.');
    await button('Send answers').click();
    await patient.seesPart('rating-line', 'Thank you for your rating.');
    await button('Rate this chat').waitForNone();
    await nurse.findClosed('Lena');
    const card = nurse.page.css('[part~=form-answers]').nth(1);
    await card.css('summary').click();
    for (const words of ['How was this chat?', 'Partly', 'The words were clear.']) await card.waitForText(words);
    await button('New chat').click();
    await patient.page.css('[part~=rating-line]').waitForNone();
  }));

  it('leaves nothing in the consoles', stage.step(() => stage.quiet()));
});
