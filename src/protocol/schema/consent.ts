/** What somebody has agreed to (README §6). */
import { Type } from 'typebox';
import { Lang, id } from './common.js';

export const ConsentRecord = Type.Object({
  purpose: id('What is consented to: chat, preview, cobrowse, remember.'),
  version: Type.String({ minLength: 1, maxLength: 40, description: 'Version of the text that was shown.' }),
  granted: Type.Boolean(),
  textHash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the text that was shown (`text`, or `html` where the rich text was on the screen) as configured in that language, UTF-8, hexadecimal.' }),
  locale: Lang,
}, { $id: 'ConsentRecord', description: 'That a text was shown and what was answered.' });
