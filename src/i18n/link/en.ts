/** English of the line about the connection, beyond what `ui/en.ts` has of it; for patient and staff. English is the type of the others. */
import type { Translation } from '../translate.js';

export const linkEn = {
  retryIn: { one: 'No connection. Trying again in {n} second. What you write is kept and sent then.', other: 'No connection. Trying again in {n} seconds. What you write is kept and sent then.' },
  deviceOffline: 'This device is offline. What you write is kept and sent once it is back.',
  connectedAgain: 'Connected again.',
  trying: 'Trying…',
} as const;

export type LinkKey = keyof typeof linkEn;
export type LinkMessages = Translation<typeof linkEn>;
