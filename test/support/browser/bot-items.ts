/** Items of a conversation with a bot, for the views. */
import type { ActionItem, EscalatedItem, MessageItem } from '../../../src/core/snapshots.js';
import type { Button, Part } from '../../../src/protocol/types.js';
import { message, stubAt, visitorBy } from './stub-chat-session.js';

export const botBy = { id: 'bot_guide', role: 'bot', name: 'Clinic assistant' } as const;

export const buttons: readonly Button[] = [
  { id: 'hours', label: 'Opening hours', do: 'reply' },
  { id: 'bill', label: 'A bill', do: 'department', to: 'billing' },
  { id: 'site', label: 'Our site', do: 'url', to: 'https://www.clinic.test/' },
  { id: 'call', label: 'Call us', do: 'call', to: '+1 555 0100' },
  { id: 'human', label: 'Talk to a person', do: 'handoff', style: 'quiet' },
];

export const botTurn = (seq: number, text: string, own: readonly Button[] = buttons, mode: 'once' | 'many' = 'once'): MessageItem => {
  const fallback = own.map(({ label }, n) => `(${n + 1}) ${label}`).join(' ');
  const parts: Part[] = [{ kind: 'text', text }, { kind: 'buttons', mode, buttons: [...own], fallback }];
  return message(seq, `${text}\n${fallback}`, { by: botBy, parts });
};

export const pressed = (seq: number, target: number, buttonId: string): ActionItem =>
  ({ type: 'action', key: `e${seq}`, seq, at: stubAt + seq * 60_000, by: visitorBy, target, buttonId, label: buttons.find(({ id }) => id === buttonId)?.label ?? buttonId });

export const escalated = (seq: number, cause: EscalatedItem['cause'], by: EscalatedItem['by'] = visitorBy): EscalatedItem =>
  ({ type: 'escalated', key: `e${seq}`, seq, at: stubAt + seq * 60_000, by, cause });
