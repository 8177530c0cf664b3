/** Arabic of `panel/en.ts`. */
import { uiAr } from '../ui/ar.js';
import type { PanelMessages } from './en.js';

export const panelAr: PanelMessages = {
  ...uiAr,
  privacy: 'سياسة الخصوصية',
  language: 'اللغة',
  menu: 'المزيد',
  placeholder: 'اكتب رسالة',
  waiting: 'أنت في قائمة الانتظار. سيكون أحدنا معك قريبًا.',
  waitingOffline: 'لا أحد متاح الآن. اكتب سؤالك وسنجيب فور عودتنا.',
  endChat: 'إنهاء المحادثة',
  endQuestion: 'هل تريد إنهاء هذه المحادثة؟',
  endExplain: 'تحتفظ العيادة بالمحادثة. يمكنك بدء محادثة جديدة في أي وقت.',
  endCancel: 'متابعة المحادثة',
  endFailed: 'تعذّر إنهاء المحادثة. تحقق من اتصالك وحاول مرة أخرى.',
  ended: 'انتهت هذه المحادثة',
  newChat: 'محادثة جديدة',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'رسالة جديدة من {name}',
  sensitiveWarning: 'يبدو هذا رقم بطاقة أو رقم ضمان اجتماعي. يُرجى عدم إرساله في المحادثة.',
  errorTitle: 'المحادثة غير متاحة',
};
