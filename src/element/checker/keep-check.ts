/**
 * A check under way, kept in the vault for this tab: over a reload and a look at another page, half an hour long; an emergency four hours, because the
 * advice is to be found again. The content is kept with it, so that what was said stays on the screen without a network.
 */
import type { Ports } from '../../platform/ports.js';
import type { EmergencyLine } from '../../protocol/types.js';
import { createTabEntries } from '../tab-entries.js';
import { tabFlag } from '../tab-flag.js';
import type { CheckRecord } from './check-record.js';

/** What was read of the server. */
export interface CheckContent {
  readonly id: string;
  readonly pack: unknown;
  readonly allowUnreviewed: boolean;
  readonly lines: readonly EmergencyLine[];
}

/** Where the person stands. */
export interface CheckState {
  readonly record: CheckRecord;
  readonly draft: unknown;
  /** When the result was there; null: still asking. */
  readonly endedAt: number | null;
  readonly sent: boolean;
}

export interface KeptCheck {
  readonly content: CheckContent;
  readonly state: CheckState;
}

export interface CheckStore {
  read(): Promise<KeptCheck | null>;
  writeContent(content: CheckContent): void;
  write(state: CheckState, isEmergency: boolean): void;
  clear(): Promise<void>;
}

const lifeMs = 30 * 60_000;
const emergencyLifeMs = 4 * 3_600_000;
const [contentName, stateName] = ['check-content', 'check'];

/** The check of this tab. Stores nothing before a check begins. */
export function createCheckStore(ports: Ports, widget: string): CheckStore {
  const entries = createTabEntries(ports, tabFlag('live', widget));
  return {
    async read() {
      const [content, state] = await Promise.all([entries.read(contentName), entries.read(stateName)]);
      return content && state ? { content: content as CheckContent, state: state as CheckState } : null;
    },
    writeContent: (content) => entries.write(contentName, content, emergencyLifeMs),
    write: (state, isEmergency) => entries.write(stateName, state, isEmergency ? emergencyLifeMs : lifeMs),
    clear: () => entries.clear(contentName, stateName),
  };
}
