/** Spanish of `start/en.ts`. */
import type { StartMessages } from './en.js';

export const startEs: StartMessages = {
  hello: '¿En qué podemos ayudarle?',
  intro: 'Escriba a nuestro equipo. Sus mensajes son privados.',
  hereNow: 'Estamos aquí ahora',
  offline: 'Ahora no hay nadie',
  opensAt: 'Volvemos: {when}',
  opensAtZone: 'Las horas son de su zona horaria.',
  openUntil: 'Abierto hasta: {when}',
  agents: 'Ahora atienden: {names}',
  offlineNote: 'Puede escribir de todos modos. Responderemos en cuanto volvamos.',
  department: '¿Con quién quiere hablar?',
  startChat: 'Iniciar chat',
  starting: 'Iniciando el chat…',
  privacyNote: 'Escriba solo lo necesario para su consulta.',
  consentTitle: 'Antes de empezar',
  consentAgree: 'Acepto',
  consentRequired: 'Necesario para el chat',
  consentOptional: 'Usted decide',
  consentMissing: 'Marque esta casilla para continuar o llame a la clínica.',
  continue: 'Continuar',
  back: 'Atrás',
  formTitle: 'Primero, unas preguntas',
  formBroken: 'No se pueden mostrar las preguntas; puede empezar sin ellas.',
};
