/** Spanish of `link/en.ts`. */
import type { LinkMessages } from './en.js';

export const linkEs: LinkMessages = {
  retryIn: { one: 'Sin conexión. Nuevo intento en {n} segundo. Lo que escriba se guarda y se enviará entonces.', other: 'Sin conexión. Nuevo intento en {n} segundos. Lo que escriba se guarda y se enviará entonces.' },
  deviceOffline: 'Este dispositivo está sin conexión. Lo que escriba se guarda y se enviará cuando vuelva.',
  connectedAgain: 'Conectado de nuevo.',
  trying: 'Intentando…',
};
