/** English of what patient and nurse see of a bot. English is the type of the others. */
import type { Translation } from '../translate.js';

export const botEn = {
  talkToPerson: 'Talk to a person',
  asking: 'Asking…',
  chosen: 'Chosen: {label}',
  offered: 'Offered: {label}',
  personAsked: 'A person was asked for',
  botHandsOver: '{name} passes on to our team',
  botFailed: 'The assistant cannot go on. Our team takes over.',
  checkTaken: 'Your answers go to our team. A person takes over.',
} as const;

export type BotKey = keyof typeof botEn;
export type BotMessages = Translation<typeof botEn>;
