/** The checker: a pure function from a recorded history to what is wrong with it. README.md beside this file says what each invariant means. */
import type { HistoryRecord } from './history.js';
import { indexHistory } from './index-history.js';
import { checkAcks, checkLogs, checkOrder, checkSubmits } from './log-invariants.js';
import { checkArrivals, checkCopies, checkPlaces, checkRetracted, checkRights, checkSettling, checkTakenIn, checkWatermarks } from './observer-invariants.js';
import { checkConnects, checkEphemeral, checkMemory, checkRefusals } from './service-invariants.js';
import type { Violation, ViolationKind } from './violation.js';

export interface CheckOptions {
  /** I13. Default 10,000. */
  readonly settleMs?: number | undefined;
  /** I14. Default 120: a client whose network breaks every few seconds may need many. */
  readonly connectsPerMin?: number | undefined;
  /** I3: the network drops or reorders single frames, as no TCP does, so holes are its doing. Default false. */
  readonly framesMayVanish?: boolean | undefined;
  /** I12. Default 1 MiB. */
  readonly connectionBytes?: number | undefined;
}

export interface CheckReport {
  readonly violations: readonly Violation[];
  readonly counts: Readonly<Record<ViolationKind, number>>;
  /** What there was to check: a history without acknowledgements proves nothing. */
  readonly submits: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** Neither acknowledged nor refused in the end. */
  readonly unknown: number;
  readonly streams: number;
  readonly observers: number;
  readonly eventsSeen: number;
  /** From the end of the faults until the last client had come to rest; null where faults did not end. */
  readonly settledMs: number | null;
}

/** Checks a history. Linear in its length; never throws for what is in it. */
export const checkHistory = (records: readonly HistoryRecord[], { settleMs = 10_000, connectsPerMin = 120, framesMayVanish = false, connectionBytes = 1024 * 1024 }: CheckOptions = {}): CheckReport => {
  const history = indexHistory(records);
  const violations: Violation[] = [];
  const report = (violation: Violation): void => void violations.push(violation);
  checkSubmits(history, report);
  checkOrder(history, report);
  checkAcks(history, report);
  checkLogs(history, report);
  checkTakenIn(history, report);
  if (!framesMayVanish) checkArrivals(history, report);
  checkCopies(history, report);
  checkPlaces(history, report);
  checkRetracted(records, report);
  checkWatermarks(history, report);
  checkRights(history, report);
  checkEphemeral(history, report);
  checkMemory(history, connectionBytes, report);
  checkConnects(history, connectsPerMin, report);
  checkRefusals(history, report);
  const settledMs = checkSettling(history, settleMs, report);
  const counts: Record<ViolationKind, number> = { lost: 0, doubled: 0, reordered: 0, diverged: 0, other: 0 };
  for (const { kind } of violations) counts[kind]++;
  const acknowledged = history.submits.filter(({ acks }) => acks.length > 0).length;
  const refused = history.submits.filter(({ refusedWith }) => refusedWith !== null).length;
  return {
    violations, counts, acknowledged, refused, settledMs,
    submits: history.submits.length,
    unknown: history.submits.filter(({ acks, refusedWith }) => acks.length === 0 && refusedWith === null).length,
    streams: history.logs.size,
    observers: new Set(history.copies.map(({ client }) => client)).size,
    eventsSeen: history.of('event').length,
  };
};
