/**
 * Words that a text channel keeps for itself: whoever sends STOP gets nothing more, HELP says who writes, START begins again (CTIA Messaging Principles
 * §5.1.3; 47 CFR 64.1200(a)(10) names stop, quit, end, revoke, opt out, cancel and unsubscribe); in our languages. They are never the answer to a bot.
 * How they are written is nobody's reason not to stop: letter case, accents, spaces, hyphens, other signs and a "please" count for nothing. Within a
 * sentence that says more they are words as others ("I cannot stop coughing").
 */
import { foldReply } from './fold-reply.js';

export type Reserved = 'stop' | 'help' | 'start';

const words: Readonly<Record<Reserved, readonly string[]>> = {
  stop: [
    'stop, stop all, stop now, stop messages, stop texting, stop texting me, stop messaging me, stop sending messages, unsubscribe, unsubscribe me, unsubscribe all, cancel, cancel all, end, end all, quit, revoke',
    'opt out, opt me out, opt out all, no more messages, no more texts, do not text me, don\'t text me, do not message me, don\'t message me',
    'alto, parar, pare, detener, cancelar, cancelar todo, baja, dar de baja, darme de baja, darse de baja, terminar, finalizar, fin, salir, revocar, desuscribir, desuscribirme, cancelar suscripción, no más mensajes, no me escriban más',
    'توقف, أوقف, إيقاف, إلغاء, إلغاء الاشتراك, إنهاء, توقفوا, لا ترسلوا رسائل',
  ],
  help: ['help, help me, info, ayuda, información', 'مساعدة, معلومات'],
  start: ['start, unstop, opt in, empezar, iniciar, comenzar, alta', 'ابدأ, بدء'],
};

const courtesies = new Set(foldReply('please pls plz thanks thank you por favor gracias من فضلك لو سمحت رجاء شكرا').split(' '));

/** A reply without what does not count. */
const coreOf = (reply: string): string => foldReply(reply).split(/[^\p{L}\p{N}]+/u).filter((word) => !courtesies.has(word)).join('');

const kinds: ReadonlyMap<string, Reserved> = new Map(
  Object.entries(words).flatMap(([kind, lists]) => lists.flatMap((list) => list.split(', ')).map((word) => [coreOf(word), kind as Reserved] as const)),
);

/** What a whole reply is reserved for; null: nothing. */
export const reservedFor = (reply: string): Reserved | null => kinds.get(coreOf(reply)) ?? null;
