/** Arabic of `red-flags/en.ts`. */
import type { RedFlagsMessages } from './en.js';

export const redFlagsAr: RedFlagsMessages = {
  flagEmergency: 'قد يحتاج هذا إلى مساعدة فورية',
  flagEmergencyDo: 'إن كان هذا يحدث الآن فاتصل فورًا، ولا تنتظر ردًا هنا.',
  flagCrisis: 'لست وحدك في هذا',
  flagCrisisDo: 'إن كنت قد تؤذي نفسك فاتصل الآن وتحدّث إلى أحد. ويمكنك أيضًا متابعة الكتابة هنا.',
  flagCall: 'اتصل بالرقم {n}',
  flagCrisisLine: 'الطوارئ النفسية: {n}',
  flagPrivate: 'أنت وحدك ترى هذه الملاحظة.',
  flagClose: 'إغلاق هذه الملاحظة',
};
