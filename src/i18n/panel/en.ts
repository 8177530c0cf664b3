/** English of the patient's panel, with what the panel shares with the desk. English is the type of the others. */
import type { Translation } from '../translate.js';
import { uiEn } from '../ui/en.js';

export const panelEn = {
  ...uiEn,
  privacy: 'Privacy policy',
  menu: 'More',
  placeholder: 'Write a message',
  waiting: 'You are in the queue. Someone will be with you soon.',
  waitingOffline: 'Nobody is here right now. Write your question; we answer as soon as we are back.',
  ended: 'This chat has ended',
  newChat: 'New chat',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'New message from {name}',
  errorTitle: 'The chat is not available',
  errNetwork: 'We cannot reach the chat. Check your connection (and any ad blocker) and try again.',
  notDurable: 'This browser cannot keep this chat: once you leave the page it is gone, with what is not sent yet.',
} as const;

export type PanelKey = keyof typeof panelEn;
export type PanelMessages = Translation<typeof panelEn>;
