/** What a case is, and the levels they belong to. A case's id is made of its clause and its name: who renames a case breaks vendors' lists (test/conformance/case-ids.txt). */
import type { OperationName } from './adapter.js';
import type { World } from './world.js';

/** The levels, and what each stands for. `desk` brings `core` with it (S-1.3); every other level is a set of its own. */
export const levels = {
  core: 'the visitor profile: mandatory',
  auth: 'tokens, sessions, origins and revocation in depth',
  desk: 'the desk profile; brings core; needs an agent\'s account',
  files: 'files (draft, S-11.3): no case yet',
  bot: 'a bot that answers first, with buttons (S-5.11 to S-5.15), at a widget that has one',
  relay: 'co-browse and its relay (§14), at a widget that has it on; needs an agent\'s account',
  chaos: 'broken lines, floods, restarts and kills',
} as const;

export type Level = keyof typeof levels;

export interface Case {
  /** `S-8.5/resuming-from-0-gives-everything`: what reports and lists of known failures say. */
  readonly id: string;
  /** The clause of the specification it proves. */
  readonly clause: string;
  /** A fact. */
  readonly name: string;
  readonly level: Level;
  /** It must wait for a time-out of the backend: runs beside the others, and has 15 s more for each wait. */
  readonly slow?: boolean;
  /** The adapter's operations without which it cannot be judged. Such a case disturbs others, and runs alone behind them. */
  readonly needs?: readonly OperationName[];
  /** Numbers of the fault cases (fault-cases.ts) that it is. */
  readonly faults?: readonly number[];
  /** Only a place in the list: what it would test is draft. */
  readonly isDraft?: boolean;
  run(world: World): Promise<void>;
}

export type CaseOptions = Pick<Case, 'slow' | 'needs' | 'faults' | 'isDraft'>;

const slug = (name: string): string => name.toLowerCase().normalize('NFKD').replace(/['’`]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** A case of a level. */
export const caseOf = (level: Level) => (clause: string, name: string, run: Case['run'], options: CaseOptions = {}): Case =>
  ({ id: `${clause}/${slug(name)}`, clause, name, level, run, ...options });

export const core = caseOf('core');
export const auth = caseOf('auth');
export const desk = caseOf('desk');
export const chaos = caseOf('chaos');
export const bot = caseOf('bot');
