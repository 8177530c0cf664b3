/** Journey 4: the language changes in the middle of a chat, right-to-left included; the conversation stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { panelAr } from '../../src/i18n/panel/ar.js';
import type { PanelMessages } from '../../src/i18n/panel/en.js';
import { panelEs } from '../../src/i18n/panel/es.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

const plain = { menu: 'menu', message: 'message', send: 'send', stateRead: 'stateRead' } as const;
/** The words of a catalogue that this journey looks for. */
const wordsOf = (catalogue: PanelMessages): Record<keyof typeof plain, string> =>
  Object.fromEntries(Object.entries(plain).map(([key, name]) => [key, String(catalogue[name])])) as Record<keyof typeof plain, string>;
const ar = wordsOf(panelAr);
const es = wordsOf(panelEs);

describe('the language changes during a chat', () => {
  const stage = useStage();
  let patient: Patient;
  let nurse: Nurse;
  const direction = (): Promise<string[]> =>
    patient.run(() => {
      const shadow = document.querySelector('care-chat')?.shadowRoot;
      return ['[part~=head]', '[part~=body]'].map((selector) => getComputedStyle(shadow?.querySelector(selector) ?? document.body).direction);
    });
  /** Where a message stands: which edge of the log it is nearer to. */
  const side = async (part: string): Promise<'left' | 'right'> => {
    const [message] = await patient.page.css(`[part~=${part}]`).css('[part~=bubble]').matches();
    const log = await patient.log.waitFor();
    assert.ok(message !== undefined);
    return message.x < log.x ? 'left' : 'right';
  };

  it('is talking in English', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/find-a-doctor/'), nurse.signIn()]);
    await patient.startChat('Salma Haddad');
    await nurse.accept();
    await patient.say('Do you speak Arabic?');
    await nurse.reply('Yes. مرحبًا بك');
    await patient.sees('مرحبًا بك');
    assert.deepEqual(await direction(), ['ltr', 'ltr']);
    assert.equal(await side('message-mine'), 'right');
  }));

  it('turns to Arabic with everything in it', stage.step(async () => {
    await patient.openMenu();
    await patient.page.role('button', 'العربية').click();
    await patient.page.role('textbox', ar.message).waitFor();
    await patient.page.role('button', ar.send).waitFor();
    await patient.page.css('[part~=emergency]').waitForText('911');
    assert.deepEqual(await direction(), ['rtl', 'rtl']);
    assert.equal(await side('message-mine'), 'left');
    assert.equal(await side('message-theirs'), 'right');
    await patient.seesExactly(['Do you speak Arabic?', 'Yes. مرحبًا بك']);
  }));

  it('goes on in Arabic', stage.step(async () => {
    await patient.page.role('textbox', ar.message).fill('شكرًا');
    await patient.page.press('Enter');
    await nurse.sees('شكرًا');
    await nurse.reply('عفوًا');
    await patient.sees('عفوًا');
    await patient.seesState(ar.stateRead);
  }));

  it('stays Arabic on the next page of the visit', stage.step(async () => {
    await patient.visit('/billing/');
    await patient.page.role('textbox', ar.message).waitFor();
    await patient.sees('عفوًا');
    assert.deepEqual(await direction(), ['rtl', 'rtl']);
  }));

  it('turns to Spanish', stage.step(async () => {
    await patient.openMenu(ar.menu);
    await patient.page.role('button', 'Español').click();
    await patient.page.role('textbox', es.message).waitFor();
    assert.deepEqual(await direction(), ['ltr', 'ltr']);
    await patient.sees('عفوًا');
    await patient.seesState(es.stateRead);
  }));

  it('follows the attribute, as the site\'s own switch would set it', stage.step(async () => {
    await patient.run(() => document.querySelector('care-chat')?.setAttribute('lang', 'en'));
    await patient.field.waitFor();
    await patient.sees('عفوًا');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
