/**
 * `npm run bench:faults`: messages under faults and kills, and what became of them. Runs one world after the other (each with data, people and conversations of its
 * own, so that memory stays bounded) until there were enough messages and kills, and writes a report.
 *
 *   --messages 100000   at least so many
 *   --kills 100         at least so many
 *   --minutes 25        and no longer
 *   --seed N            repeats the faults of a run; default from the clock
 *   --report PATH       the report as JSON, and as a table in PATH.md; default dist/faults-report.json
 *
 * Exit code 0: enough of both, and no violation.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runUnderFaults, type FaultRunResult } from '../support/node/fault-run.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' }, kills: { type: 'string', default: '100' }, minutes: { type: 'string', default: '25' }, seed: { type: 'string' }, report: { type: 'string' },
  },
});

const wholeNumber = (name: 'messages' | 'kills' | 'minutes' | 'seed', fallback = 0): number => {
  const text = values[name] ?? String(fallback);
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
};

const wanted = { messages: wholeNumber('messages'), kills: wholeNumber('kills'), minutes: wholeNumber('minutes') };
const seed = wholeNumber('seed', Date.now() % 2 ** 31);
const path = values.report ?? fileURLToPath(new URL('../../faults-report.json', import.meta.url));
const messagesPerWorld = 10_000;
const killEveryMs = 4500;

const sum = (runs: readonly FaultRunResult[], of: (run: FaultRunResult) => number): number => runs.reduce((total, run) => total + of(run), 0);
const kindsOf = (runs: readonly FaultRunResult[]): Readonly<Record<string, number>> => {
  const kinds: Record<string, number> = {};
  for (const { faults } of runs) for (const [kind, count] of Object.entries(faults)) kinds[kind] = (kinds[kind] ?? 0) + count;
  return kinds;
};

const summarize = (runs: readonly FaultRunResult[], startedAt: number) => {
  const seconds = sum(runs, ({ underFaultsMs }) => underFaultsMs) / 1000;
  const settled = runs.flatMap(({ report }) => report.settledMs ?? []).sort((left, right) => left - right);
  const counted = (kind: keyof FaultRunResult['report']['counts']): number => sum(runs, ({ report }) => report.counts[kind]);
  return {
    seed, startedAt, node: process.version, cores: availableParallelism(), worlds: runs.length,
    messages: sum(runs, ({ messages }) => messages),
    acknowledged: sum(runs, ({ report }) => report.acknowledged), refused: sum(runs, ({ report }) => report.refused), unknown: sum(runs, ({ report }) => report.unknown),
    eventsSeen: sum(runs, ({ report }) => report.eventsSeen),
    secondsUnderFaults: Math.round(seconds), messagesPerSecond: Math.round(sum(runs, ({ messages }) => messages) / Math.max(1, seconds)),
    kills: sum(runs, ({ kills }) => kills), pagesLeft: sum(runs, ({ reloads }) => reloads), pagesCrashed: sum(runs, ({ crashes }) => crashes), faults: kindsOf(runs),
    lost: counted('lost'), doubled: counted('doubled'), reordered: counted('reordered'), diverged: counted('diverged'), other: counted('other'),
    settledMs: { median: settled[Math.floor(settled.length / 2)] ?? null, longest: settled.at(-1) ?? null },
  };
};

const toTable = (summary: ReturnType<typeof summarize>): string => {
  const { faults, settledMs, seed: used, startedAt, node, cores, ...numbers } = summary;
  const rows = [...Object.entries(numbers), ...Object.entries(faults).map(([kind, count]) => [`fault: ${kind}`, count] as const), ['settled after, median ms', settledMs.median], ['settled after, longest ms', settledMs.longest]] as const;
  const widest = Math.max(...rows.map(([name]) => name.length));
  return [`Seed ${used}, Node ${node}, ${cores} cores, ${new Date(startedAt).toISOString()}`, '', `| ${'what'.padEnd(widest)} | ${'figure'.padStart(10)} |`, `|${'-'.repeat(widest + 2)}|${'-'.repeat(11)}:|`, ...rows.map(([name, value]) => `| ${name.padEnd(widest)} | ${String(value).padStart(10)} |`)].join('\n');
};

// The servers are ended by what hears `exit`.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const startedAt = Date.now();
const until = startedAt + wanted.minutes * 60_000;
const runs: FaultRunResult[] = [];
console.log(`faults: at least ${wanted.messages} messages and ${wanted.kills} kills, at most ${wanted.minutes} minutes, seed ${seed}`);
const said = (): number => sum(runs, ({ messages }) => messages);
const killed = (): number => sum(runs, ({ kills }) => kills);
const isEnough = (): boolean => said() >= wanted.messages && killed() >= wanted.kills;
while (!isEnough() && Date.now() < until) {
  const run = await runUnderFaults({
    seed: (seed + 104_729 * runs.length) % 2 ** 31, killEveryMs, atMostMs: Math.max(1000, until - Date.now()),
    messages: Math.min(messagesPerWorld, Math.max(0, wanted.messages - said())),
    kills: Math.min(Math.ceil((wanted.kills * messagesPerWorld) / Math.max(1, wanted.messages)), Math.max(0, wanted.kills - killed())),
  });
  runs.push(run);
  const { messages, kills, report } = run;
  for (const violation of report.violations.slice(0, 10)) console.log(JSON.stringify(violation));
  console.log(`world ${runs.length}, seed ${run.seed}: ${messages} messages, ${kills} kills, ${report.violations.length} violations, settled after ${report.settledMs} ms; in all ${said()} messages, ${killed()} kills, ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
const summary = summarize(runs, startedAt);
const violations = runs.flatMap(({ seed: of, report }) => report.violations.map((violation) => ({ seed: of, ...violation })));
const table = toTable(summary);
writeFileSync(path, `${JSON.stringify({ ...summary, violations, worlds: runs.map(({ report: { violations: _left, ...report }, ...run }) => ({ ...run, report })) }, null, 2)}\n`);
writeFileSync(`${path}.md`, `${table}\n`);
console.log(`\n${table}\n\nwritten to ${path} and ${path}.md`);
if (violations.length > 0 || !isEnough()) process.exitCode = 1;
