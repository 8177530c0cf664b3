/** What the kit does not test yet, listed so that a report says so: drafts of §11, and what needs more than one address to see. */
import type { Case } from '../case.js';
import { Skipped } from '../expect.js';

const later = (clause: string, name: string, why: string): Case => ({
  clause, name, level: 'core',
  run: () => Promise.reject(new Skipped(`not applicable: ${why}`)),
});

const drafts: readonly (readonly [clause: string, name: string, capability: string])[] = [
  ['S-11.1', 'buttons and cards', 'bot.buttons'], ['S-11.2', 'forms in a conversation', 'bot.forms'], ['S-11.3', 'files', 'files'], ['S-11.4', 'relay', 'cobrowse'],
  ['S-11.5', 'recall and redaction', 'retract'], ['S-11.6', 'rating', 'rating'], ['S-11.7', 'call me', 'callme'], ['S-11.8', 'transcript', 'transcript'],
  ['S-11.9', 'invites', 'invites'], ['S-11.10', 'other transports', 'sse'], ['S-11.11', 'offline form', 'offline'],
];

/** The list. */
export const laterCases: readonly Case[] = [
  ...drafts.map(([clause, name, capability]) => later(clause, name, `capability \`${capability}\` is draft`)),
  later('S-4.2', 'two nodes write one stream at once', 'needs two nodes'),
  later('S-4.3', 'a new epoch while connected', 'needs a restore from a backup'),
  later('S-8.16', 'a stalled reader costs a bounded amount of memory', 'needs a look inside the server'),
];
