/** What an agent chose on this browser: flags in clear storage, never a name or a text. */
import type { FlagStore } from '../platform/ports.js';

export interface DeskSettings {
  readonly sound: boolean;
  readonly badge: boolean;
  readonly shortcuts: boolean;
  /** Null: not chosen; the attribute or the browser decides. */
  readonly lang: string | null;
}

export type DeskSwitch = 'sound' | 'badge' | 'shortcuts';

const keyOf = (name: string): string => `care-desk.${name}`;

/** Reads the settings; everything is on until it was turned off. */
export function readSettings(flags: FlagStore): DeskSettings {
  const on = (name: DeskSwitch): boolean => flags.get(keyOf(name)) !== 'off';
  return { sound: on('sound'), badge: on('badge'), shortcuts: on('shortcuts'), lang: flags.get(keyOf('lang')) };
}

/** Remembers one switch. */
export const writeSwitch = (flags: FlagStore, name: DeskSwitch, on: boolean): void => (on ? flags.delete(keyOf(name)) : flags.set(keyOf(name), 'off'));

/** Remembers the language. */
export const writeLang = (flags: FlagStore, lang: string): void => flags.set(keyOf('lang'), lang);
