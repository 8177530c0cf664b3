/** English of the patient's panel, with what the panel shares with the desk. English is the type of the others. */
import type { Translation } from '../translate.js';
import { uiEn } from '../ui/en.js';

export const panelEn = {
  ...uiEn,
  privacy: 'Privacy policy',
  language: 'Language',
  menu: 'More',
  placeholder: 'Write a message',
  waiting: 'You are in the queue. Someone will be with you soon.',
  waitingOffline: 'Nobody is here right now. Write your question; we answer as soon as we are back.',
  endChat: 'End chat',
  endQuestion: 'End this chat?',
  endExplain: 'The clinic keeps the conversation. You can start a new chat at any time.',
  endCancel: 'Keep chatting',
  endFailed: 'The chat could not be ended. Check your connection and try again.',
  ended: 'This chat has ended',
  newChat: 'New chat',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'New message from {name}',
  sensitiveWarning: 'This looks like the number of a card or of a social security record. Please leave it out of the chat.',
  errorTitle: 'The chat is not available',
} as const;

export type PanelKey = keyof typeof panelEn;
export type PanelMessages = Translation<typeof panelEn>;
