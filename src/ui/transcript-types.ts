/** What the transcript shows: a structural copy of the core's timeline, because `ui` may not know the core. */
import type { TemplateResult } from 'lit/html.js';

export interface Person {
  readonly id: string;
  readonly role: 'visitor' | 'agent' | 'bot' | 'system';
  readonly name?: string;
  readonly title?: string;
}

export type MessageState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface TranscriptMessage {
  readonly type: 'message';
  readonly key: string;
  readonly seq: number | null;
  readonly at: number;
  readonly by: Person;
  readonly mine: boolean;
  readonly text: string;
  readonly tombstone: boolean;
  /** Where there is more than text. */
  readonly parts?: readonly TranscriptPart[];
  readonly state: MessageState | null;
  readonly error: string | null;
}

export interface TranscriptButton {
  readonly id: string;
  readonly label: string;
  readonly style?: string | undefined;
  readonly do: string;
  readonly to?: string | undefined;
}

/** Text, buttons, or something else with its fall-back. */
export type TranscriptPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'buttons'; readonly mode: 'once' | 'many'; readonly buttons: readonly TranscriptButton[]; readonly fallback: string }
  | { readonly kind: string; readonly fallback: string };

export interface TranscriptNote {
  readonly type: 'note';
  readonly key: string;
  readonly seq: number | null;
  readonly at: number;
  readonly by: Person;
  readonly text: string;
  readonly state: MessageState | null;
}

export interface TranscriptForm {
  readonly type: 'form';
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: Person;
  readonly body: {
    readonly asked?: { readonly target: number; readonly buttonId: string } | undefined;
    readonly form: { readonly title?: string };
    readonly answers: readonly { readonly linkId: string; readonly question: string; readonly answers: readonly string[] }[];
  };
}

export interface TranscriptSystem {
  readonly type: 'system';
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly what: 'joined' | 'left' | 'closed' | 'reopened' | 'returned' | 'assigned';
  readonly by: Person;
  readonly reason: string | null;
}

export interface TranscriptAction {
  readonly type: 'action';
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: Person;
  readonly target: number;
  readonly buttonId: string;
  readonly label: string;
}

export interface TranscriptEscalated {
  readonly type: 'escalated';
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: Person;
  readonly cause: 'visitor' | 'bot' | 'failed' | 'checker';
}

export type TranscriptItem = TranscriptMessage | TranscriptNote | TranscriptForm | TranscriptSystem | TranscriptAction | TranscriptEscalated;

/** What shows of an item beyond what the transcript knows: of a message what stands below its sender, of a pressed button and a hand-over all. Undefined: nothing yet. */
export type ShowMore = (item: TranscriptItem) => TemplateResult | undefined;

export interface TranscriptTimeline {
  readonly chunks: readonly (readonly TranscriptItem[])[];
  readonly length: number;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
}
