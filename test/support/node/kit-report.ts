/** What the tests ask of a report of the kit. */
import assert from 'node:assert/strict';
import type { ConformanceReport } from '../../../src/conformance/report.js';

/** What failed, and how. */
export const failures = ({ cases }: ConformanceReport): readonly string[] => cases.filter(({ outcome }) => outcome === 'fail').map(({ clause, name, detail }) => `${clause} ${name}: ${detail}`);

/** The documents promise vendors that the cases of level core take less than this, one after the other. */
const coreMs = 120_000;

/** For runs of the whole level core, nothing left out. */
export const assertCoreInTime = ({ cases }: ConformanceReport): void => {
  const core = cases.filter(({ level, outcome }) => level === 'core' && outcome === 'pass');
  assert.ok(core.length > 60, `${core.length} passed`);
  const spentMs = core.reduce((sum, { durationMs }) => sum + durationMs, 0);
  assert.ok(spentMs < coreMs, `core took ${spentMs} ms`);
};
