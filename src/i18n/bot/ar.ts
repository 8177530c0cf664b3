/** Arabic of `bot/en.ts`. */
import type { BotMessages } from './en.js';

export const botAr: BotMessages = {
  talkToPerson: 'التحدث إلى شخص',
  asking: 'جارٍ الطلب…',
  chosen: 'تم اختيار: {label}',
  offered: 'الخيارات: {label}',
  personAsked: 'تم طلب التحدث إلى شخص',
  botHandsOver: 'يحيل {name} المحادثة إلى فريقنا',
  botFailed: 'لا يستطيع المساعد المتابعة. سيتولى فريقنا الأمر.',
  checkTaken: 'تصل إجاباتك إلى فريقنا، وسيتولى شخص الأمر.',
};
