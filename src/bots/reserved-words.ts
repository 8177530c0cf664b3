/**
 * Words that a text channel keeps for itself: whoever sends STOP gets nothing more, HELP says who writes, START begins again (CTIA Messaging Principles
 * §5.1.3, 47 CFR 64.1200(a)(10)); in our languages. They are never the answer to a bot.
 */
import { foldReply } from './fold-reply.js';

export type Reserved = 'stop' | 'help' | 'start';

const words: Readonly<Record<Reserved, string>> = {
  stop: 'stop stopall unsubscribe cancel end quit revoke optout alto parar cancelar baja terminar fin توقف ايقاف إيقاف الغاء إلغاء انهاء إنهاء',
  help: 'help info ayuda informacion مساعدة معلومات',
  start: 'start unstop empezar iniciar comenzar alta ابدأ ابدا بدء',
};

const kinds: ReadonlyMap<string, Reserved> = new Map(Object.entries(words).flatMap(([kind, list]) => list.split(' ').map((word) => [foldReply(word), kind as Reserved] as const)));

/** What a whole reply is reserved for; null: nothing. */
export const reservedFor = (reply: string): Reserved | null => kinds.get(foldReply(reply)) ?? null;
