/** The few words of the tag itself, in all languages at once: they are needed before anything may be requested. */

export interface TagWords {
  readonly open: string;
  readonly close: string;
  readonly title: string;
  readonly loading: string;
  /** `{n}` is the number to call. */
  readonly emergency: string;
  /** Stands for the number where that of the country is not known. */
  readonly emergencyLocal: string;
  /** `{n}` is the number of the crisis line. */
  readonly crisis: string;
  readonly failed: string;
  readonly retry: string;
  /** `{n}` is the count. */
  readonly unread: string;
}

/** Language tag → words. */
export const tagWords: Readonly<Record<'en' | 'es' | 'ar', TagWords>> = {
  en: {
    open: 'Open chat',
    close: 'Close chat',
    title: 'Chat',
    loading: 'Loading…',
    emergency: 'Call {n} in an emergency',
    emergencyLocal: 'your local emergency number',
    crisis: 'Crisis line: {n}',
    failed: 'The chat did not load.',
    retry: 'Try again',
    unread: 'Unread: {n}',
  },
  es: {
    open: 'Abrir chat',
    close: 'Cerrar chat',
    title: 'Chat',
    loading: 'Cargando…',
    emergency: 'En una emergencia, llame al {n}',
    emergencyLocal: 'número de emergencias local',
    crisis: 'Línea de crisis: {n}',
    failed: 'El chat no se cargó.',
    retry: 'Reintentar',
    unread: 'Sin leer: {n}',
  },
  ar: {
    open: 'فتح المحادثة',
    close: 'إغلاق المحادثة',
    title: 'محادثة',
    loading: 'جارٍ التحميل…',
    emergency: 'في حالة الطوارئ اتصل بالرقم {n}',
    emergencyLocal: 'المحلي للطوارئ',
    crisis: 'الطوارئ النفسية: {n}',
    failed: 'تعذّر تحميل المحادثة.',
    retry: 'أعد المحاولة',
    unread: 'غير مقروءة: {n}',
  },
};
