/**
 * Who checks the checker: five backends with one mistake each, really killed and started again, behind the fault proxy. The checker must catch every one,
 * and must find nothing wrong with the same backend without a mistake under the same faults.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { checkHistory, type CheckReport } from '../../src/conformance/checker/check-history.js';
import { createHistory, type HistoryRecord } from '../../src/conformance/checker/history.js';
import { startRecordingClient, type RecordingClient } from '../../src/conformance/checker/recording-client.js';
import type { Violation } from '../../src/conformance/checker/violation.js';
import { startFaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import type { Rule } from '../../src/conformance/proxy/rules.js';
import { createRandom } from '../../src/conformance/random.js';
import { createValidator } from '../../src/protocol/schema/validate.js';
import { brokenStream, type Defect } from '../support/node/broken-server.js';
import { startKillableServer } from '../support/node/killable-server.js';

const seed = Number(process.env['CARE_SEED'] ?? Date.now() % 2 ** 31);
const { stream } = brokenStream;

/** Answers that are lost after the work was done, submits that are torn or arrive and are not answered, connections that end while they are told things. */
const faults: readonly Rule[] = [
  { match: { on: 'frame-to-client', t: 'ok', has: '/d/cmid', probability: 0.06 }, action: { do: 'cut', how: 'rst' } },
  { match: { on: 'frame-to-server', t: 'submit', probability: 0.03 }, action: { do: 'cut', when: 'after' } },
  { match: { on: 'frame-to-server', t: 'submit', probability: 0.02 }, action: { do: 'tear' } },
  { match: { on: 'frame-to-client', t: 'event', probability: 0.02 }, action: { do: 'cut' } },
  { match: { on: 'http-response', method: 'POST', probability: 0.1 }, action: { do: 'cut', how: 'rst' } },
  { match: { on: 'http-request', method: 'POST', probability: 0.05 }, action: { do: 'duplicate' } },
];

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

/** Says something as soon as little is waiting, for so long. */
async function talk(clients: readonly RecordingClient[], forMs: number, numbers: { next: number }): Promise<void> {
  for (const end = Date.now() + forMs; Date.now() < end; await wait(4)) {
    for (const client of clients) if (client.queued < 2) client.say(stream, `message ${numbers.next++}`);
  }
}

/** The log as this client reads it, however busy the machine is. */
async function readLog(client: RecordingClient, server: string): Promise<HistoryRecord> {
  for (const end = Date.now() + 20_000; ; await wait(50)) {
    const log = await client.readLog(stream, server);
    if (log) return { ...log, at: Date.now() };
    assert.ok(Date.now() < end, 'the log cannot be read');
  }
}

/** Waits until all have sent everything and stand at the same place, or nothing has moved for a while: then nothing will. */
async function comeToRest(clients: readonly RecordingClient[]): Promise<void> {
  let state = '';
  for (let movedAt = Date.now(); Date.now() < movedAt + 2500; await wait(20)) {
    const seqs = clients.map((client) => client.cursors()[0]!.seq);
    const next = JSON.stringify([seqs, clients.map(({ queued }) => queued)]);
    if (next !== state) movedAt = Date.now();
    state = next;
    if (new Set(seqs).size === 1 && clients.every(({ queued }) => queued === 0)) return;
  }
}

/** Rounds of faults with a kill in the middle of each, until the report of one says that this is enough. */
async function torment(defect: Defect, isEnough: (report: CheckReport, round: number) => boolean): Promise<CheckReport> {
  const server = await startKillableServer({ defect }, 'broken-server');
  const proxy = await startFaultProxy({ target: server.url, seed });
  const history = createHistory();
  const random = createRandom(seed);
  const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
  const clients = ['ann', 'ben', 'cy'].map((name) => startRecordingClient({
    name, server: proxy.url, history, validator, random, role: 'visitor', via: 'both', streams: [brokenStream], answerMs: 1000, againMs: 60,
    session: { deviceId: `d_${name}`, accessToken: `d_${name}`, refreshToken: '' },
  }));
  const writers = clients.slice(0, 2);
  const numbers = { next: 1 };
  try {
    for (let round = 1; ; round++) {
      proxy.use(faults);
      await talk(writers, 250 + random.unit() * 150, numbers);
      const killed = server.kill();
      await Promise.all([killed, talk(writers, 50, numbers)]);
      await server.start();
      proxy.retarget(server.url);
      await talk(writers, 150, numbers);
      proxy.use([]);
      history.add({ type: 'faults-ended' });
      await comeToRest(clients);
      for (const client of clients) client.settle();
      const logs = await Promise.all(writers.map((client) => readLog(client, server.url)));
      // How long it took says something about this machine only.
      const report = checkHistory([...history.records, ...logs], { connectsPerMin: Infinity, settleMs: Infinity });
      if (isEnough(report, round)) return report;
    }
  } finally {
    for (const client of clients) client.stop();
    await proxy.close();
    await server.dispose();
  }
}

/** What each mistake must be found as, one of these at least. */
const expected: Readonly<Record<Exclude<Defect, 'none'>, (violation: Violation) => boolean>> = {
  'ack-before-commit': ({ invariant, kind }) => (invariant === 'I1' && kind === 'lost') || invariant === 'I6',
  'no-dedupe': ({ invariant }) => invariant === 'I2',
  'replay-then-subscribe': ({ invariant, kind }) => kind === 'lost' && ['I3', 'I5', 'I13'].includes(invariant),
  'live-only': ({ invariant, kind }) => kind === 'lost' && ['I3', 'I5', 'I13'].includes(invariant),
  'dedupe-in-memory': ({ invariant }) => invariant === 'I2',
};

describe('the checker, under faults and kills', { concurrency: 3 }, () => {
  for (const [defect, fits] of Object.entries(expected)) {
    it(`catches the backend with the mistake ${defect}`, async () => {
      const until = Date.now() + 60_000;
      const { violations } = await torment(defect as Defect, (report) => report.violations.some(fits) || Date.now() > until);
      assert.ok(violations.some(fits), `seed ${seed}: ${JSON.stringify(violations.slice(0, 5))}`);
    });
  }

  it('finds nothing wrong with the same backend without a mistake', async () => {
    const { violations, unknown } = await torment('none', (report, round) => report.violations.length > 0 || (round >= 4 && report.acknowledged > 100));
    assert.deepEqual(violations.slice(0, 5), [], `seed ${seed}`);
    assert.equal(unknown, 0);
  });
});
