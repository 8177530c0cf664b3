/** English of what the server, or a text channel, says on behalf of a bot. English is the type of the others. */
import type { Translation } from '../translate.js';

export const guideEn = {
  disclosure: 'You are talking to a bot: an automatic assistant, not a person. You can ask for a person at any time.',
  talkToPerson: 'Talk to a person',
  notUnderstood: 'I did not understand that. Please choose one of these, or ask for a person.',
  redFlag: 'What you wrote may be urgent, and I am only a bot: I have asked for a person. Please do not wait for an answer if somebody is in danger: call the number shown here now.',
  pressButton: 'Please press the button to open the questions.',
  textIntro: '{clinic}: automatic assistant, not a person. Reply HELP for help, STOP to end. Message and data rates may apply. Please send no health information by text.',
  textChoose: 'Reply with the number.',
  textSecure: 'Please go on in our secure chat: {url}',
  textNotUnderstood: 'I did not understand that. Please reply with a number. For anything about your health use our secure chat: {url}',
  textHelp: '{clinic}: automatic assistant, not a person. Call {phone}, or use our secure chat: {url} Reply STOP to end, START to begin. Message and data rates may apply.',
  textStopped: '{clinic}: you get no more messages from us. Reply START to begin again.',
} as const;

export type GuideKey = keyof typeof guideEn;
export type GuideMessages = Translation<typeof guideEn>;
