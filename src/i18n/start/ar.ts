/** Arabic of `start/en.ts`. */
import type { StartMessages } from './en.js';

export const startAr: StartMessages = {
  hello: 'كيف يمكننا مساعدتك؟',
  intro: 'اكتب إلى فريق الرعاية لدينا. رسائلك خاصة.',
  hereNow: 'نحن هنا الآن',
  offline: 'لا أحد متاح الآن',
  opensAt: 'نعود {when}',
  opensAtZone: 'الأوقات بتوقيتك المحلي.',
  openUntil: 'متاحون حتى {when}',
  agents: 'متاح الآن: {names}',
  offlineNote: 'يمكنك الكتابة على أي حال، وسنجيب فور عودتنا.',
  department: 'مع من تود التحدث؟',
  startChat: 'ابدأ المحادثة',
  starting: 'جارٍ بدء المحادثة…',
  privacyNote: 'يُرجى كتابة ما يلزم لسؤالك فقط.',
  consentTitle: 'قبل أن نبدأ',
  consentAgree: 'أوافق',
  consentRequired: 'مطلوب للمحادثة',
  consentOptional: 'الأمر لك',
  consentMissing: 'يُرجى تحديد هذا المربع للمتابعة، أو الاتصال بالعيادة.',
  continue: 'متابعة',
  back: 'رجوع',
  formTitle: 'بضعة أسئلة أولًا',
  formBroken: 'تعذّر عرض الأسئلة، ويمكنك البدء من دونها.',
};
