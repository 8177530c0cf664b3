/** What the transcript shows: a structural copy of the core's timeline, because `ui` may not know the core. */

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
  readonly state: MessageState | null;
  readonly error: string | null;
}

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
  readonly title: string | null;
  readonly answers: readonly { readonly linkId: string; readonly question: string; readonly answers: readonly string[] }[];
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

export type TranscriptItem = TranscriptMessage | TranscriptNote | TranscriptForm | TranscriptSystem;

export interface TranscriptTimeline {
  readonly chunks: readonly (readonly TranscriptItem[])[];
  readonly length: number;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
}
