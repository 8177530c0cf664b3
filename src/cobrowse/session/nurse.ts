/**
 * The nurse's side of a co-browse session without a screen: asks, waits for the patient's answer, and gets frames while there are any. It decides nothing: whether something is
 * shown, paused or over is the patient's to say.
 */
import { createSnapshot, type ReadonlySnapshot } from '../../base/snapshot.js';
import type { Clock } from '../../platform/ports.js';
import { createRate, readPatient, writeNurse, type NurseMessage, type PauseReason, type ProposalEnd } from '../act/act-codec.js';
import type { CobrowseReason, CobrowseSaying, CobrowseStanding, PreparedLink, RelayLink } from './relay.js';

/** `none`: nobody has asked; `asking`: the server is being asked; `connecting`: allowed, and nothing has come yet. */
export type ViewerAt = 'none' | 'asking' | 'waiting' | 'declined' | 'connecting' | 'active' | 'paused' | 'ended';

export interface ViewerView {
  readonly at: ViewerAt;
  /** Why it was declined, is paused, or is over. */
  readonly why: PauseReason | CobrowseReason | 'lost' | 'declined-twice' | 'failed' | null;
  readonly code: string | null;
  /** When what the patient agreed to ends. */
  readonly endsAt: number | null;
  /** Messages of the patient's side that were malformed. */
  readonly refused: number;
}

export interface NursePorts {
  readonly clock: Clock;
  newId(): string;
  /** Says it in the log. The code of why it was not taken, else null. */
  say(saying: CobrowseSaying): Promise<string | null>;
  prepareLink(): Promise<PreparedLink>;
}

export interface NurseSession {
  readonly snapshot: ReadonlySnapshot<ViewerView>;
  ask(minutes: number): Promise<void>;
  heard(standing: CobrowseStanding | null): void;
  end(): void;
  /** Says what the nurse does; false where it was not sent: nothing is shown now, or it is too much. */
  act(message: NurseMessage): boolean;
  /** A full frame is needed. */
  needFull(): void;
  onFrame(listener: (text: string) => void): () => void;
  onAnswer(listener: (id: number, how: ProposalEnd) => void): () => void;
  dispose(): void;
}

/** A full frame is asked for once in so long. */
const againMs = 1000;
const reopenMs = 2000;
const awayMs = 60_000;
const toldMs = 3000;

export function createNurseSession({ clock, newId, say, prepareLink }: NursePorts): NurseSession {
  const view = createSnapshot<ViewerView>({ at: 'none', why: null, code: null, endsAt: null, refused: 0 });
  const frames = new Set<(text: string) => void>();
  const answers = new Set<(id: number, how: ProposalEnd) => void>();
  let turn = 0;
  let session: string | null = null;
  let prepared: PreparedLink | null = null;
  let link: RelayLink | null = null;
  /** A session of this conversation that another desk, or this one before it was loaded again, has begun. */
  let strange: string | null = null;
  let isAskedAgain = false;
  let cancelAway: (() => void) | null = null;
  let cancelOpen: (() => void) | null = null;
  let mayAct = createRate(clock.now);

  const change = (next: Partial<ViewerView>): void => view.set({ ...view.value, ...next });
  const letGo = (): void => {
    turn++;
    link?.close();
    link = null;
    cancelAway?.();
    cancelOpen?.();
    cancelAway = cancelOpen = null;
  };
  const over = (at: 'declined' | 'ended', why: ViewerView['why']): void => {
    letGo();
    // After the page was left the patient may go on, with the same keys.
    if (why !== 'left') prepared = null;
    change({ at, why, code: null, endsAt: null });
  };
  const send = (message: NurseMessage): boolean => {
    const bytes = writeNurse(message);
    return bytes !== null && (link?.send('control', bytes) ?? false);
  };
  const needFull = (): void => {
    if (isAskedAgain) return;
    isAskedAgain = true;
    clock.setTimer(() => (isAskedAgain = false), againMs);
    send({ t: 'full' });
  };
  const onControl = (bytes: Uint8Array): void => {
    const message = readPatient(bytes);
    if (!message) return change({ refused: view.value.refused + 1 });
    if (message.t === 'answer') for (const listener of answers) listener(message.id, message.how);
    else if (message.why === 'none') change({ at: 'active', why: null });
    else change({ at: 'paused', why: message.why });
  };

  /** Nothing comes: after a while it is over, unless the log says so first. */
  const away = (why: 'stopped' | 'error', ms: number): void => {
    change({ at: 'connecting', why: null, code: null });
    cancelAway ??= clock.setTimer(() => over('ended', why), ms);
  };
  const stay = (): void => {
    cancelAway?.();
    cancelAway = null;
  };
  const open = async (own: PreparedLink, id: string, key: string, mine: number): Promise<void> => {
    const may = (): boolean => mine === turn;
    try {
      const opened = await own.open(id, key, {
        ready(code) {
          if (!may()) return;
          stay();
          change({ code });
        },
        frame(bytes) {
          if (!may()) return;
          const text = new TextDecoder().decode(bytes);
          for (const listener of frames) listener(text);
        },
        control: (bytes) => may() && onControl(bytes),
        gap: () => may() && needFull(),
        peer: (on) => may() && !on && change({ at: 'connecting', why: null, code: null }),
        ended(reason) {
          if (!may()) return;
          link = null;
          if (reason === 'rate') over('ended', 'rate');
          else if (reason === 'failed') over('ended', 'error');
          else if (reason === 'revoked') away('stopped', toldMs);
          else {
            away('error', awayMs);
            cancelOpen = clock.setTimer(() => void open(own, id, key, mine), reopenMs);
          }
        },
      });
      if (!may()) return opened.close();
      link = opened;
    } catch {
      if (may()) over('ended', 'failed');
    }
  };
  const connect = (own: PreparedLink, id: string, key: string, minutes: number): void => {
    letGo();
    session = id;
    change({ at: 'connecting', why: null, endsAt: clock.now() + minutes * 60_000 });
    void open(own, id, key, turn);
  };

  return {
    snapshot: view,
    async ask(minutes) {
      const { at } = view.value;
      if (at !== 'none' && at !== 'declined' && at !== 'ended') return;
      letGo();
      const mine = turn;
      // What is heard of the last one is no answer to this one.
      session = null;
      change({ at: 'asking', why: null, refused: 0 });
      try {
        if (strange !== null) await say({ session: strange, state: 'ended', reason: 'nurse' });
        const own = await prepareLink();
        const id = newId();
        if (mine !== turn) return;
        [prepared, session] = [own, id];
        const refusal = await say({ session: id, state: 'requested', key: own.key, minutes });
        if (mine === turn && refusal !== null) over('ended', refusal === 'declined-twice' ? refusal : 'failed');
        else if (mine === turn && view.value.at === 'asking') change({ at: 'waiting' });
      } catch {
        if (mine === turn) over('ended', 'failed');
      }
    },
    heard(standing) {
      if (!standing) return;
      const { session: id, state, key, minutes = 30, reason, resumes } = standing;
      const { at } = view.value;
      if (id === session) {
        if (state === 'declined' && at !== 'declined') over('declined', reason ?? 'patient');
        else if (state === 'ended' && at !== 'ended') over('ended', reason ?? 'stopped');
        else if (state === 'granted' && (at === 'waiting' || at === 'asking') && prepared && key !== undefined) connect(prepared, id, key, minutes);
      } else if (state === 'granted' && resumes !== undefined && resumes === session && prepared && key !== undefined) connect(prepared, id, key, minutes);
      else if ((state === 'granted' || state === 'requested') && at === 'none') {
        strange = id;
        change({ at: 'ended', why: 'lost' });
      }
    },
    end() {
      const { at } = view.value;
      if (session === null || at === 'none' || at === 'declined' || at === 'ended') return;
      over('ended', 'nurse');
      void say({ session, state: 'ended', reason: 'nurse' });
    },
    act: (message) => view.value.at === 'active' && mayAct() && send(message),
    needFull,
    onFrame(listener) {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    onAnswer(listener) {
      answers.add(listener);
      return () => answers.delete(listener);
    },
    dispose() {
      letGo();
      mayAct = () => false;
      frames.clear();
      answers.clear();
    },
  };
}
