/**
 * One run under faults: a real backend that is killed and started again over its data, behind the fault proxy, and four pairings of people who talk all the while
 * (bare wire and SDK, patient and agent). Then the faults end, everybody comes to rest, the log is read, and the history is checked.
 */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { checkHistory, type CheckReport } from '../../../src/conformance/checker/check-history.js';
import { createHistory, type History, type HistoryRecord } from '../../../src/conformance/checker/history.js';
import { startRecordingClient, type RecordingClient } from '../../../src/conformance/checker/recording-client.js';
import { startFaultProxy, type FaultProxy } from '../../../src/conformance/proxy/fault-proxy.js';
import { createRandom, type SeededRandom } from '../../../src/conformance/random.js';
import { createValidator } from '../../../src/protocol/schema/validate.js';
import { startKillableServer, type KillableServer } from './killable-server.js';
import { randomFaults } from './random-faults.js';
import { openSdkAgent, openSdkVisitor, type SdkAgent, type SdkVisitor } from './recorded-sdk.js';
import { openConversation, openVisitor, post, signIn, type Person } from './wire-client.js';

export interface FaultRunOptions {
  readonly seed: number;
  /** The faults end when this many messages were said, the server was killed this often, and `atLeastMs` are over; in any case after `atMostMs`. */
  readonly messages: number;
  readonly kills: number;
  readonly atLeastMs?: number;
  readonly atMostMs: number;
  /** Milliseconds from one kill to the next, about. */
  readonly killEveryMs: number;
  /** How soon after the faults everybody must have come to rest, in milliseconds (I13). Default 10,000; a suite that shares the machine asks only that they do. */
  readonly settleMs?: number;
  /** Visitors on the bare wire; half of them with the agent on the wire, half with the desk of the SDK. Default 36. */
  readonly wireVisitors?: number;
  /** Visitors with the SDK; the same halves. One has a second tab. Default 4. */
  readonly sdkVisitors?: number;
}

export interface FaultRunResult {
  readonly seed: number;
  readonly report: CheckReport;
  readonly messages: number;
  readonly kills: number;
  readonly reloads: number;
  readonly crashes: number;
  /** By what was done. */
  readonly faults: Readonly<Record<string, number>>;
  /** Milliseconds under faults. */
  readonly underFaultsMs: number;
}

type Speaker = RecordingClient | SdkVisitor | SdkAgent;

interface Pair {
  readonly stream: string;
  readonly visitor: RecordingClient | SdkVisitor;
  agent: RecordingClient | SdkAgent;
  /** Another tab of the visitor. */
  tab?: SdkVisitor;
}

interface World {
  readonly server: KillableServer;
  readonly proxy: FaultProxy;
  readonly history: History;
  readonly random: SeededRandom;
  readonly pairs: readonly Pair[];
  readonly wire: readonly RecordingClient[];
  readonly sdk: readonly (SdkVisitor | SdkAgent)[];
  readonly desk: SdkAgent;
  /** Who reads which log. */
  readonly readers: ReadonlyMap<string, RecordingClient>;
}

/** Limits that many people at one address do not reach, tokens that are renewed every 15 s (the server asks for it a minute before their end), and a heartbeat that finds the dead soon. */
const config = {
  limits: { submitPerMin: 10_000, framesPerMin: 1_000_000, requestsPerMin: 1_000_000, sessionsPerMin: 100_000, signInsPerMin: 100_000, connectionsPerDevice: 100, connectsPerSec: 100_000 },
  heartbeat: { intervalMs: 1000, graceMs: 1500 },
  sessions: { accessTtlMs: 75_000 },
  desk: { origins: ['https://desk.clinic.test'], agentLostMs: 86_400_000 },
  log: { level: 'error' },
};

const departmentId = 'nurse';
/** Conversations of one connection of the agent on the wire. */
const streamsPerAgent = 3;
/** Longer than anything may take, so that what is late is told from what is lost. */
const patienceMs = 30_000;
const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
/** Without a name to look up for every connection. */
const addressOf = ({ url }: KillableServer): string => url.replace('localhost', '127.0.0.1');
const isWire = (one: Speaker): one is RecordingClient => 'settle' in one;
const toSession = ({ token, refreshToken, deviceId }: Person) => ({ accessToken: token, refreshToken, deviceId });

const accept = async (url: string, agent: Person, stream: string): Promise<void> => {
  const { status } = await post(url, agent, stream, { kind: 'accept' });
  assert.equal(status, 201);
};

/** Everybody meets while the network is good. */
async function openWorld({ seed, wireVisitors = 36, sdkVisitors = 4 }: FaultRunOptions): Promise<World> {
  const server = await startKillableServer(config);
  const proxy = await startFaultProxy({ target: addressOf(server), seed, logLimit: 100 });
  const history = createHistory();
  const random = createRandom(seed);
  const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
  const shared = { server: proxy.url, history, validator, random };
  const ana = await signIn(server.url, 'ana@clinic.test');
  const desk = await openSdkAgent({ ...shared, name: 'desk', seed: seed + 1, email: 'ben@clinic.test', password: 'correct-horse' });
  const pairs: Pair[] = [];
  const wireStreams: { readonly stream: string; readonly epoch: string }[] = [];
  /** Every other one is the desk's; the others are given an agent on the wire below. */
  const meet = async (visitor: Pair['visitor'], stream: string, epoch: string): Promise<Pair> => {
    const pair: Pair = { visitor, stream, agent: desk };
    if (pairs.push(pair) % 2 === 0) await desk.accept(stream);
    else {
      await accept(server.url, ana, stream);
      wireStreams.push({ stream, epoch });
    }
    return pair;
  };
  let epoch = '';
  for (let index = 0; index < wireVisitors; index++) {
    const person = await openVisitor(server.url);
    const opened = await openConversation(server.url, person, { departmentId });
    ({ epoch } = opened);
    const via = (['socket', 'both', 'rest'] as const)[index % 3]!;
    await meet(startRecordingClient({ ...shared, name: `visitor ${index}`, role: 'visitor', via, session: toSession(person), streams: [{ stream: opened.id, epoch }] }), opened.id, epoch);
  }
  for (let index = 0; index < sdkVisitors; index++) {
    const visitor = await openSdkVisitor({ ...shared, name: `sdk visitor ${index}`, seed: seed + 10 + index, departmentId });
    const pair = await meet(visitor, visitor.stream, epoch);
    if (index === 0) pair.tab = await openSdkVisitor({ ...shared, name: 'sdk visitor 0, second tab', seed: seed + 5, browser: visitor.browser });
  }
  // One agent at several machines: a connection that ends holds up few conversations.
  const agents: RecordingClient[] = [];
  for (let from = 0; from < wireStreams.length; from += streamsPerAgent) {
    const streams = wireStreams.slice(from, from + streamsPerAgent);
    const agent = startRecordingClient({ ...shared, name: `agent ${agents.length}`, role: 'agent', via: 'both', session: toSession(await signIn(server.url, 'ana@clinic.test')), streams });
    agents.push(agent);
    for (const pair of pairs) if (streams.some(({ stream }) => stream === pair.stream)) pair.agent = agent;
  }
  const readers = new Map<string, RecordingClient>();
  for (const email of ['ana@clinic.test', 'ben@clinic.test']) {
    const own = pairs.filter(({ agent }) => (agent === desk) === email.startsWith('ben'));
    const reader = startRecordingClient({ ...shared, name: `reader ${email}`, role: 'agent', via: 'rest', session: toSession(await signIn(server.url, email)), streams: own.map(({ stream }) => ({ stream, epoch })) });
    for (const { stream } of own) readers.set(stream, reader);
  }
  const visitors = pairs.flatMap(({ visitor, tab }) => [visitor, ...(tab ? [tab] : [])]);
  return {
    server, proxy, history, random, pairs, desk, readers,
    wire: [...agents, ...new Set(readers.values()), ...visitors.filter(isWire)],
    sdk: [desk, ...visitors.filter((one): one is SdkVisitor => !isWire(one))],
  };
}

interface Tally {
  messages: number;
  reloads: number;
  crashes: number;
  readonly faults: Record<string, number>;
}

const collect = (proxy: FaultProxy, { faults }: Tally): void => {
  for (const { do: kind, count } of proxy.fired()) if (count > 0) faults[kind] = (faults[kind] ?? 0) + count;
};

/** Everybody with little in the outbox says something. */
function talk({ pairs, random, desk }: World, tally: Tally): void {
  for (const { stream, visitor, agent, tab } of pairs) {
    for (const one of [visitor, agent, tab]) {
      if (!one) continue;
      // A person at a screen is slower than a program, and a desk changes what it shows for each.
      const isReady = isWire(one) ? one.queuedIn(stream) < 1 : one.queued < (one === desk ? 6 : 3) && random.unit() < (one === desk ? 0.02 : 0.1);
      if (isReady && one.say(stream, `message ${tally.messages}`)) tally.messages++;
    }
  }
}

/** Once in a while a page is left and opened again, or somebody is impatient. */
async function fidget({ sdk, wire, random }: World, tally: Tally): Promise<void> {
  for (const one of sdk) {
    if (random.unit() < 0.3) one.tryNow();
    if (random.unit() > 0.04) continue;
    const crash = random.unit() < 0.4;
    tally[crash ? 'crashes' : 'reloads']++;
    await one.reload(crash);
  }
  for (const one of wire) if (random.unit() < 0.01) one.reload();
}

/** Says things and breaks things until it is enough. */
async function torment(world: World, { messages, kills, atLeastMs = 0, atMostMs, killEveryMs }: FaultRunOptions, tally: Tally): Promise<void> {
  const { server, proxy, random } = world;
  const startedAt = Date.now();
  const isOver = (): boolean => Date.now() > startedAt + atMostMs || (tally.messages >= messages && server.kills >= kills && Date.now() > startedAt + atLeastMs);
  const talking = (async () => {
    for (; !isOver(); await wait(5)) talk(world, tally);
  })();
  const fidgeting = (async () => {
    for (; !isOver(); await wait(250)) await fidget(world, tally);
  })();
  const weather = (async () => {
    for (; !isOver(); await wait(700 + random.unit() * 1500)) {
      collect(proxy, tally);
      proxy.use(randomFaults(random));
    }
  })();
  for (let next = Date.now() + killEveryMs * random.unit(); !isOver(); await wait(20)) {
    if (Date.now() < next) continue;
    await server.kill();
    await wait(random.unit() * 300);
    await server.start();
    proxy.retarget(addressOf(server));
    next = Date.now() + killEveryMs * (0.5 + random.unit());
  }
  await Promise.all([talking, fidgeting, weather]);
  collect(proxy, tally);
  proxy.use([]);
}

type LogRecord = Extract<HistoryRecord, { type: 'log' }>;

/** Logs as they are now, or null where one could not be read. */
async function readLogs({ pairs, readers, server }: World): Promise<readonly LogRecord[] | null> {
  const logs: LogRecord[] = [];
  for (const { stream, visitor } of pairs) {
    for (const reader of [readers.get(stream)!, ...(isWire(visitor) ? [visitor] : [])]) {
      const log = await reader.readLog(stream, server.url);
      if (!log) return null;
      logs.push({ ...log, at: Date.now() });
    }
  }
  return logs;
}

/** What is on the screens, into the history. The desk shows one conversation after the other. */
async function lookAtScreens({ pairs, desk, history }: World, lastMessage: (stream: string) => number): Promise<void> {
  for (const { stream, visitor, agent, tab } of pairs) {
    for (const one of [visitor, agent, tab]) {
      if (!one || isWire(one)) continue;
      if (one === desk) desk.show(stream);
      for (const end = Date.now() + 10_000; one.lastShown(stream) < lastMessage(stream) && Date.now() < end; ) await wait(20);
      history.add(one.copy(stream) ?? { type: 'copy', client: one.name, stream, from: 1, messages: [] });
    }
  }
}

/** When each was last seen to change: since then it rests, if what it has is all there is. */
function watchRest({ pairs, desk }: World, everybody: readonly Speaker[]): { look(): void; since(one: Speaker): number } {
  const states = new Map<Speaker, { readonly state: string; readonly at: number }>();
  const streamsOf = (one: Speaker): readonly string[] => pairs.filter(({ visitor, tab }) => visitor === one || tab === one).map(({ stream }) => stream);
  return {
    look() {
      for (const one of everybody) {
        // The desk shows one conversation at a time; whether it has the others is seen when it shows them.
        const place = isWire(one) ? one.cursors().map(({ seq }) => seq) : one === desk ? [] : streamsOf(one).map((stream) => one.lastShown(stream));
        const state = JSON.stringify([one.queued, place]);
        if (states.get(one)?.state !== state) states.set(one, { state, at: Date.now() });
      }
    },
    since: (one) => states.get(one)?.at ?? Date.now(),
  };
}

/** Faults are over: until all is sent and all is there, but not for ever. Gives the logs, and who has come to rest when. */
async function comeToRest(world: World): Promise<readonly HistoryRecord[]> {
  const { wire, sdk, history, desk, proxy } = world;
  const everybody: readonly Speaker[] = [...wire, ...sdk];
  const rest = watchRest(world, everybody);
  // What is half-open would go on being a fault until both ends have noticed; it ends here, like the others.
  proxy.cut('rst');
  history.add({ type: 'faults-ended' });
  for (const one of sdk) one.wake();
  const until = Date.now() + patienceMs;
  for (; everybody.some(({ queued }) => queued > 0) && Date.now() < until; await wait(20)) rest.look();
  let logs: readonly LogRecord[] | null = null;
  while (!logs) {
    assert.ok(Date.now() < until + patienceMs, 'the logs cannot be read');
    logs = await readLogs(world);
  }
  const ends = new Map(logs.map(({ stream, head, events }) => [stream, { head, lastMessage: events.filter(({ kind }) => kind === 'message').at(-1)?.seq ?? 0 }]));
  const lastMessage = (stream: string): number => ends.get(stream)?.lastMessage ?? 0;
  const isThere = (one: Speaker): boolean => {
    if (isWire(one)) return one.cursors().every(({ stream, seq }) => seq >= (ends.get(stream)?.head ?? 0));
    return one === desk || one.lastShown((one as SdkVisitor).stream) >= lastMessage((one as SdkVisitor).stream);
  };
  const isResting = (one: Speaker): boolean => one.queued === 0 && isThere(one);
  for (rest.look(); !everybody.every(isResting) && Date.now() < until; rest.look()) await wait(20);
  const settled = everybody.filter(isResting).map((one): HistoryRecord => ({ type: 'settled', at: rest.since(one), client: one.name, queued: 0, cursors: isWire(one) ? one.cursors() : [] }));
  await lookAtScreens(world, lastMessage);
  return [...logs, ...settled];
}

/** Runs once. The report's violations are what a caller must look at; this rejects only where the run itself broke. */
export async function runUnderFaults(options: FaultRunOptions): Promise<FaultRunResult> {
  const world = await openWorld(options);
  const tally: Tally = { messages: 0, reloads: 0, crashes: 0, faults: {} };
  const { server, proxy, history, wire, sdk } = world;
  const startedAt = Date.now();
  try {
    await torment(world, options, tally);
    const underFaultsMs = Date.now() - startedAt;
    const ending = await comeToRest(world);
    // A client on the wire tries again after a few milliseconds; how often the SDK may connect is its own tests' business.
    const report = checkHistory([...history.records, ...ending], { connectsPerMin: Infinity, ...(options.settleMs && { settleMs: options.settleMs }) });
    return { seed: options.seed, report, messages: tally.messages, kills: server.kills, reloads: tally.reloads, crashes: tally.crashes, faults: tally.faults, underFaultsMs };
  } finally {
    for (const one of [...wire, ...sdk]) one.stop();
    await proxy.close();
    await server.dispose();
  }
}
