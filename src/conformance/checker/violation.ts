/** What the checker finds. */

/** The invariants of PROTOCOL-DESIGN §4.3, and README.md here. */
export type Invariant = `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;

/** How it is counted. `lost`: something that was acknowledged or seen is not there; `doubled`: it is there twice; `reordered`; `diverged`: two saw different things; `other`. */
export type ViolationKind = 'lost' | 'doubled' | 'reordered' | 'diverged' | 'other';

export interface Violation {
  readonly invariant: Invariant;
  readonly kind: ViolationKind;
  /** What is wrong, in words; ids and numbers are in the fields below. */
  readonly what: string;
  readonly client?: string | undefined;
  readonly stream?: string | undefined;
  readonly cmid?: string | undefined;
  readonly eventIds?: readonly string[] | undefined;
  readonly seqs?: readonly number[] | undefined;
  /** Milliseconds, bytes or a count, where that is what is wrong. */
  readonly amount?: number | undefined;
}

/** Takes a violation. */
export type Report = (violation: Violation) => void;
