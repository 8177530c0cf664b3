/** A patient's session over ports in memory: the test decides what the page tells, what the log takes, and when a frame comes. */
import { writeNurse, type NurseMessage } from '../../../src/cobrowse/act/act-codec.js';
import { encodeFrame, type Box, type OutgoingFrame } from '../../../src/cobrowse/frame-codec.js';
import { createPatientSession, type CobrowseAudit, type LeftBehind, type PageEvents, type PatientPorts, type PatientSession, type ShownPage } from '../../../src/cobrowse/session/patient.js';
import type { CobrowseSaying, CobrowseStanding, LinkEvents, RelayLink } from '../../../src/cobrowse/session/relay.js';
import type { ConsentRecord } from '../../../src/protocol/types.js';
import { createFakeClock, settle, type FakeClock } from './fake-clock.js';
import { createLoopback, type Loopback } from './loopback-link.js';

const box: Box = [1, 0, 0, 0, 0, 0, 100, 100, -1, -1];
export const consent: ConsentRecord = { purpose: 'cobrowse', version: '1', granted: true, textHash: 'hash', locale: 'en' };
/** A frame with one empty box. */
export const frameText = (seq: number, kind: 'full' | 'delta' = 'full'): string =>
  encodeFrame({ seq, kind, view: [100, 100, 0, 0, 100, 100], strings: [], styles: [], boxes: [box], removed: [] } satisfies OutgoingFrame);

export const requested = (session = 's1', minutes = 30): CobrowseStanding => ({ session, state: 'requested', by: { role: 'agent' }, key: 'desk-key', minutes });

export interface PatientLab {
  readonly session: PatientSession;
  readonly clock: FakeClock;
  readonly loop: Loopback;
  /** What was done, in order: loading, looking, saying. */
  readonly steps: string[];
  readonly said: CobrowseSaying[];
  readonly audits: CobrowseAudit[];
  /** What the nurse's end heard. */
  readonly heard: readonly string[];
  nurse: RelayLink;
  /** The nurse's end is there again. */
  join(): void;
  tell(message: NurseMessage): void;
  page: PageEvents | null;
  /** The recorder gives a frame. */
  show(kind?: 'full' | 'delta'): void;
  fault(): void;
  readonly kept: { left: LeftBehind | null; shown: readonly ShownPage[] };
  pageName: string | undefined;
  /** Whether the log takes what is said. */
  takes: boolean;
  at(): string;
  /** From nothing to frames that go over. */
  begin(minutes?: number): Promise<void>;
}

export interface PatientLabOptions {
  readonly kept?: PatientLab['kept'];
  readonly clock?: FakeClock;
  readonly openEye?: PatientPorts['openEye'];
}

export function createPatientLab({ kept = { left: null, shown: [] }, clock = createFakeClock(), openEye }: PatientLabOptions = {}): PatientLab {
  const loop = createLoopback();
  const [steps, said, audits, heard]: [string[], CobrowseSaying[], CobrowseAudit[], string[]] = [[], [], [], []];
  let seq = 0;
  let give: ((text: string) => void) | null = null;
  let fail: (() => void) | null = null;
  let ids = 0;
  const events: LinkEvents = {
    ready: (code) => heard.push(`ready ${code}`), frame: (bytes) => heard.push(`frame ${(JSON.parse(new TextDecoder().decode(bytes)) as { kind: string }).kind}`),
    control: (bytes) => heard.push(new TextDecoder().decode(bytes)), gap: () => heard.push('gap'), peer: (on) => heard.push(`peer ${on}`), ended: (reason) => heard.push(`ended ${reason}`),
  };
  const session = createPatientSession({
    clock,
    newId: () => `own-${++ids}`,
    async say(saying) {
      steps.push(`say ${saying.state}`);
      said.push(saying);
      return lab.takes;
    },
    openEye: openEye ?? (async (onFrame, onFault) => {
      steps.push('load');
      await Promise.resolve();
      [give, fail] = [onFrame, onFault];
      return { pause: () => steps.push('eye pause'), resume: () => steps.push('eye resume'), requestFull: () => steps.push('eye full'), stop: () => steps.push('eye stop') };
    }),
    async prepareLink() {
      steps.push('prepare');
      return {
        key: 'patient-key',
        async open(id, peerKey, on) {
          steps.push(`open ${id} ${peerKey}`);
          return loop.patient.open(on);
        },
      };
    },
    consent: async () => consent,
    watchPage(on) {
      lab.page = on;
      return () => (lab.page = null);
    },
    pageName: () => lab.pageName,
    left: { get: () => kept.left, set: (left) => void (kept.left = left) },
    shown: { read: async () => kept.shown, write: (pages) => void (kept.shown = pages) },
    audit: (record) => audits.push(record),
  });
  const lab: PatientLab = {
    session, clock, loop, steps, said, audits, heard, nurse: loop.nurse.open(events), kept, page: null, pageName: 'Refills', takes: true,
    join: () => void (lab.nurse = loop.nurse.open(events)),
    tell: (message) => void lab.nurse.send('control', writeNurse(message)!),
    show: (kind = 'full') => give?.(frameText(seq++, kind)),
    fault: () => fail?.(),
    at() {
      const { state } = session.snapshot.value;
      return 'why' in state ? `${state.at} ${state.why}` : state.at;
    },
    async begin(minutes = 30) {
      session.heard(requested('s1', minutes));
      session.allow();
      await settle();
      lab.show();
      session.start();
      await settle();
    },
  };
  return lab;
}
