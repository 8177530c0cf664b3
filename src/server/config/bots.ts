/** The bots of a configuration, with the files they name read. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BotConfig, WidgetConfig } from './config.js';
import { didYouMean, type ConfigMistake } from './mistakes.js';
import type { ConfigFile } from './schema.js';

type BotFile = NonNullable<ConfigFile['bots']>[number];

const secretChars = 32;

/** Reads the secret that signs what a webhook gets. */
function secretOf({ secretFile }: NonNullable<BotFile['webhook']>, pointer: string, baseDir: string): { readonly secret: string } | { readonly mistake: ConfigMistake } {
  const mistake = (code: string, message: string) => ({ mistake: { pointer, code, message } });
  try {
    const secret = readFileSync(resolve(baseDir, secretFile), 'utf8').trim();
    return secret.length >= secretChars ? { secret } : mistake('too-short', `the secret in "${secretFile}" must have at least ${secretChars} characters.`);
  } catch {
    return mistake('file', `the file "${secretFile}" cannot be read (looked in ${baseDir}).`);
  }
}

/** By id, those that `isSound` finds without a mistake of shape; and what is wrong with the files that they name. */
export function readBots(bots: readonly BotFile[] | undefined, baseDir: string, isSound: (pointer: string) => boolean): { readonly bots: ReadonlyMap<string, BotConfig>; readonly mistakes: readonly ConfigMistake[] } {
  const known = new Map<string, BotConfig>();
  const mistakes: ConfigMistake[] = [];
  (Array.isArray(bots) ? bots : []).forEach((bot: BotFile, n) => {
    const pointer = `/bots/${n}`;
    if (!isSound(pointer)) return;
    const { id, name, onReturn = 'silent', guide, webhook } = bot;
    if (guide) known.set(id, { id, name, onReturn, speaks: { guide } });
    if (!webhook) return;
    const read = secretOf(webhook, `${pointer}/webhook/secretFile`, baseDir);
    if ('mistake' in read) mistakes.push(read.mistake);
    else known.set(id, { id, name, onReturn, speaks: { webhook: { url: webhook.url, secret: read.secret, timeoutMs: webhook.timeoutMs ?? 3000 } } });
  });
  return { bots: known, mistakes };
}

/** What a widget's guide opens, or is asked once a chat has ended, and which the widget does not have. */
export function unknownContent({ bot, checkers, forms, rating }: WidgetConfig, pointer: string): readonly ConfigMistake[] {
  const buttons = bot !== null && 'guide' in bot.speaks ? bot.speaks.guide.steps.flatMap(({ buttons: own = [] }) => own) : [];
  const unknown = (at: string, says: string, wanted: readonly (string | null | undefined)[], known: readonly string[], code: string, what: string): readonly ConfigMistake[] =>
    wanted.flatMap((id) => (id === null || id === undefined || known.includes(id) ? [] : [{ pointer: `${pointer}${at}`, code, message: `${says} the ${what} "${id}", which this widget does not have.${didYouMean(id, known)}` }]));
  return [
    ...unknown('/bot', 'its guide opens', buttons.map(({ checker }) => checker), checkers.map(({ pack }) => pack.id), 'unknown-checker', 'symptom checker'),
    ...unknown('/bot', 'its guide opens', buttons.map(({ form }) => form), [...forms.keys()], 'unknown-form', 'form'),
    ...unknown('/rating', 'an ended chat asks', [rating], [...forms.keys()], 'unknown-form', 'form'),
  ];
}
