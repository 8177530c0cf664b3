/** Spanish of `panel/en.ts`. */
import { uiEs } from '../ui/es.js';
import type { PanelMessages } from './en.js';

export const panelEs: PanelMessages = {
  ...uiEs,
  privacy: 'Política de privacidad',
  menu: 'Más',
  placeholder: 'Escriba un mensaje',
  waiting: 'Está en la cola. Le atenderemos pronto.',
  waitingOffline: 'Ahora no hay nadie. Escriba su consulta; responderemos en cuanto volvamos.',
  ended: 'Este chat ha terminado',
  newChat: 'Nuevo chat',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'Nuevo mensaje de {name}',
  errorTitle: 'El chat no está disponible',
  errNetwork: 'No podemos conectar con el chat. Revise su conexión (y si hay un bloqueador de anuncios) e inténtelo de nuevo.',
  notDurable: 'Este navegador no puede guardar este chat: al salir de la página desaparece, con lo que aún no se haya enviado.',
};
