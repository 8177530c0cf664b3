/** The nurse's session: it asks, waits and shows what it is told, and decides nothing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNurse, writePatient, type PatientMessage } from '../../src/cobrowse/act/act-codec.js';
import { createNurseSession, type NurseSession } from '../../src/cobrowse/session/nurse.js';
import type { CobrowseSaying, CobrowseStanding, RelayLink } from '../../src/cobrowse/session/relay.js';
import { createFakeClock, settle, type FakeClock } from '../support/shared/fake-clock.js';
import { createLoopback, type Loopback } from '../support/shared/loopback-link.js';

interface NurseLab {
  readonly session: NurseSession;
  readonly clock: FakeClock;
  readonly loop: Loopback;
  readonly said: CobrowseSaying[];
  readonly heard: string[];
  patient: RelayLink;
  join(): void;
  at(): string;
  /** The server's answers, in order; then yes. */
  readonly refusals: (string | null)[];
  tell(message: PatientMessage): void;
  begin(): Promise<void>;
}

const by = { role: 'visitor' };
const granted = (session: string, resumes?: string): CobrowseStanding => ({ session, state: 'granted', by, key: 'patient-key', minutes: 30, ...(resumes !== undefined && { resumes }) });

function createLab(): NurseLab {
  const [loop, clock] = [createLoopback(), createFakeClock()];
  const [said, heard, refusals]: [CobrowseSaying[], string[], (string | null)[]] = [[], [], []];
  let ids = 0;
  const join = (): RelayLink => loop.patient.open({ ready() {}, frame() {}, control: (bytes) => heard.push(readNurse(bytes)!.t), gap() {}, peer() {}, ended() {} });
  const session = createNurseSession({
    clock, newId: () => `d${++ids}`,
    async say(saying) {
      said.push(saying);
      return refusals.shift() ?? null;
    },
    prepareLink: async () => ({ key: 'desk-key', open: async (_session, _key, events) => loop.nurse.open(events) }),
  });
  const lab: NurseLab = {
    session, clock, loop, said, heard, refusals, patient: join(), join: () => void (lab.patient = join()),
    at() {
      const { at, why } = session.snapshot.value;
      return why === null ? at : `${at} ${why}`;
    },
    tell: (message) => void lab.patient.send('control', writePatient(message)!),
    async begin() {
      await session.ask(30);
      session.heard(granted('d1'));
      await settle();
      lab.tell({ t: 'state', why: 'none' });
    },
  };
  return lab;
}

describe('the nurse\'s session', () => {
  it('asks with a key, and waits', async () => {
    const lab = createLab();
    await lab.session.ask(30);
    assert.deepEqual([lab.at(), lab.said], ['waiting', [{ session: 'd1', state: 'requested', key: 'desk-key', minutes: 30 }]]);
    await lab.session.ask(30);
    assert.equal(lab.said.length, 1);
  });

  it('shows what comes after the patient has said yes', async () => {
    const lab = createLab();
    const frames: string[] = [];
    lab.session.onFrame((text) => frames.push(text));
    await lab.begin();
    lab.patient.send('frame', new TextEncoder().encode('one'));
    assert.deepEqual([lab.at(), lab.session.snapshot.value.code, frames], ['active', '123 456', ['one']]);
  });

  it('says why it is paused, and does nothing then', async () => {
    const lab = createLab();
    await lab.begin();
    assert.equal(lab.session.act({ t: 'clear' }), true);
    lab.tell({ t: 'state', why: 'hidden' });
    assert.equal(lab.at(), 'paused hidden');
    assert.equal(lab.session.act({ t: 'clear' }), false);
    lab.tell({ t: 'state', why: 'none' });
    assert.equal(lab.at(), 'active');
    assert.deepEqual(lab.heard, ['clear']);
  });

  for (const [reason, at] of [['patient', 'declined patient'], ['timeout', 'declined timeout'], ['unsupported', 'declined unsupported']] as const) {
    it(`is told that it was declined: ${reason}`, async () => {
      const lab = createLab();
      await lab.session.ask(30);
      lab.session.heard({ session: 'd1', state: 'declined', by, reason });
      assert.equal(lab.at(), at);
      await lab.session.ask(30);
      assert.equal(lab.at(), 'waiting');
    });
  }

  it('is told that it may not ask again', async () => {
    const lab = createLab();
    lab.refusals.push('declined-twice');
    await lab.session.ask(30);
    assert.equal(lab.at(), 'ended declined-twice');
  });

  for (const reason of ['stopped', 'timeout', 'left', 'closed', 'error', 'rate'] as const) {
    it(`is told why it is over: ${reason}`, async () => {
      const lab = createLab();
      await lab.begin();
      lab.session.heard({ session: 'd1', state: 'ended', by, reason });
      assert.equal(lab.at(), `ended ${reason}`);
      assert.equal(lab.loop.isOpen('nurse'), false);
    });
  }

  it('does not take the last answer for that to a new question', async () => {
    const lab = createLab();
    await lab.session.ask(30);
    const declined = { session: 'd1', state: 'declined', by, reason: 'patient' } as const;
    lab.session.heard(declined);
    const asking = lab.session.ask(30);
    lab.session.heard(declined);
    await asking;
    assert.equal(lab.at(), 'waiting');
  });

  it('goes on when the patient does, on the next page, with the same keys', async () => {
    const lab = createLab();
    await lab.begin();
    lab.session.heard({ session: 'd1', state: 'ended', by, reason: 'left' });
    lab.session.heard(granted('own-1', 'd1'));
    await settle();
    lab.tell({ t: 'state', why: 'none' });
    assert.equal(lab.at(), 'active');
  });

  it('does not take up what was allowed to another', async () => {
    const lab = createLab();
    lab.session.heard(granted('other'));
    assert.equal(lab.at(), 'ended lost');
    await lab.session.ask(30);
    assert.deepEqual(lab.said.map(({ session, state }) => [session, state]), [['other', 'ended'], ['d1', 'requested']]);
  });

  it('opens the link anew where the network has closed it, and waits for the log where it was taken back', async () => {
    const lab = createLab();
    await lab.begin();
    lab.loop.end('closed');
    assert.equal(lab.at(), 'connecting');
    lab.join();
    await lab.clock.advance(2000);
    lab.tell({ t: 'state', why: 'none' });
    assert.equal(lab.at(), 'active');
    lab.loop.end('revoked');
    await lab.clock.advance(1000);
    lab.session.heard({ session: 'd1', state: 'ended', by, reason: 'timeout' });
    assert.equal(lab.at(), 'ended timeout');
    await lab.clock.advance(60_000);
    assert.equal(lab.at(), 'ended timeout');
  });

  it('ends it, and says so', async () => {
    const lab = createLab();
    await lab.begin();
    lab.session.end();
    assert.deepEqual([lab.at(), lab.loop.isOpen('nurse'), lab.said.at(-1)], ['ended nurse', false, { session: 'd1', state: 'ended', reason: 'nurse' }]);
  });

  it('counts what is malformed, and asks for a full frame after a gap, once in a second', async () => {
    const lab = createLab();
    await lab.begin();
    lab.patient.send('control', new TextEncoder().encode('{"t":"click"}'));
    assert.equal(lab.session.snapshot.value.refused, 1);
    lab.loop.lose(2);
    lab.patient.send('frame', new TextEncoder().encode('one'));
    lab.patient.send('frame', new TextEncoder().encode('two'));
    assert.deepEqual(lab.heard, ['full']);
    await lab.clock.advance(1000);
    lab.session.needFull();
    assert.deepEqual(lab.heard, ['full', 'full']);
  });

  it('learns what became of a proposal', async () => {
    const lab = createLab();
    const answers: unknown[] = [];
    lab.session.onAnswer((id, how) => answers.push([id, how]));
    await lab.begin();
    lab.tell({ t: 'answer', id: 3, how: 'declined' });
    assert.deepEqual(answers, [[3, 'declined']]);
  });

  it('says no more than twenty things in a second', async () => {
    const lab = createLab();
    await lab.begin();
    for (let n = 0; n < 40; n++) lab.session.act({ t: 'clear' });
    assert.equal(lab.heard.length, 20);
  });
});
