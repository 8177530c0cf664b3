/** The report as lines for a terminal. */
import { countOf, type CaseResult, type ConformanceReport } from './report.js';

const signs = { pass: 'ok  ', fail: 'FAIL', skip: 'skip', 'not-applicable': 'n/a ' } as const;

/** A case's line, and a second one where there is something to say. */
export function toLine({ id, outcome, known, detail, durationMs }: CaseResult, index: number, of: number): string {
  const head = `[${String(index).padStart(String(of).length)}/${of}] ${known ? 'known' : `${signs[outcome]} `} ${id}${durationMs >= 1000 ? `  ${(durationMs / 1000).toFixed(1)} s` : ''}`;
  return detail === null ? head : `${head}\n        ${detail}`;
}

const row = (cells: readonly (string | number)[]): string => cells.map((cell, index) => (index === 0 ? String(cell).padEnd(8) : String(cell).padStart(8))).join('');

/** What there is to say at the end; the last line but one counts, the last ones are the badges. */
export function toSummary({ levels, cases, passed, failed, known, skipped, notApplicable, fixed, unfired, stopped, clauses, badges, durationMs }: ConformanceReport): readonly string[] {
  const rows = levels.map((level) => {
    const own = cases.filter((item) => item.level === level);
    const of = (test: (item: CaseResult) => boolean): number => countOf(own, test);
    const seconds = own.reduce((sum, item) => sum + item.durationMs, 0) / 1000;
    return row([level, of(({ outcome }) => outcome === 'pass'), of((item) => item.outcome === 'fail' && !item.known), of((item) => item.known), of(({ outcome }) => outcome === 'skip'), of(({ outcome }) => outcome === 'not-applicable'), `${seconds.toFixed(1)} s`]);
  });
  return [
    '', row(['level', 'passed', 'failed', 'known', 'skipped', 'n/a', 'time']), ...rows, '',
    ...cases.filter((item) => item.outcome === 'fail' && !item.known).map(({ id, detail }) => `FAIL  ${id}\n        ${detail ?? ''}`),
    ...fixed.map((id) => `fixed, remove the line: ${id}`),
    ...unfired.map((rule) => `this rule never fired, so nothing is proved by it: ${rule}`),
    `${clauses.covered} of ${clauses.testable} clauses that can be tested on a server have a case (--clauses tells which)`,
    ...(stopped === null ? [] : [stopped]),
    ...(passed === 0 && failed === 0 && stopped === null ? ['nothing passed, so nothing is proved: what was asked for is not applicable or was skipped'] : []),
    `${passed} passed, ${failed} failed${known > 0 ? `, ${known} known failures` : ''}, ${skipped} skipped, ${notApplicable} not applicable, ${(durationMs / 1000).toFixed(1)} s`,
    ...badges,
  ];
}
