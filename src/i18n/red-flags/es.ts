/** Spanish of `red-flags/en.ts`. */
import type { RedFlagsMessages } from './en.js';

export const redFlagsEs: RedFlagsMessages = {
  flagEmergency: 'Esto puede necesitar ayuda inmediata',
  flagEmergencyDo: 'Si está pasando ahora, llame de inmediato. No espere una respuesta aquí.',
  flagCrisis: 'No tiene que pasar por esto a solas',
  flagCrisisDo: 'Si cree que podría hacerse daño, llame ahora y hable con alguien. También puede seguir escribiendo aquí.',
  flagCall: 'Llamar al {n}',
  flagCrisisLine: 'Línea de crisis: {n}',
  flagPrivate: 'Solo usted ve esta nota.',
  flagClose: 'Cerrar esta nota',
};
