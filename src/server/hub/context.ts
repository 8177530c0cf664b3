/** Everything that connections and HTTP handlers share. Made once, by `create-hub.ts`. */
import type { Logger } from '../../base/logger.js';
import type { Validator } from '../../protocol/schema/validate.js';
import type { Availability, Limits } from '../../protocol/types.js';
import type { Audit } from '../audit/audit.js';
import type { Bots } from '../bots/bots.js';
import type { Clock } from '../clock.js';
import type { Config, WidgetConfig } from '../config/config.js';
import type { AgentLost } from '../desk/agent-lost.js';
import type { DeskFeed } from '../desk/feed.js';
import type { Presence } from '../desk/presence.js';
import type { SummaryDeps } from '../desk/summary.js';
import type { Identity } from '../identity/identity.js';
import type { Store } from '../store/store.js';
import type { Doorbell } from './doorbell.js';
import type { Registry } from './registry.js';
import type { Relay } from './relay.js';
import type { SubmitDeps } from './submit.js';

/** Times that no configuration sets. */
export interface Timing {
  /** `auth.expiring` is sent this long before the access token ends. */
  readonly expiringMs: number;
  /** A connection whose token has ended is closed after this. */
  readonly expiredGraceMs: number;
  /** Least time between two summaries of one conversation. */
  readonly summaryEveryMs: number;
  /** Who does not come into the relay, or back into it, within this ends the session. */
  readonly relayAwayMs: number;
}

export const defaultTiming: Timing = { expiringMs: 60_000, expiredGraceMs: 25_000, summaryEveryMs: 100, relayAwayMs: 15_000 };

export interface HubContext {
  readonly config: Config;
  readonly store: Store;
  readonly identity: Identity;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
  readonly validator: Validator;
  readonly timing: Timing;
  readonly doorbell: Doorbell;
  readonly registry: Registry;
  readonly presence: Presence;
  readonly submitting: SubmitDeps;
  readonly summaries: SummaryDeps;
  readonly feed: DeskFeed;
  readonly agentLost: AgentLost;
  readonly bots: Bots;
  readonly relay: Relay;
  availability(widget: WidgetConfig): Promise<Availability>;
}

/** Capabilities of this server; effective are those that both sides name. */
export const serverCaps = ['resume', 'batch', 'typing', 'desk', 'sse', 'poll', 'offline'] as const;

/** Those of a widget: where a bot answers, its buttons are served too; where co-browse is on, its relay. */
export const capsOf = ({ bot, cobrowse }: Pick<WidgetConfig, 'bot' | 'cobrowse'>): readonly string[] =>
  [...serverCaps, ...(bot === null ? [] : ['bot.buttons']), ...(cobrowse === null ? [] : ['cobrowse'])];

/** Those of the desk, which serves every widget. */
export const deskCaps = ({ widgets }: Pick<Config, 'widgets'>): readonly string[] => [...serverCaps, ...(widgets.some(({ cobrowse }) => cobrowse !== null) ? ['cobrowse'] : [])];

/** The limits that are announced. */
export const wireLimits = ({ limits }: Config): Limits => ({
  frameBytes: limits.frameBytes,
  textChars: limits.textChars,
  partsPerMessage: limits.partsPerMessage,
  inflightPerStream: limits.inflightPerStream,
  submitPerMin: limits.submitPerMin,
  typingMinMs: limits.typingMinMs,
  resumeMax: limits.resumeMax,
  pageMax: limits.pageMax,
});
