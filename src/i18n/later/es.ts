/** Spanish of `later/en.ts`. */
import { botEs } from '../bot/es.js';
import { linkEs } from '../link/es.js';
import { redFlagsEs } from '../red-flags/es.js';
import type { LaterMessages } from './en.js';

export const laterEs: LaterMessages = {
  language: 'Idioma',
  endChat: 'Terminar chat',
  endQuestion: '¿Terminar este chat?',
  endExplain: 'La clínica conserva la conversación. Puede iniciar otro chat cuando quiera.',
  endCancel: 'Seguir en el chat',
  endFailed: 'No se pudo terminar el chat. Revise su conexión e inténtelo de nuevo.',
  ending: 'Terminando…',
  rate: 'Valorar este chat',
  rated: 'Gracias por su valoración.',
  sensitiveWarning: 'Esto parece un número de tarjeta o de seguro social. Es mejor no enviarlo por el chat.',
  ...linkEs,
  ...botEs,
  ...redFlagsEs,
  slow: 'Esto tarda más de lo habitual.',
  otherWays: 'También puede contactarnos así:',
  noWays: 'Si es urgente, no espere al chat.',
  stopped: 'La conexión ha terminado.',
  errGeneric: 'Algo salió mal. Inténtelo de nuevo, por favor.',
  errBadAnswer: 'Algo respondió en lugar del chat. Si esta red tiene una página de acceso, ábrala primero; si no, inténtelo de nuevo en unos minutos.',
  errWidget: 'Este chat no está configurado (nombre desconocido). Avise a la clínica, por favor.',
  errConfig: 'Este chat no está configurado (su dirección no es válida). Avise a la clínica, por favor.',
  errInsecure: 'La dirección de este chat no es segura (se necesita https). Avise a la clínica, por favor.',
  errOrigin: 'El chat no puede usarse en esta página. Avise a la clínica, por favor.',
  errTooLong: 'El mensaje es demasiado largo. Acórtelo, por favor.',
  errEmpty: 'Primero escriba un mensaje, por favor.',
  errClosed: 'Este chat ha terminado. Puede empezar uno nuevo.',
  errRate: 'Eso fue muy rápido. Espere un momento e inténtelo de nuevo.',
  errBusy: 'El chat está muy ocupado. Inténtelo de nuevo en un momento.',
  errSession: 'Su sesión de chat ha terminado. Empiece de nuevo, por favor.',
  errChunk: 'No se pudo cargar una parte del chat. Revise su conexión a internet e inténtelo de nuevo.',
  errVersion: 'Este chat está desactualizado. Vuelva a cargar la página.',
  errStopped: 'El chat se detuvo.',
};
