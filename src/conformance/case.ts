/** What a case is. */
import type { World } from './world.js';

/** Levels of the kit; `desk` includes `core`. */
export type Level = 'core' | 'desk';

export interface Case {
  /** The clause of the specification it proves. */
  readonly clause: string;
  /** A fact. */
  readonly name: string;
  readonly level: Level;
  /** Milliseconds it may take beside the time-outs of single waits; default 0. Cases that must wait run beside the others. */
  readonly slow?: boolean;
  run(world: World): Promise<void>;
}

/** Cases of the core level. */
export const core = (clause: string, name: string, run: Case['run'], options: { readonly slow?: boolean } = {}): Case => ({ clause, name, level: 'core', run, ...options });
