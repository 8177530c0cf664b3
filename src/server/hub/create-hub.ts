/** Puts the hub together: what a commit, a person's coming and going, and a session's end set in motion. */
import type { Logger } from '../../base/logger.js';
import type { Validator } from '../../protocol/schema/validate.js';
import type { Audit } from '../audit/audit.js';
import { createBots } from '../bots/bots.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { createAgentLost } from '../desk/agent-lost.js';
import { availabilityOf } from '../desk/availability.js';
import { createFeed } from '../desk/feed.js';
import { createPresence } from '../desk/presence.js';
import type { Identity } from '../identity/identity.js';
import type { Store } from '../store/store.js';
import { defaultTiming, type HubContext, type Timing } from './context.js';
import { createDoorbell } from './doorbell.js';
import { createLedger, type Committed } from './ledger.js';
import { createRate } from './rate.js';
import { createRegistry } from './registry.js';
import { createRelay } from './relay.js';
import { createSerial } from './serial.js';
import { sessionEnded } from './session.js';
import { createStamp } from './stamp.js';

export interface HubOptions {
  readonly config: Config;
  readonly store: Store;
  readonly identity: Identity;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
  readonly validator: Validator;
  readonly timing?: Partial<Timing> | undefined;
  /** The latest time in the store when it was opened, milliseconds since the epoch. */
  readonly writtenAt?: number;
}

export interface Hub {
  readonly context: HubContext;
  /** Begins to wait for agents who have open conversations and are not here. */
  start(): Promise<void>;
  /** The store was away, and what was under way then may have been written or not: everybody comes back and reads it anew. */
  startAnew(): void;
  /** Begins nothing more by itself, and waits until everything under way is committed. */
  drain(): Promise<void>;
}

/** Presence frames are sent at most this often. */
const presenceEveryMs = 150;

/** Tells visitors who can answer, some time after it changed. */
function announcePresence(hub: HubContext): void {
  let scheduled = false;
  const announce = async (): Promise<void> => {
    const visitors = [...hub.registry.all].filter(({ principal }) => principal.role === 'visitor');
    for (const widget of hub.config.widgets) {
      const those = visitors.filter(({ principal }) => principal.role === 'visitor' && principal.widgetId === widget.id);
      if (those.length === 0) continue;
      const d = await hub.availability(widget);
      for (const visitor of those) visitor.sendLight({ t: 'presence', d });
    }
  };
  hub.presence.onAgent((id, state) => {
    for (const desk of hub.registry.desks) desk.sendLight({ t: 'colleague', d: { id, state } });
    if (scheduled) return;
    scheduled = true;
    hub.clock.after(presenceEveryMs, () => {
      scheduled = false;
      announce().catch(() => hub.log.error('hub.presence-failed'));
    });
  });
}

/** Conversations that a commit changed. */
const touched = ({ events, conversation }: Committed): ReadonlySet<string> => new Set([
  ...(conversation ? [conversation.id] : []),
  ...events.flatMap(({ stream }) => (stream.startsWith('c_') ? [stream.replace(/\.staff$/, '')] : [])),
]);

function createContext({ config, store, identity, audit, clock, log, validator, timing: given, writtenAt }: HubOptions): HubContext {
  const timing = { ...defaultTiming, ...given };
  const now = (): number => clock.now();
  const stamp = createStamp(now, writtenAt);
  const doorbell = createDoorbell();
  const registry = createRegistry();
  const presence = createPresence(clock);
  const ledger = createLedger(store, doorbell);
  const serial = createSerial();
  const deciding = { store, config, audit, now };
  const submitting = { ...deciding, ledger, serial, submitRate: createRate(config.limits.submitPerMin, () => clock.ticks()) };
  const summaries = { config, store, presence, stamp };
  const feed = createFeed({ summaries, store, registry, clock, log, everyMs: timing.summaryEveryMs });
  const agentLost = createAgentLost({ ...deciding, clock, ledger, serial, presence, log });
  const availability: HubContext['availability'] = (widget) => availabilityOf({ config, store, presence, now, stamp }, widget);
  const bots = createBots({ config, submitting, registry, presence, clock, log, validator });
  const relay = createRelay({ ...deciding, clock, ledger, serial, identity, validator, log, awayMs: timing.relayAwayMs });
  return { config, store, identity, audit, clock, log, validator, timing, doorbell, registry, presence, submitting, summaries, feed, agentLost, bots, relay, availability };
}

/** Creates a hub over an open store. */
export function createHub(options: HubOptions): Hub {
  const context = createContext(options);
  const { registry, presence, feed, agentLost, bots, submitting, identity } = context;
  submitting.ledger.onCommitted((committed) => {
    for (const id of touched(committed)) feed.touch(id);
    const { conversation } = committed;
    if (conversation?.status === 'open' && conversation.agentId !== null) agentLost.watch(conversation.agentId);
  });
  presence.onVisitor(feed.touchVisitor);
  announcePresence(context);
  const offRevoked = identity.onRevoked((sid) => {
    for (const connection of [...registry.all]) if (connection.principal.sid === sid) connection.end(...sessionEnded);
  });
  return {
    context,
    async start() {
      await agentLost.start();
      await bots.start();
      await context.relay.start();
    },
    startAnew() {
      for (const connection of [...registry.all]) connection.end(1012, 'store-recovered', { reconnect: true, retryAfterMs: 1_000 });
    },
    async drain() {
      agentLost.stop();
      feed.stop();
      offRevoked();
      await bots.stop();
      await submitting.serial.idle();
    },
  };
}

