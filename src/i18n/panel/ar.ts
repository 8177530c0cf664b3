/** Arabic of `panel/en.ts`. */
import { uiAr } from '../ui/ar.js';
import type { PanelMessages } from './en.js';

export const panelAr: PanelMessages = {
  ...uiAr,
  privacy: 'سياسة الخصوصية',
  menu: 'المزيد',
  placeholder: 'اكتب رسالة',
  waiting: 'أنت في قائمة الانتظار. سيكون أحدنا معك قريبًا.',
  waitingOffline: 'لا أحد متاح الآن. اكتب سؤالك وسنجيب فور عودتنا.',
  ended: 'انتهت هذه المحادثة',
  newChat: 'محادثة جديدة',
  newMessageFrom: '{name}: {text}',
  newMessageClosed: 'رسالة جديدة من {name}',
  errorTitle: 'المحادثة غير متاحة',
  errNetwork: 'تعذّر الوصول إلى المحادثة. تحقق من اتصالك بالإنترنت (ومن أي مانع إعلانات) وحاول مرة أخرى.',
  notDurable: 'لا يستطيع هذا المتصفح حفظ هذه المحادثة: عند مغادرة الصفحة تختفي، ومعها ما لم يُرسل بعد.',
};
