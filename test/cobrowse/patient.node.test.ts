/** The patient's session: what is loaded and sent when, what pauses and ends it, and what is left of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settle } from '../support/shared/fake-clock.js';
import { consent, createPatientLab, frameText, requested, type PatientLab } from '../support/shared/patient-lab.js';

const frames = (lab: PatientLab): readonly string[] => lab.loop.sent.filter(([from, kind]) => from === 'patient' && kind === 'frame').map(([, , text]) => text);
const minute = 60_000;

describe('before the patient agrees', () => {
  it('loads nothing and says nothing when a nurse asks', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    await lab.clock.advance(59_000);
    assert.equal(lab.at(), 'requested');
    assert.deepEqual([lab.steps, lab.loop.sent], [[], []]);
  });

  it('looks at the page after Allow, and sends nothing of it', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    lab.session.allow();
    await settle();
    lab.show();
    assert.equal(lab.at(), 'preview');
    assert.deepEqual([lab.steps, lab.loop.sent], [['load'], []]);
    assert.equal(lab.session.snapshot.value.frame?.kind, 'full');
  });

  it('shows beforehand exactly the frame that the nurse gets', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    lab.session.allow();
    await settle();
    lab.show();
    const before = lab.session.snapshot.value.frame!;
    lab.session.start();
    await settle();
    lab.show();
    assert.deepEqual({ ...(JSON.parse(frames(lab)[0]!) as object), seq: 0 }, { ...(JSON.parse(frameText(0)) as object) });
    assert.deepEqual({ ...lab.session.snapshot.value.frame, seq: 0 }, before);
  });

  it('takes a minute without an answer for no', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    await lab.clock.advance(60_000);
    assert.equal(lab.at(), 'ended no-answer');
    assert.deepEqual(lab.said, [{ session: 's1', state: 'declined', reason: 'timeout' }]);
  });

  it('is not asked a third time', async () => {
    const lab = createPatientLab();
    for (const id of ['s1', 's2', 's3']) {
      lab.session.heard(requested(id));
      lab.session.decline();
    }
    assert.deepEqual(lab.said.map(({ session }) => session), ['s1', 's2']);
    assert.equal(lab.at(), 'ended declined');
  });

  it('says no by itself where this browser cannot do it, which does not count', async () => {
    const lab = createPatientLab({ openEye: () => Promise.reject(new Error('x')) });
    lab.session.heard(requested());
    lab.session.allow();
    await settle();
    assert.deepEqual(lab.said, [{ session: 's1', state: 'declined', reason: 'unsupported' }]);
    assert.equal(lab.session.snapshot.value.state.declines, 0);
  });

  it('stops to look if it was declined while what looks was being loaded', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    lab.session.allow();
    lab.session.decline();
    await settle();
    assert.deepEqual(lab.steps, ['load', 'say declined', 'eye stop']);
    lab.show();
    assert.equal(lab.session.snapshot.value.frame, null);
  });

  it('lets go of the question where another tab has answered', async () => {
    for (const state of ['granted', 'declined'] as const) {
      const lab = createPatientLab();
      lab.session.heard(requested());
      lab.session.heard({ session: 's1', state, by: { role: 'visitor' } });
      assert.equal(lab.at(), 'ended elsewhere');
      assert.deepEqual(lab.said, []);
    }
  });
});

describe('while it is shown', () => {
  it('says so in the log with the text that was agreed to, then opens the link', async () => {
    const lab = createPatientLab();
    await lab.begin();
    assert.deepEqual(lab.said, [{ session: 's1', state: 'granted', key: 'patient-key', consent }]);
    assert.ok(lab.steps.indexOf('say granted') < lab.steps.indexOf('open s1 desk-key'));
    assert.equal(lab.session.snapshot.value.code, '123 456');
  });

  it('begins with a full frame, and with a full one again after a gap, after what was not taken, and when the nurse asks', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show('delta');
    assert.equal(frames(lab).length, 0);
    lab.show();
    lab.show('delta');
    assert.equal(frames(lab).length, 2);
    const fulls = (): number => lab.steps.filter((step) => step === 'eye full').length;
    let before = fulls();
    lab.tell({ t: 'full' });
    assert.equal(fulls(), before + 1);
    lab.show('delta');
    assert.equal(frames(lab).length, 2);
    lab.show();
    lab.loop.refuse(1);
    lab.show('delta');
    lab.show('delta');
    assert.equal(frames(lab).length, 3);
    before = fulls();
    await lab.clock.advance(1000);
    assert.equal(fulls(), before + 1);
  });

  it('sends nothing while it is paused, and says why', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    lab.session.pause();
    lab.show();
    assert.equal(frames(lab).length, 1);
    assert.ok(lab.heard.includes('{"t":"state","why":"patient"}'));
    assert.ok(lab.steps.includes('eye pause'));
    lab.session.resume();
    lab.show('delta');
    lab.show();
    assert.equal(frames(lab).length, 2);
    assert.equal(lab.heard.filter((one) => one === '{"t":"state","why":"none"}').length, 2);
  });

  it('pauses by itself, and goes on by the patient alone, when there is nothing against it', async () => {
    for (const why of ['hidden', 'private-field', 'private-page'] as const) {
      const lab = createPatientLab();
      await lab.begin();
      lab.page!.blocked(why);
      assert.equal(lab.at(), `paused ${why}`);
      lab.session.resume();
      assert.equal(lab.at(), `paused ${why}`);
      lab.page!.blocked(null);
      assert.equal(lab.at(), `paused ${why}`);
      lab.session.resume();
      assert.equal(lab.at(), 'active');
    }
  });

  it('begins paused where the page may not be shown', async () => {
    const lab = createPatientLab();
    lab.session.heard(requested());
    lab.session.allow();
    await settle();
    lab.session.start();
    lab.page!.blocked('private-field');
    await settle();
    lab.show();
    assert.equal(lab.at(), 'paused private-field');
    assert.equal(frames(lab).length, 0);
  });

  it('pauses after three minutes in which nobody did anything', async () => {
    const lab = createPatientLab();
    await lab.begin();
    await lab.clock.advance(2 * minute);
    lab.page!.active();
    await lab.clock.advance(2 * minute);
    assert.equal(lab.at(), 'active');
    await lab.clock.advance(minute);
    assert.equal(lab.at(), 'paused idle');
  });

  it('pauses when the recorder fails', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.fault();
    assert.equal(lab.at(), 'paused fault');
  });

  it('sends nothing while the nurse is away, goes on when the nurse is back, and ends when not', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    lab.nurse.close();
    lab.show();
    assert.deepEqual([lab.at(), lab.session.snapshot.value.code, frames(lab).length], ['active', null, 1]);
    lab.join();
    await lab.clock.advance(2000);
    lab.show();
    assert.equal(frames(lab).length, 2);
    lab.nurse.close();
    for (let n = 0; n < 4; n++) {
      await lab.clock.advance(minute / 4);
      lab.page?.active();
    }
    assert.equal(lab.at(), 'ended nurse');
  });

  it('opens the link anew where the network has closed it, and sends nothing meanwhile', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    lab.loop.end('closed');
    lab.show();
    assert.deepEqual([lab.at(), frames(lab).length], ['active', 1]);
    lab.join();
    await lab.clock.advance(2000);
    lab.show();
    assert.deepEqual([frames(lab).length, lab.said.length], [2, 1]);
  });

  it('hears what the nurse does, twenty times a second, and not while it is paused', async () => {
    const lab = createPatientLab();
    await lab.begin();
    const acts: string[] = [];
    lab.session.onAct((message) => acts.push(message.t));
    for (let n = 0; n < 30; n++) lab.tell({ t: 'point', box: 1, x: n, y: n });
    assert.equal(acts.length, 20);
    await lab.clock.advance(1000);
    lab.session.pause();
    lab.tell({ t: 'clear' });
    assert.equal(acts.length, 20);
    lab.session.resume();
    lab.nurse.send('control', new TextEncoder().encode('{"t":"click","box":1}'));
    lab.tell({ t: 'clear' });
    assert.deepEqual(acts.slice(20), ['clear']);
  });

  it('tells what became of a proposal, and no value', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.session.answer(3, 'accepted');
    assert.ok(lab.heard.includes('{"t":"answer","id":3,"how":"accepted"}'));
  });
});

describe('when it ends', () => {
  it('has stopped everything before Stop returns', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    lab.session.stop();
    assert.deepEqual([lab.at(), lab.loop.isOpen('patient'), lab.page], ['ended stopped', false, null]);
    assert.ok(lab.steps.indexOf('eye stop') < lab.steps.indexOf('say ended'));
    lab.show();
    lab.tell({ t: 'full' });
    await lab.clock.advance(10 * minute);
    assert.equal(frames(lab).length, 1);
    assert.equal(lab.clock.pending, 0);
    assert.deepEqual(lab.said.at(-1), { session: 's1', state: 'ended', reason: 'stopped' });
  });

  const ends: readonly (readonly [string, (lab: PatientLab) => unknown, at: string, said: string | null])[] = [
    ['time is over', (lab) => lab.clock.advance(5 * minute), 'ended timeout', 'timeout'],
    ['the page is left', (lab) => lab.page!.left(), 'ended left', 'left'],
    ['the relay was flooded', (lab) => lab.loop.end('rate'), 'ended rate', 'rate'],
    ['the link fails', (lab) => lab.loop.end('failed'), 'ended error', 'error'],
    ['the grant is taken back', (lab) => {
      lab.loop.end('revoked');
      return lab.clock.advance(3000);
    }, 'ended nurse', null],
    ['the nurse ends it', (lab) => lab.session.heard({ session: 's1', state: 'ended', by: { role: 'agent' }, reason: 'nurse' }), 'ended nurse', null],
    ['the chat was closed', (lab) => lab.session.closed(), 'ended closed', null],
    ['the server says so', (lab) => lab.session.heard({ session: 's1', state: 'ended', by: { role: 'system' }, reason: 'closed' }), 'ended closed', null],
  ];
  for (const [name, make, at, reason] of ends) {
    it(name, async () => {
      const lab = createPatientLab();
      await lab.begin(5);
      // Somebody is there all the time.
      for (let n = 0; n < 4; n++) {
        await lab.clock.advance(minute / 2);
        lab.page?.active();
      }
      await make(lab);
      assert.equal(lab.at(), at);
      assert.deepEqual(lab.said.slice(1).map((saying) => saying.reason), reason === null ? [] : [reason]);
      assert.ok(lab.steps.includes('eye stop'));
    });
  }

  it('ends where the server does not take the consent', async () => {
    const lab = createPatientLab();
    lab.takes = false;
    await lab.begin();
    assert.equal(lab.at(), 'ended error');
    assert.equal(lab.loop.isOpen('patient'), false);
  });

  it('says what was shown: each page by its name, and how long', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    await lab.clock.advance(10_000);
    lab.session.pause();
    await lab.clock.advance(60_000);
    lab.session.resume();
    await lab.clock.advance(5000);
    lab.pageName = 'Pharmacies';
    lab.show();
    await lab.clock.advance(2000);
    lab.session.stop();
    assert.deepEqual(lab.session.snapshot.value.shown.map(({ page, ms }) => [page, ms]), [['Refills', 15_000], ['Pharmacies', 2000]]);
  });

  it('gives the page a record without content', async () => {
    const lab = createPatientLab();
    await lab.begin();
    lab.show();
    lab.session.pause();
    lab.session.stop();
    assert.deepEqual(lab.audits.map(({ state, reason }) => [state, reason]), [['requested', null], ['preview', null], ['active', null], ['paused', 'patient'], ['ended', 'stopped']]);
    const { grantedAt, endedAt, ...rest } = lab.audits.at(-1)!;
    assert.deepEqual(rest, { session: 's1', state: 'ended', reason: 'stopped', consentHash: 'hash', frames: 1 });
    assert.ok(grantedAt !== null && endedAt !== null && endedAt >= grantedAt);
  });
});

describe('on the next page', () => {
  const nextPage = async (waitMs: number): Promise<PatientLab> => {
    const lab = createPatientLab();
    await lab.begin(30);
    await lab.clock.advance(10 * 1000);
    lab.page!.left();
    await lab.clock.advance(waitMs);
    return createPatientLab({ kept: lab.kept, clock: lab.clock });
  };
  const left = { session: 's1', state: 'ended', by: { role: 'visitor' }, reason: 'left' } as const;

  it('asks whether to go on, and goes on by one tap with a new record of consent', async () => {
    const lab = await nextPage(5000);
    lab.session.heard(left);
    await settle();
    assert.equal(lab.at(), 'requested');
    assert.equal(lab.steps.length, 0);
    lab.session.allow();
    await settle();
    assert.equal(lab.at(), 'active');
    assert.deepEqual(lab.said, [{ session: 'own-1', state: 'granted', key: 'patient-key', consent, resumes: 's1' }]);
    assert.ok(lab.steps.includes('open own-1 desk-key'));
    lab.show();
    await lab.clock.advance(1000);
    lab.session.stop();
    assert.deepEqual(lab.session.snapshot.value.shown.map(({ ms }) => ms), [11_000]);
  });

  it('says first that the last page was left, where it could not say so itself', async () => {
    const lab = await nextPage(5000);
    lab.session.heard({ session: 's1', state: 'granted', by: { role: 'visitor' } });
    await settle();
    assert.deepEqual([lab.at(), lab.said], ['requested', [{ session: 's1', state: 'ended', reason: 'left' }]]);
  });

  it('does not ask after two minutes, nor for ever', async () => {
    const late = await nextPage(2 * minute);
    late.session.heard(left);
    await settle();
    assert.equal(late.at(), 'idle');
    const lab = await nextPage(minute);
    lab.session.heard(left);
    await settle();
    await lab.clock.advance(minute);
    assert.equal(lab.at(), 'ended no-answer');
    assert.deepEqual([lab.said, lab.kept.left], [[], null]);
  });

  it('keeps to the time that was agreed to first', async () => {
    const lab = await nextPage(minute);
    lab.session.heard(left);
    await settle();
    lab.session.allow();
    await settle();
    for (let n = 0; n < 29 * 60; n += 20) {
      await lab.clock.advance(20_000);
      lab.page?.active();
    }
    assert.equal(lab.at(), 'ended timeout');
  });

  it('does not count a no as one to the nurse', async () => {
    const lab = await nextPage(5000);
    lab.session.heard(left);
    await settle();
    lab.session.decline();
    assert.deepEqual([lab.at(), lab.said, lab.session.snapshot.value.state.declines, lab.kept.left], ['ended declined', [], 0, null]);
  });
});
