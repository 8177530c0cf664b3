/** English of what stands between the opened panel and a conversation: welcome, consent, questions. English is the type of the others. */
import type { Translation } from '../translate.js';

export const startEn = {
  hello: 'How can we help?',
  intro: 'Write to our care team. Your messages are private.',
  hereNow: 'We are here now',
  offline: 'Nobody is here right now',
  opensAt: 'We are back {when}',
  opensAtZone: 'Times are in your time zone.',
  openUntil: 'Open until {when}',
  agents: 'Here now: {names}',
  offlineNote: 'You can still write. We answer as soon as we are back.',
  department: 'Whom would you like to talk to?',
  startChat: 'Start chat',
  starting: 'Starting your chat…',
  privacyNote: 'Please write only what is needed for your question.',
  consentTitle: 'Before we start',
  consentAgree: 'I agree',
  consentRequired: 'Needed for the chat',
  consentOptional: 'Your choice',
  consentMissing: 'Please tick this box to go on.',
  continue: 'Continue',
  back: 'Back',
  formTitle: 'A few questions first',
  formBroken: 'The questions cannot be shown, so you can start without them.',
  errForm: 'The questions have changed. Please check your answers.',
  errInvalid: 'Something in the answers was not accepted. Please check them.',
  errConsent: 'Please agree to the terms first.',
} as const;

export type StartKey = keyof typeof startEn;
export type StartMessages = Translation<typeof startEn>;
