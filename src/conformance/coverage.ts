/** Which clauses and which fault cases are proved, and where: computed from the cases and the two tables, and printed. */
import { allCases } from './all-cases.js';
import { levels, type Case, type Level } from './case.js';
import { clauses, type Clause, type TestPlace } from './clauses.js';
import { faultCases, type FaultCase } from './fault-cases.js';

/** Cases that judge something. Drafts are listed by later-cases.ts and judge nothing. */
const judging = allCases.filter(({ isDraft }) => isDraft !== true);

const casesOf = (id: string): readonly Case[] => judging.filter(({ clause }) => clause === id);

/** Binds a server, and can be seen from outside. */
const isTestable = ({ client, draft, untestable }: Clause): boolean => client === undefined && draft === undefined && untestable === undefined;

/** The first level that has a case for it; null: none has. */
export const levelOf = (id: string): Level | null => (Object.keys(levels) as Level[]).find((level) => casesOf(id).some((item) => item.level === level)) ?? null;

export interface ClauseCoverage {
  readonly covered: number;
  readonly testable: number;
  /** Ids of clauses that could be tested on a server and are not. */
  readonly missing: readonly string[];
}

/** How many clauses that can be tested on a server have a case. */
export function clauseCoverage(): ClauseCoverage {
  const testable = clauses.filter((clause) => isTestable(clause));
  const missing = testable.filter(({ id }) => casesOf(id).length === 0).map(({ id }) => id);
  return { covered: testable.length - missing.length, testable: testable.length, missing };
}

const places = (tests: readonly TestPlace[]): string => tests.map(({ file, title }) => `test/${file} "${title}"`).join('; ');

function proofOf(clause: Clause): string {
  const cases = casesOf(clause.id).length;
  const own = cases === 0 ? [] : [`${cases} case${cases === 1 ? '' : 's'}`];
  if (clause.client) return [...own, `a client's: ${places(clause.client)}`].join('; ');
  if (clause.draft !== undefined) return [...own, `draft: capability \`${clause.draft}\``].join('; ');
  return clause.untestable !== undefined ? [...own, `cannot be seen from outside: ${clause.untestable}`].join('; ') : own[0] ?? 'NO CASE';
}

/** The table of clauses, of all levels or of those mandatory at these. */
export function clauseLines(wanted: readonly Level[] | null): readonly string[] {
  const shown = clauses.filter(({ id }) => wanted === null || wanted.some((level) => levelOf(id) === level));
  const { covered, testable } = clauseCoverage();
  const count = (test: (clause: Clause) => boolean): number => clauses.filter(test).length;
  return [
    'clause   mandatory at  proved by',
    ...shown.map((clause) => `${clause.id.padEnd(9)}${(levelOf(clause.id) ?? '–').padEnd(14)}${clause.about}: ${proofOf(clause)}`),
    `${covered} of ${testable} clauses that can be tested on a server are covered; ${count(({ client }) => client !== undefined)} bind the client (SDK suite), ${count((clause) => clause.draft !== undefined)} are draft, ${count((clause) => clause.untestable !== undefined)} cannot be seen from outside`,
  ];
}

/** The ids of the kit's cases that are this fault case. */
export const casesOfFault = (number: number): readonly string[] => judging.filter(({ faults }) => faults?.includes(number)).map(({ id }) => id);

function placeOf({ number, tests, missing }: FaultCase): string {
  const own = casesOfFault(number);
  const parts = [...(own.length > 0 ? [`kit: ${own.join(', ')}`] : []), ...(tests ? [places(tests)] : []), ...(missing === undefined ? [] : [`not applicable: ${missing}`])];
  return parts.length > 0 ? parts.join('; ') : 'NOWHERE';
}

/** The table of fault cases, by number. */
export const faultCaseLines = (): readonly string[] => [
  ...faultCases.map((fault) => `${String(fault.number).padStart(2)}  ${fault.what}\n    ${placeOf(fault)}`),
  `${faultCases.filter(({ missing }) => missing === undefined).length} of ${faultCases.length} fault cases are tested; ${faultCases.filter(({ missing }) => missing !== undefined).length} are not applicable: capability`,
];

/** Every case: id, level, and what it needs. */
export const caseLines = (wanted: readonly Level[] | null): readonly string[] => allCases
  .filter(({ level }) => wanted === null || wanted.includes(level))
  .map(({ id, level, needs, isDraft }) => `${level.padEnd(6)} ${id}${needs ? `  (adapter: ${needs.join(', ')})` : ''}${isDraft ? '  (draft)' : ''}`);
