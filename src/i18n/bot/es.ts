/** Spanish of `bot/en.ts`. */
import type { BotMessages } from './en.js';

export const botEs: BotMessages = {
  talkToPerson: 'Hablar con una persona',
  asking: 'Avisando…',
  chosen: 'Elegido: {label}',
  offered: 'Opciones: {label}',
  personAsked: 'Se ha pedido hablar con una persona',
  botHandsOver: '{name} pasa la conversación a nuestro equipo',
  botFailed: 'El asistente no puede continuar. Nuestro equipo se hace cargo.',
  checkTaken: 'Sus respuestas van a nuestro equipo. Una persona se hace cargo.',
};
