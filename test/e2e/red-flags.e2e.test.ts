/** Journey: what a patient types asks for a number at once. The number is beside it, by kind; the message goes out as ever; and of what was found nothing leaves the browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from '../support/node/driver.js';
import type { Patient } from './people.js';
import { useStage } from './stage.js';

type Json = Record<string, unknown>;

describe('a number beside what is typed', () => {
  const stage = useStage({
    configure(config) {
      const [main, guide] = config['widgets'] as [Json, Json];
      main['redFlags'] = { add: { en: { emergency: ['my pump alarms'] } } };
      guide['redFlags'] = false;
    },
  });
  let patient: Patient;
  const note = (): Locator => patient.page.css('[part~=red-flag]');
  const requests = async (): Promise<string[]> => (await patient.page.requests()).sort();
  const hasAsked = async (file: string): Promise<void> => void (await patient.page.waitFor((name) => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith(name)), file));
  /** Where the links of the note lead. */
  const dials = (): Promise<string[]> => patient.run(() => [...document.querySelector('care-chat')!.shadowRoot!.querySelectorAll<HTMLAnchorElement>('.red-flag a')].filter((link) => link.checkVisibility()).map(({ href }) => href));
  /** Everything the browser keeps that can be read: names and, outside of the vault, values. */
  const kept = async (): Promise<string> => JSON.stringify([await patient.stored(), await patient.run(() => JSON.stringify([localStorage, sessionStorage]))]);
  const sentCount = (): Promise<number> => patient.run(() => (globalThis as unknown as { careSent: string[] }).careSent.length);

  it('loads nothing for it before something is typed', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit();
    await patient.openChat();
    await patient.consent();
    await patient.fillPreChat('Mara Holm');
    await hasAsked('/later.js');
    // The questions before the chat were typed into already; a page that comes back to the conversation begins afresh.
    await patient.page.reload();
    await patient.openPanel();
    await patient.field.waitFor();
    await hasAsked('/later.js');
    assert.deepEqual((await requests()).filter((address) => address.endsWith('/red-flags.js')), []);
    await patient.startsTyping('Hello. ');
    await hasAsked('/red-flags.js');
  }));

  it('shows the emergency number and sends nothing of it', stage.step(async () => {
    const [before, keptBefore, sentBefore] = [await requests(), await kept(), await sentCount()];
    await patient.startsTyping('Since noon I have chest pain');
    await patient.seesPart('red-flag', 'This may need help right away');
    assert.deepEqual(await dials(), ['tel:911']);
    const [field] = await patient.field.matches();
    assert.equal(field?.isFocused, true);
    assert.match(field?.value ?? '', /^Hello\. ?Since noon I have chest pain$/);
    assert.deepEqual(await requests(), before);
    assert.equal(await kept(), keptBefore);
    const frames = await patient.run((from) => (globalThis as unknown as { careSent: string[] }).careSent.slice(from), sentBefore);
    for (const frame of frames) assert.doesNotMatch(frame, /"submit"|chest|emergency|crisis|flag/i);
  }));

  it('is reached and closed by keys, which leave the focus in the field', stage.step(async () => {
    await patient.tabTo(note().role('button', 'Close this note'), 'Shift+Tab');
    await patient.tabTo(note().role('link', /911/), 'Shift+Tab');
    await patient.tabTo(note().role('button', 'Close this note'));
    await patient.page.press('Enter');
    await note().waitForNone();
    await patient.field.waitFor((match) => match.isFocused);
  }));

  it('sends the message, and shows the crisis line first for another kind', stage.step(async () => {
    await patient.page.press('Enter');
    await patient.sees('Since noon I have chest pain');
    await patient.seesState('Sent');
    await patient.startsTyping('I want to die');
    await patient.seesPart('red-flag', 'You do not have to go through this alone');
    assert.deepEqual(await dials(), ['tel:988', 'tel:911']);
    await patient.page.press('Escape');
    await note().waitForNone();
    await patient.field.waitFor((match) => match.isFocused);
    await patient.page.press('Enter');
    await patient.sees('I want to die');
  }));

  it('hears the clinic\'s own phrase, and stays while the message goes', stage.step(async () => {
    await patient.startsTyping('Help, my pump alarms!');
    await patient.seesPart('red-flag', 'This may need help right away');
    await patient.page.press('Enter');
    await patient.sees('Help, my pump alarms!');
    await note().waitFor();
  }));

  it('covers neither the field nor its button, on a phone and at 400 %', stage.step(async () => {
    for (const viewport of [{ width: 390, height: 844 }, { width: 390, height: 420 }, { width: 320, height: 256 }]) {
      await patient.page.setViewport(viewport);
      const gaps = await patient.run(async () => {
        const root = document.querySelector('care-chat')!.shadowRoot!;
        // The layout follows the window in the next frames.
        for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
        const [above, composer, field, button] = ['.red-flag', '.composer', '.composer-field', '.composer-send'].map((selector) => root.querySelector<HTMLElement>(selector)!);
        field!.scrollIntoView({ block: 'nearest' });
        const { left, top, width, height } = button!.getBoundingClientRect();
        return {
          isAbove: above!.getBoundingClientRect().bottom <= composer!.getBoundingClientRect().top + 1,
          isHit: root.elementFromPoint(left + width / 2, top + height / 2)?.closest('.composer-send') === button,
          fitsAcross: above!.scrollWidth <= above!.clientWidth,
        };
      });
      assert.deepEqual(gaps, { isAbove: true, isHit: true, fitsAcross: true }, JSON.stringify(viewport));
    }
  }));

  it('is not there where the clinic has switched it off', stage.step(async () => {
    patient = await stage.patient();
    await patient.visit('/assistant/');
    await patient.openChat();
    await patient.page.role('button', 'Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Start chat').click();
    await patient.field.waitFor();
    await hasAsked('/later.js');
    await patient.sees('What can I help you with?');
    await patient.startsTyping('I have chest pain');
    await patient.page.press('Enter');
    await patient.sees('I have chest pain');
    assert.deepEqual((await requests()).filter((address) => address.endsWith('/red-flags.js')), []);
    await note().waitForNone();
  }));

  it('leaves nothing in the consoles', stage.step(() => stage.quiet()));
});

describe('a number beside what is typed into a long form', () => {
  const stage = useStage();

  /** Whether the note says what it is about and shows its first number, and the field is there, all without scrolling. */
  const sight = (patient: Patient): Promise<Record<string, boolean>> => patient.run(async () => {
    const root = document.querySelector('care-chat')!.shadowRoot!;
    for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const note = [...root.querySelectorAll('.red-flag')].find((one) => one.checkVisibility())!;
    const isSeen = (one: Element): boolean => {
      const { left, top, bottom, width } = one.getBoundingClientRect();
      return [top + 4, bottom - 4].every((y) => y >= 0 && y <= innerHeight && one.contains(root.elementFromPoint(left + width / 2, y)));
    };
    return { title: isSeen(note.querySelector('.red-flag-title')!), number: isSeen(note.querySelector('a')!), field: isSeen(root.activeElement!) };
  });

  for (const viewport of [{ width: 320, height: 256 }, { width: 640, height: 512 }]) {
    it(`is in sight without scrolling, and so is what is written, at ${viewport.width} x ${viewport.height}`, stage.step(async () => {
      const patient = await stage.patient();
      await patient.page.setViewport(viewport);
      await patient.visit('/');
      await patient.openChat();
      await patient.consent();
      await patient.page.role('textbox', /^Tell us more/).type('He has chest pain');
      await patient.seesPart('red-flag', '911');
      assert.deepEqual(await sight(patient), { title: true, number: true, field: true });
      await patient.page.css('[part~=announcer]').includingHidden().waitForText('This may need help right away.');
    }));
  }
});
