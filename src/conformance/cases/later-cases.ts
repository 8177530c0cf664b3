/** What is draft (§11), listed so that a report says so. The issue that builds a feature takes its line away and writes the cases. */
import { caseOf, type Case, type Level } from '../case.js';
import { NotApplicable } from '../expect.js';

const drafts: readonly (readonly [level: Level, clause: string, name: string, capability: string])[] = [
  ['core', 'S-6.14', 'a site-signed identity', 'identity'],
  ['bot', 'S-11.1', 'cards', 'bot.cards'], ['bot', 'S-11.2', 'forms in a conversation', 'bot.forms'], ['files', 'S-11.3', 'files', 'files'],
  ['core', 'S-11.5', 'recall and redaction', 'retract'], ['core', 'S-11.7', 'call me', 'callme'], ['core', 'S-11.8', 'transcript', 'transcript'],
  ['core', 'S-11.9', 'invites', 'invites'], ['core', 'S-11.10', 'symptom checkers', 'checkers'], ['core', 'S-11.11', 'typing preview', 'typing.preview'],
];

/** The list. */
export const laterCases: readonly Case[] = drafts.map(([level, clause, name, capability]) =>
  caseOf(level)(clause, name, () => Promise.reject(new NotApplicable(`capability \`${capability}\` is draft`)), { isDraft: true }));
