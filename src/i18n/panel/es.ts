/** Spanish of `panel/en.ts`. */
import { uiEs } from '../ui/es.js';
import type { PanelMessages } from './en.js';

export const panelEs: PanelMessages = {
  ...uiEs,
  privacy: 'Política de privacidad',
  language: 'Idioma',
  menu: 'Más',
  placeholder: 'Escriba un mensaje',
  waiting: 'Está en la cola. Le atenderemos pronto.',
  waitingOffline: 'Ahora no hay nadie. Escriba su consulta; responderemos en cuanto volvamos.',
  endChat: 'Terminar chat',
  endQuestion: '¿Terminar este chat?',
  endExplain: 'La clínica conserva la conversación. Puede iniciar otro chat cuando quiera.',
  endCancel: 'Seguir en el chat',
  endFailed: 'No se pudo terminar el chat. Revise su conexión e inténtelo de nuevo.',
  ended: 'Este chat ha terminado',
  newChat: 'Nuevo chat',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'Nuevo mensaje de {name}',
  sensitiveWarning: 'Esto parece un número de tarjeta o de seguro social. Es mejor no enviarlo por el chat.',
  errorTitle: 'El chat no está disponible',
};
