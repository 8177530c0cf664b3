/**
 * What is being written, kept in the vault per conversation. Other tabs are told that a draft changed, never what it says; its text goes through the
 * vault. A draft of another tab replaces this one only if it was written on from it: two tabs that are typed in at once each keep their own.
 */
import { type ReadonlySnapshot, createSnapshot } from '../base/snapshot.js';
import type { Ports } from '../platform/ports.js';
import type { Draft } from './snapshots.js';

const saveDelayMs = 300;

export interface DraftStore {
  readonly snapshot: ReadonlySnapshot<Draft>;
  /** Whether it was typed here, and not read from the vault. */
  readonly own: boolean;
  /** Shows the draft of this conversation (or of none yet), and saves the one before. */
  open(name: string): Promise<void>;
  set(text: string): void;
  /** This was sent: it goes, from the vault at once; where something else is being written, that stays. */
  sent(text: string): void;
  /** Saves now: the page is being left. */
  flush(): void;
  /** Another tab saved this one. */
  onRemote(name: string): void;
  /** Takes it out of the vault; on screen it stays until it is left. */
  unstore(): void;
  /** Empties it in this page, with the save that is due; what is stored is for the caller to delete. */
  clear(): void;
  dispose(): void;
}

/** As it is stored. */
interface KeptDraft extends Draft {
  /** Of when the draft was that it was written on from: what its writer had taken over last. */
  readonly on: number;
}

const empty: Draft = Object.freeze({ text: '', at: 0 });

/** Creates the store; reads nothing before `open`. `tell` informs the other tabs of a name. */
export function createDrafts(ports: Pick<Ports, 'clock' | 'vault'>, tell: (name: string) => void): DraftStore {
  const { clock, vault } = ports;
  const snapshot = createSnapshot<Draft>(empty);
  let name = 'new';
  let opened = false;
  let on = 0;
  let cancel: (() => void) | null = null;

  const stop = (): void => {
    cancel?.();
    cancel = null;
  };

  const forget = (): void => {
    on = 0;
    snapshot.set(empty);
  };

  const save = (): void => {
    if (!cancel) return;
    stop();
    const own = name;
    const kept: KeptDraft = { ...snapshot.value, on };
    // An emptied draft is kept as empty for a while: deleted, an older one of another tab would come back.
    void vault.set(`draft/${own}`, kept).then(() => tell(own));
  };

  const due = (): void => void (cancel ??= clock.setTimer(save, saveDelayMs));

  const take = async (own: string, told?: boolean): Promise<void> => {
    const found = (await vault.get(`draft/${own}`, told)) as KeptDraft | undefined;
    const { text, at } = snapshot.value;
    if (own === name && typeof found?.text === 'string' && found.at > at && (!text || at === on || found.on >= at)) {
      on = found.at;
      snapshot.set(Object.freeze({ text: found.text, at: on }));
    } else if (text && found?.text === '') due();
  };

  const set = (text: string): void => {
    if (text === snapshot.value.text) return;
    snapshot.set(Object.freeze({ text, at: Math.max(clock.now(), snapshot.value.at + 1) }));
    due();
  };

  return {
    snapshot,
    get own() {
      return snapshot.value.at !== on;
    },
    async open(next) {
      if (next === name && opened) return;
      opened = true;
      if (next !== name) {
        // What was typed here before there was a conversation, while another tab began one, goes along.
        if (name === 'new' && snapshot.value.at !== on) due();
        else {
          save();
          forget();
        }
        name = next;
      }
      await take(next);
    },
    set,
    sent(text) {
      if (snapshot.value.text.trim() === text.trim()) set('');
      // A page that is left in the next moment must not offer it again.
      save();
    },
    flush: save,
    onRemote(changed) {
      if (changed === name) void take(changed, true);
    },
    unstore() {
      stop();
      void vault.delete(`draft/${name}`);
    },
    clear() {
      stop();
      name = 'new';
      opened = false;
      forget();
    },
    dispose: save,
  };
}
