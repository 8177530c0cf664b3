/**
 * The configuration as the server uses it: every default filled in, every path absolute, every reference checked.
 * `parse.ts` makes it from a file; nothing else may. Must not know HTTP, the hub or the store.
 */
import type { Guide } from '../../bots/guide.js';
import type { CannedReply, ConsentText, EmergencyLine, Limits, LocalText } from '../../protocol/types.js';
import type { Pack } from '../../triage/pack.js';
import type { Day, Priority } from './schema.js';

/** When a department is there. Times are wall-clock times of its zone; `to` "24:00" is the end of the day. */
export interface Hours {
  /** IANA name. */
  readonly timeZone: string;
  readonly weekly: readonly { readonly days: readonly Day[]; readonly from: string; readonly to: string }[];
  /** Days off, `YYYY-MM-DD` in the zone. */
  readonly closed: readonly string[];
}

export interface DepartmentConfig {
  readonly id: string;
  readonly name: LocalText;
  /** Null: whenever an agent is online. */
  readonly hours: Hours | null;
  /** Within what time a message that was left is answered, counted while it is open. */
  readonly responseMs: number;
  /** Asked in place of the widget's questions. */
  readonly preChat: Readonly<Record<string, unknown>> | null;
}

export interface CheckerConfig {
  /** Judged: it can run. */
  readonly pack: Pack;
  /** As it was written, for the patient's browser. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly allowUnreviewed: boolean;
  /** What the clinic has said of levels, by their ids; `hub/hand-over.ts` knows the rest. */
  readonly levels: Readonly<Record<string, { readonly priority?: Priority; readonly to?: 'people' | 'bot' }>>;
}

export interface WebhookConfig {
  readonly url: string;
  /** Signs what is posted. */
  readonly secret: string;
  readonly timeoutMs: number;
}

export interface BotConfig {
  readonly id: string;
  readonly name: LocalText;
  /** When staff gives a conversation back. */
  readonly onReturn: 'silent' | 'resume';
  readonly speaks: { readonly guide: Guide } | { readonly webhook: WebhookConfig };
}

/** What an answer leads to. */
export interface RoutingRule {
  readonly linkId: string;
  readonly equals: string;
  readonly departmentId?: string;
  readonly priority?: Priority;
  /** BCP 47. */
  readonly language?: string;
}

/** Co-browse at a widget where it is on. */
export interface CobrowseConfig {
  readonly minutes: number;
  readonly bytesPerSec: number;
  readonly burstBytes: number;
}

export interface WidgetConfig {
  readonly id: string;
  /** Exact origins; in demo mode also `http://localhost:*`. Compare with `originAllowed`, never by hand. */
  readonly origins: readonly string[];
  /** Ids; all of them exist. The first takes a chat for which none was chosen. */
  readonly departments: readonly string[];
  /** BCP 47; the first is the default. */
  readonly languages: readonly string[];
  readonly emergency: readonly EmergencyLine[];
  readonly privacyUrl: string | null;
  readonly welcome: LocalText | null;
  readonly consents: readonly ConsentText[];
  /** A FHIR Questionnaire, read from its file where the configuration names one. */
  readonly preChat: Readonly<Record<string, unknown>> | null;
  readonly checkers: readonly CheckerConfig[];
  /** What the clinic says of phrases that show a number, as it is sent; null: ours, as they are. */
  readonly redFlags: Readonly<Record<string, unknown>> | null;
  /** FHIR Questionnaires that may be asked for by their id. */
  readonly forms: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Which of `forms` is offered once a chat has ended. */
  readonly rating: string | null;
  /** Who answers while nobody of staff does. */
  readonly bot: BotConfig | null;
  readonly preChatSkippable: boolean;
  /** Each names at least one of what it leads to. */
  readonly routing: readonly RoutingRule[];
  /** A FHIR Questionnaire for what is left while nobody is there; null where nothing can be left. */
  readonly offline: Readonly<Record<string, unknown>> | null;
  /** Null where it is off. */
  readonly cobrowse: CobrowseConfig | null;
  /** The clinic's own page name → what the desk shows for it. */
  readonly pages: Readonly<Record<string, string>>;
}

/** An account to be made at start if there is none with this e-mail. */
export interface AgentSeed {
  readonly email: string;
  readonly name: string;
  readonly title: string;
  readonly departments: readonly string[];
  /** Only ever set in demo mode. */
  readonly password: string | null;
}

/** The protocol's limits, which are announced, and the server's own, which are not. */
export interface ServerLimits extends Limits {
  /** Time for the first frame. */
  readonly helloTimeoutMs: number;
  /** Frames that cannot be read before the connection is closed. */
  readonly badFramesPerMin: number;
  readonly connectionsPerDevice: number;
  /** New visitor sessions per network address. */
  readonly sessionsPerMin: number;
  /** Sign-in attempts per network address. */
  readonly signInsPerMin: number;
  readonly connections: number;
  /** New connections, in all. */
  readonly connectsPerSec: number;
  /** Of one connection. */
  readonly framesPerMin: number;
  /** REST requests per session or address. */
  readonly requestsPerMin: number;
  /** Unread bytes above which typing, presence and summaries are not sent. */
  readonly lightBytes: number;
  /** Unread bytes above which cursors do not advance. */
  readonly pauseBytes: number;
  /** A peer that takes nothing for this long is closed with 4508. */
  readonly stalledMs: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

export interface StaticMount {
  /** Begins and ends with a slash, or is `/`. */
  readonly path: string;
  /** Absolute. */
  readonly dir: string;
  /** Value of the Content-Security-Policy header for its pages. */
  readonly csp: string | null;
}

export interface Config {
  readonly demo: boolean;
  /** Where clients reach the server, without a slash at the end. Null: from the Host header (demo) or the listening address. */
  readonly publicUrl: string | null;
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
    readonly trustedProxies: readonly string[];
  };
  /** Absolute folder of the database, its lock and the admin socket. */
  readonly dataDir: string;
  readonly clinic: { readonly name: string; readonly country: string; readonly timeZone: string };
  readonly widgets: readonly WidgetConfig[];
  readonly departments: readonly DepartmentConfig[];
  readonly agents: readonly AgentSeed[];
  readonly canned: readonly CannedReply[];
  readonly limits: ServerLimits;
  readonly sessions: {
    /** Life of an access token. */
    readonly accessTtlMs: number;
    /** A visitor's session ends this long after its last use. */
    readonly refreshTtlMs: number;
    /** An agent's session ends this long after its last use… */
    readonly agentIdleMs: number;
    /** …and this long after sign-in in any case. */
    readonly agentMaxMs: number;
    /** Failed sign-ins that lock an account. */
    readonly lockAfter: number;
    readonly lockMs: number;
  };
  readonly heartbeat: { readonly intervalMs: number; readonly graceMs: number };
  readonly desk: {
    /** Exact origins that may hold `<care-desk>`; patterns as for widgets. */
    readonly origins: readonly string[];
    /** Chats of an agent whose browser is gone go back to the queue after this. */
    readonly agentLostMs: number;
    /** Open conversations an agent may hold at once by accepting; 0: no limit. */
    readonly maxOpen: number;
  };
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent' };
  readonly static: readonly StaticMount[];
}

/** The widget with this id, if there is one. */
export function findWidget(config: Config, id: string): WidgetConfig | undefined {
  return config.widgets.find((widget) => widget.id === id);
}

/** The department with this id, if there is one. */
export function findDepartment(config: Config, id: string): DepartmentConfig | undefined {
  return config.departments.find((department) => department.id === id);
}

/** What is asked before a chat with a department of a widget. */
export const questionsOf = (config: Config, widget: WidgetConfig, departmentId: string | null): WidgetConfig['preChat'] =>
  (departmentId === null ? null : findDepartment(config, departmentId)?.preChat) ?? widget.preChat;

/** The file the store keeps its data in. */
export const databaseFile = (config: Config): string => `${config.dataDir}/care-chat.sqlite`;

/** The Unix socket through which `care-chat agent …` talks to a running server. */
export const adminSocketFile = (config: Config): string => `${config.dataDir}/admin.sock`;
