/** Journey: the clinic's page knows some answers already. The patient sees them, cannot change what is locked, and the nurse is told which are the page's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hl7, item, questionnaire } from '../support/shared/questionnaires.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

const preChat = questionnaire([
  item('name', 'string', { text: 'Your name', required: true }), item('member', 'string', { text: 'Member number', required: true }), item('phone', 'string', { text: 'Telephone' }),
  item('site', 'string', { text: 'Where this was opened', extension: [hl7('questionnaire-hidden', { valueBoolean: true })] }), item('born', 'date', { text: 'Date of birth' }),
]);

const configure = (config: Record<string, unknown>): void => {
  for (const widget of config['widgets'] as Record<string, unknown>[]) widget['preChat'] = preChat;
};

describe('what the page knows already', () => {
  const stage = useStage({ configure });
  let patient: Patient;
  let nurse: Nurse;

  /** What stands in a store or an address in clear. */
  const clear = (): Promise<string> => patient.run(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.title]));

  it('is there, locked as text where the page wants it; a value that does not fit is told by its question', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await nurse.signIn();
    await patient.visit('/contact/');
    await patient.run(() => {
      const chat = document.querySelector('care-chat') as HTMLElement & { config: unknown };
      const told: unknown[] = [];
      Object.assign(globalThis, { careTold: told });
      chat.addEventListener('care-error', (event) => {
        const { code, linkId } = event as unknown as Record<string, unknown>;
        told.push([code, linkId]);
      });
      chat.config = { prefill: { name: 'Ada King', member: { value: 'M-4711', locked: true }, phone: '555-0100', site: 'contact desk', born: 'in spring' } };
    });
    await patient.openChat();
    await patient.page.role('radio', /^Nurse line/).click();
    await patient.page.role('button', 'Start chat').click();
    await patient.page.role('checkbox', /I agree/).click();
    await patient.page.role('button', 'Continue').click();
    const name = patient.page.role('textbox', /^Your name/);
    await name.waitFor();
    await patient.seesPart('form', 'Member number: M-4711');
    await patient.page.role('textbox', /^Member number/).waitForNone();
    await patient.seesPart('form', 'Where this was opened: contact desk');
    assert.deepEqual(await patient.run(() => (globalThis as unknown as { careTold: unknown[] }).careTold), [['prefill-invalid', 'born']]);
    assert.ok(!/Ada|4711|contact desk|0100/.test(await clear()), await clear());
    await patient.page.role('textbox', /^Telephone/).fill('555-0199');
    await patient.page.role('button', 'Start chat').click();
    await patient.field.waitFor();
  }));

  it('is marked for the nurse as long as the patient has not said otherwise', stage.step(async () => {
    await nurse.accept();
    const card = nurse.page.css('[part~=pre-chat-card]');
    await card.waitForText(/Your name\s*Ada King\s*From the page, not confirmed by the patient\s*Member number\s*M-4711\s*From the page, not confirmed by the patient\s*Telephone\s*555-0199\s*Where this was opened\s*contact desk\s*From the page, not confirmed by the patient\s*Date of birth\s*Not answered/);
    assert.ok(!/Ada|4711|contact desk/.test(await clear()), await clear());
  }));
});
