/** TypeScript types of the wire, derived from the schema source. Type-only: costs no byte. */
import type { Static } from 'typebox';
import type * as BotApi from './schema/bot-api.js';
import type * as Bots from './schema/bots.js';
import type * as Cobrowse from './schema/cobrowse.js';
import type * as Common from './schema/common.js';
import type * as Consent from './schema/consent.js';
import type * as Events from './schema/events.js';
import type * as Frames from './schema/frames.js';
import type * as Rest from './schema/rest.js';
export type By = Static<typeof Common.By>;
export type Role = Static<typeof Common.Role>;
export type Problem = Static<typeof Common.Problem>;
export type Limits = Static<typeof Common.Limits>;
export type LocalText = Static<typeof Common.LocalText>;
export type TextPart = Static<typeof Events.TextPart>;
export type Part = Static<typeof Events.Part>;
export type Button = Static<typeof Bots.Button>;
export type ButtonsPart = Static<typeof Bots.ButtonsPart>;
export type ActionBody = Static<typeof Bots.ActionBody>;
export type EscalatedBody = Static<typeof Bots.EscalatedBody>;
export type CobrowseBody = Static<typeof Cobrowse.CobrowseBody>;
export type CobrowseSubmit = Static<typeof Cobrowse.CobrowseSubmit>;
export type RelayGrant = Static<typeof Cobrowse.RelayGrant>;
export type RelayHello = Static<typeof Cobrowse.RelayHello>;
export type RelayNotice = Static<typeof Cobrowse.RelayNotice>;
export type RelayRequest = Static<typeof Cobrowse.RelayRequest>;
export type BotRequest = Static<typeof BotApi.BotRequest>;
export type BotTurn = Static<typeof BotApi.BotTurn>;
export type BotAnswer = Static<typeof BotApi.BotAnswer>;
export type ConversationStatus = Static<typeof Events.ConversationStatus>;
export type ConsentRecord = Static<typeof Consent.ConsentRecord>;
export type FormAnswer = Static<typeof Events.FormAnswer>;
export type FormAnsweredBody = Static<typeof Events.FormAnsweredBody>;
export type CheckOutcome = Static<typeof Events.CheckOutcome>;
export type CheckVerdict = Static<typeof Events.CheckVerdict>;
export type Priority = Static<typeof Events.Priority>;
export type AssignmentBody = Static<typeof Events.AssignmentBody>;
export type StatusBody = Static<typeof Events.StatusBody>;
export type MessageEvent = Static<typeof Events.MessageEvent>;
export type WireEvent = Static<typeof Events.Event>;
export type EventKind = keyof typeof Events.eventBodies;
export type SubmitEvent = Static<typeof Events.SubmitEvent>;
export type EmergencyLine = Static<typeof Rest.EmergencyLine>;
export type ConsentText = Static<typeof Rest.ConsentText>;
export type Department = Static<typeof Rest.Department>;
export type Availability = Static<typeof Rest.Availability>;
export type DepartmentAvailability = Static<typeof Rest.DepartmentAvailability>;
export type CheckerContent = Static<typeof Rest.CheckerContent>;
export type FormContent = Static<typeof Rest.FormContent>;
export type Widget = Static<typeof Rest.Widget>;
export type Discovery = Static<typeof Rest.Discovery>;
export type FramesRequest = Static<typeof Rest.FramesRequest>;
export type FramesAnswer = Static<typeof Rest.FramesAnswer>;
export type PollRequest = Static<typeof Rest.PollRequest>;
export type PollAnswer = Static<typeof Rest.PollAnswer>;
export type SessionRequest = Static<typeof Rest.SessionRequest>;
export type RefreshRequest = Static<typeof Rest.RefreshRequest>;
export type VisitorSession = Static<typeof Rest.VisitorSession>;
export type Agent = Static<typeof Rest.Agent>;
export type AgentSessionRequest = Static<typeof Rest.AgentSessionRequest>;
export type AgentSession = Static<typeof Rest.AgentSession>;
export type Watermark = Static<typeof Rest.Watermark>;
export type ConversationState = Static<typeof Rest.ConversationState>;
export type Conversation = Static<typeof Rest.Conversation>;
export type ConversationRequest = Static<typeof Rest.ConversationRequest>;
export type OfflineRequest = Static<typeof Rest.OfflineRequest>;
export type OfflineReceipt = Static<typeof Rest.OfflineReceipt>;
export type ConversationList = Static<typeof Rest.ConversationList>;
export type EventPage = Static<typeof Rest.EventPage>;
export type Submit = Static<typeof Rest.Submit>;
export type SubmitRequest = Static<typeof Rest.SubmitRequest>;
export type SubmitResult = Static<typeof Rest.SubmitResult>;
export type ReceiptRequest = Static<typeof Rest.ReceiptRequest>;
export type Summary = Static<typeof Rest.Summary>;
export type ConversationSearch = Static<typeof Rest.ConversationSearch>;
export type SummaryPage = Static<typeof Rest.SummaryPage>;
export type CannedReply = Static<typeof Rest.CannedReply>;
export type CannedReplies = Static<typeof Rest.CannedReplies>;
export type Desk = Static<typeof Rest.Desk>;
export type Cursor = Static<typeof Frames.Cursor>;
export type StreamStart = Static<typeof Frames.StreamStart>;
export type HelloBody = Static<typeof Frames.HelloFrame>['d'];
export type WelcomeBody = Static<typeof Frames.WelcomeFrame>['d'];
export type ResetBody = Static<typeof Frames.ResetFrame>['d'];
export type ByeBody = Static<typeof Frames.ByeFrame>['d'];
export type ClientFrame = Static<typeof Frames.ClientFrame>;
export type ServerFrame = Static<typeof Frames.ServerFrame>;
/**
 * An event whose kind this version does not know, or whose body it cannot read (`broken`). The cursor advances over it as over any
 * other; nothing else is done with it (README S-4.9). The parsers make it; it is never on the wire.
 */
export interface UnknownEvent extends Pick<WireEvent, 'stream' | 'epoch' | 'seq' | 'id' | 'at' | 'by' | 'cmid' | 'dev'> {
    readonly kind: 'unknown';
    /** The kind on the wire. Data, not a name to look up. */
    readonly was: string;
    /** True where the kind is known and the body is not readable: worth a report. */
    readonly broken: boolean;
}
/** An event as a client sees it. */
export type ParsedEvent = WireEvent | UnknownEvent;
/** A page of history as a client sees it. */
export type ParsedEventPage = Omit<EventPage, 'events'> & {
    readonly events: readonly ParsedEvent[];
};
/** The result of an `ok` frame: the asker knows by `re` which it should be, and must look before it relies on it. */
export type ParsedResult = SubmitResult | StreamStart | {
    readonly expiresAt: number;
} | Readonly<Record<string, never>>;
type Replaced = 'event' | 'events' | 'ok';
/**
 * What a client's parser yields (`parse-frame.ts`, `parse-desk.ts`): the server's frames, with events that may be unknown. `summary`
 * and `colleague` come from the desk's parser only.
 */
export type ParsedFrame = Exclude<ServerFrame, {
    t: Replaced;
}> | {
    readonly t: 'event';
    readonly d: ParsedEvent;
} | {
    readonly t: 'events';
    readonly d: {
        readonly stream: string;
        readonly list: readonly ParsedEvent[];
    };
} | {
    readonly t: 'ok';
    readonly re: number;
    readonly d: ParsedResult;
};
export {};
