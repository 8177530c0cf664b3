/** English of the note that shows a number while somebody types; part of the chunk `later`. */
import type { Translation } from '../translate.js';

export const redFlagsEn = {
  flagEmergency: 'This may need help right away',
  flagEmergencyDo: 'If it is happening now, call at once. Do not wait for an answer here.',
  flagCrisis: 'You do not have to go through this alone',
  flagCrisisDo: 'If you may hurt yourself, please call now and talk to somebody. You can go on writing here, too.',
  flagCall: 'Call {n}',
  flagCrisisLine: 'Crisis line: {n}',
  flagPrivate: 'Only you see this note.',
  flagClose: 'Close this note',
} as const;

export type RedFlagsMessages = Translation<typeof redFlagsEn>;
