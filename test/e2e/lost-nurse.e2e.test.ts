/** Journey 9: a nurse's browser dies in the middle of a chat. Back in time she still has it; else it waits for somebody else. */
import { describe, it } from 'node:test';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

/** Long enough to come back in on a busy machine, short enough to wait for. */
const agentLostMs = 5000;

/** Short patience with a lost agent, and a front desk that is there at any hour of any day. */
const configure = (config: Record<string, unknown>): void => {
  (config['desk'] as { agentLostMs: number }).agentLostMs = agentLostMs;
  const departments = config['departments'] as { hours: unknown }[];
  for (const department of departments) department.hours = departments[0]?.hours;
};

describe('a nurse whose browser dies', () => {
  const stage = useStage({ configure });
  let patient: Patient;
  let nurse: Nurse;
  let colleague: Nurse;

  it('has a chat with a patient of the front desk', stage.step(async () => {
    [patient, nurse, colleague] = await Promise.all([stage.patient(), stage.nurse(), stage.nurse('frontdesk')]);
    await Promise.all([patient.visit('/appointments/'), nurse.signIn(), colleague.signIn()]);
    await patient.startChat('Olga Petrova', /^Front desk/);
    await colleague.waiting.waitForText('Olga Petrova');
    await nurse.accept();
    await colleague.waiting.role('button', 'Accept').waitForNone();
    await patient.say('Can I come on Friday?');
    await nurse.sees('Can I come on Friday?');
    await patient.seesPart('title', 'Nadia Okafor');
  }));

  it('still has it when she is back in time', stage.step(async () => {
    await nurse.page.goto('about:blank');
    await nurse.comeBack();
    await nurse.openOwn(/Olga Petrova/);
    await nurse.reply('Friday is fine.');
    await patient.sees('Friday is fine.');
    await patient.seesPart('title', 'Nadia Okafor');
  }));

  it('loses it to the queue when she is not', stage.step(async () => {
    await stage.leave(nurse);
    await colleague.waiting.waitForText('Olga Petrova', agentLostMs + 20_000);
    await patient.seesPart('notice', 'You are in the queue');
    await patient.say('Are you still there?');
  }));

  it('and a colleague goes on, with everything that was said', stage.step(async () => {
    await colleague.accept();
    await colleague.seesExactly(['Can I come on Friday?', 'Friday is fine.', 'Are you still there?']);
    await colleague.reply('Yes, Tom here. See you on Friday.');
    await patient.sees('See you on Friday.');
    await patient.seesPart('title', 'Tom Alvarez');
  }));

  it('breaks no policy, logs no error, asks no other origin', stage.step(() => stage.quiet()));
});
