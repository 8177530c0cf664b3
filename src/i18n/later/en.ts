/**
 * English of what a visitor rarely needs, in the chunk `later`: the menu, the question before a chat is ended, what is wrong. English is
 * the type of the others.
 */
import { botEn } from '../bot/en.js';
import { linkEn } from '../link/en.js';
import { redFlagsEn } from '../red-flags/en.js';
import type { Translation } from '../translate.js';

export const laterEn = {
  language: 'Language',
  endChat: 'End chat',
  endQuestion: 'End this chat?',
  endExplain: 'The clinic keeps the conversation. You can start a new chat at any time.',
  endCancel: 'Keep chatting',
  endFailed: 'The chat could not be ended. Check your connection and try again.',
  ending: 'Ending…',
  rate: 'Rate this chat',
  rated: 'Thank you for your rating.',
  sensitiveWarning: 'This looks like the number of a card or of a social security record. Please leave it out of the chat.',
  ...linkEn,
  ...botEn,
  ...redFlagsEn,
  slow: 'This takes longer than usual.',
  otherWays: 'You can also reach us this way:',
  noWays: 'If it is urgent, do not wait for the chat.',
  stopped: 'The connection has ended.',
  errGeneric: 'Something went wrong. Please try again.',
  errBadAnswer: 'Something else answered instead of the chat. If this network has a log-in page, open it first; else try again in a few minutes.',
  errWidget: 'This chat is not set up (unknown name). Please tell the clinic.',
  errConfig: 'This chat is not set up (its address is not valid). Please tell the clinic.',
  errInsecure: 'This chat\'s address is not secure (https is needed). Please tell the clinic.',
  errOrigin: 'The chat may not be used on this page. Please tell the clinic.',
  errTooLong: 'The message is too long. Please shorten it.',
  errEmpty: 'Please write a message first.',
  errClosed: 'This chat has ended. You can start a new one.',
  errRate: 'That was very fast. Please wait a moment and try again.',
  errBusy: 'The chat is very busy. Please try again in a moment.',
  errSession: 'Your chat session has ended. Please start again.',
  errChunk: 'Part of the chat could not be loaded. Check your connection and try again.',
  errVersion: 'This chat is out of date. Please reload the page.',
  errStopped: 'The chat was stopped.',
} as const;

export type LaterKey = keyof typeof laterEn;
export type LaterMessages = Translation<typeof laterEn>;
