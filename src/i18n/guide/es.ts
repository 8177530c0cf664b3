/** Spanish of `guide/en.ts`. */
import type { GuideMessages } from './en.js';

export const guideEs: GuideMessages = {
  disclosure: 'Está hablando con un bot: un asistente automático, no una persona. Puede pedir hablar con una persona en cualquier momento.',
  talkToPerson: 'Hablar con una persona',
  notUnderstood: 'No lo he entendido. Elija una de estas opciones o pida hablar con una persona.',
  redFlag: 'Lo que ha escrito puede ser urgente y yo solo soy un bot: he pedido que le atienda una persona. Si alguien está en peligro, no espere una respuesta: llame ahora al número que se muestra aquí.',
  pressButton: 'Pulse el botón para abrir las preguntas.',
  textIntro: '{clinic}: asistente automático, no una persona. Responda AYUDA para ayuda, ALTO para terminar. Pueden aplicarse tarifas de mensajes y datos. No envíe información de salud por mensaje de texto.',
  textChoose: 'Responda con el número.',
  textSecure: 'Continúe en nuestro chat seguro: {url}',
  textNotUnderstood: 'No lo he entendido. Responda con un número. Para todo lo relativo a su salud use nuestro chat seguro: {url}',
  textHelp: '{clinic}: asistente automático, no una persona. Llame al {phone} o use nuestro chat seguro: {url} Responda ALTO para terminar, INICIAR para empezar. Pueden aplicarse tarifas de mensajes y datos.',
  textStopped: '{clinic}: no recibirá más mensajes nuestros. Responda INICIAR para volver a empezar.',
};
