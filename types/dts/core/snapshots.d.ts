/** What a view may know: frozen snapshots of the conversation. State flows down as these, intents flow up through `ChatClient` and `DeskClient`. */
import type { CareErrorCode } from '../base/care-error.js';
import type { ActionBody, Agent, Availability, By, CannedReply, CobrowseBody, Department, EscalatedBody, FormAnsweredBody, Part, Summary, Widget } from '../protocol/types.js';
/** queued: kept here, not yet tried; sending: on its way, unknown; sent: durably stored by the server; then the other side's watermarks. */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';
export interface MessageItem {
    readonly type: 'message';
    /** Stable for the life of the item, from queued to read: the cmid for own messages, else the event id. */
    readonly key: string;
    /** Null until the server has it. */
    readonly seq: number | null;
    readonly at: number;
    readonly by: By;
    /** Written by this person (any of their devices). */
    readonly mine: boolean;
    /** Plain text; parts joined, fall-backs for kinds that are not known. Empty for a tombstone. */
    readonly text: string;
    readonly tombstone: boolean;
    /** Where there is more than text: everything, for who can show it. */
    readonly parts?: readonly Part[];
    /** Own messages only; null for others. */
    readonly state: DeliveryState | null;
    /** Why it failed. */
    readonly error: CareErrorCode | null;
}
/** A staff note (desk only). */
export interface NoteItem {
    readonly type: 'note';
    readonly key: string;
    readonly seq: number | null;
    readonly at: number;
    readonly by: By;
    readonly text: string;
    readonly state: DeliveryState | null;
}
export interface FormItem {
    readonly type: 'form';
    readonly key: string;
    readonly seq: number;
    readonly at: number;
    readonly by: By;
    readonly body: FormAnsweredBody;
}
export interface SystemItem {
    readonly type: 'system';
    readonly key: string;
    readonly seq: number;
    readonly at: number;
    readonly what: 'joined' | 'left' | 'closed' | 'reopened' | 'returned' | 'assigned';
    readonly by: By;
    /** Closed: by whom. */
    readonly reason: string | null;
}
/** A button was pressed. */
export interface ActionItem extends ActionBody {
    readonly type: 'action';
    readonly key: string;
    readonly seq: number;
    readonly at: number;
    readonly by: By;
}
/** A person takes over from a bot. */
export interface EscalatedItem extends EscalatedBody {
    readonly type: 'escalated';
    readonly key: string;
    readonly seq: number;
    readonly at: number;
    readonly by: By;
}
export type TimelineItem = MessageItem | NoteItem | FormItem | SystemItem | ActionItem | EscalatedItem;
/** Chunked and persistent: a change replaces one chunk; equal chunks are identical objects. */
export interface Timeline {
    readonly chunks: readonly (readonly TimelineItem[])[];
    readonly length: number;
    /** True where older events exist on the server and are not loaded. */
    readonly hasOlder: boolean;
    readonly loadingOlder: boolean;
}
/** idle: nothing asked for; connecting: first try; online; waiting: will try again at `retryAt`; stopped: will not try by itself. */
export interface ConnectionStatus {
    readonly state: 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped';
    readonly retryAt: number | null;
    readonly error: CareErrorCode | null;
}
export interface TypingPerson {
    readonly id: string;
    readonly name: string | null;
}
export interface ConversationSnapshot {
    readonly id: string;
    readonly status: 'waiting' | 'open' | 'closed';
    readonly agent: By | null;
    readonly departmentId: string | null;
    /** A bot has spoken, and neither a person was asked for since, nor has staff come. */
    readonly bot: boolean;
    /** What was said last of co-browse: what the event said (without the consent), and who said it. `session` names the session, `key` is the key of who said it. */
    readonly cobrowse: (Omit<CobrowseBody, 'consent'> & {
        readonly by: By;
    }) | null;
    readonly createdAt: number;
    readonly timeline: Timeline;
    readonly typing: readonly TypingPerson[];
    /** Own read watermark: items after it are unread. */
    readonly readSeq: number;
    readonly unread: number;
}
export interface Draft {
    readonly text: string;
    /** When it was last edited (this clock). */
    readonly at: number;
}
export interface ChatSnapshot {
    /** cold: nothing loaded; loading: discovery under way; ready: widget known; failed: see `error`, `load()` tries again. */
    readonly phase: 'cold' | 'loading' | 'ready' | 'failed';
    readonly error: CareErrorCode | null;
    readonly widget: Widget | null;
    readonly availability: Availability | null;
    readonly connection: ConnectionStatus;
    /** False where what is typed would not survive a reload. */
    readonly durable: boolean;
    /** What was sent, one text after the other, while a conversation is being opened for it; null where none is. */
    readonly starting: readonly string[] | null;
    readonly startError: CareErrorCode | null;
    readonly conversation: ConversationSnapshot | null;
    readonly draft: Draft;
    readonly unread: number;
    /** Most UTF-16 code units a message may have. */
    readonly textChars: number;
}
export interface DeskConversation extends ConversationSnapshot {
    readonly summary: Summary | null;
    /** The newest symptom check, where it stands on a page that is not loaded. */
    readonly olderCheck: FormAnsweredBody | null;
    readonly notes: Timeline;
    readonly draft: Draft;
    /** A staff note that is being written. */
    readonly noteDraft: Draft;
}
export interface DeskSnapshot {
    /** signed-out → signing-in → ready. `ended`: the session was ended elsewhere or expired; what was typed is kept until sign-in. */
    readonly phase: 'signed-out' | 'signing-in' | 'ready' | 'ended';
    readonly error: CareErrorCode | null;
    readonly connection: ConnectionStatus;
    readonly durable: boolean;
    readonly agent: Agent | null;
    readonly clinicName: string | null;
    readonly departments: readonly Department[];
    readonly colleagues: readonly {
        readonly id: string;
        readonly name: string;
        readonly title: string;
        readonly state: 'online' | 'away' | 'offline';
    }[];
    readonly state: 'online' | 'away';
    /** Whether the server has co-browse on, at one of its widgets at least. */
    readonly canCobrowse: boolean;
    readonly canned: readonly CannedReply[];
    /** By priority, then longest waiting first; those that a bot answers last. */
    readonly waiting: readonly Summary[];
    /** Own open conversations, latest activity first. */
    readonly mine: readonly Summary[];
    /** The conversation on screen, if any. */
    readonly active: DeskConversation | null;
    /** Most UTF-16 code units a message or note may have. */
    readonly textChars: number;
}
