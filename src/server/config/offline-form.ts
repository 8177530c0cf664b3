/** The form of a message that is left while nobody is there, for clinics that give none of their own. */

type Texts = Readonly<Record<'en' | 'es' | 'ar', string>>;

const translation = 'http://hl7.org/fhir/StructureDefinition/translation';

/** A text of FHIR with its translations beside it. */
const texts = (field: string, { en, ...others }: Texts): Readonly<Record<string, unknown>> => ({
  [field]: en,
  [`_${field}`]: {
    extension: Object.entries(others).map(([lang, content]) => ({ url: translation, extension: [{ url: 'lang', valueCode: lang }, { url: 'content', valueString: content }] })),
  },
});

const help = (linkId: string, text: Texts): Readonly<Record<string, unknown>> => ({
  linkId,
  ...texts('text', text),
  type: 'display',
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl', valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'help' }] } }],
});

/** FHIR Questionnaire: who, how to reach the person, what about. */
export const offlineForm: Readonly<Record<string, unknown>> = {
  resourceType: 'Questionnaire',
  language: 'en',
  url: 'urn:care-chat:questionnaire:offline',
  version: '1',
  name: 'OfflineMessage',
  ...texts('title', { en: 'Leave a message', es: 'Deje un mensaje', ar: 'اترك رسالة' }),
  status: 'active',
  subjectType: ['Patient'],
  item: [
    { linkId: 'name', ...texts('text', { en: 'Your name', es: 'Su nombre', ar: 'اسمك' }), type: 'string', required: true, maxLength: 100 },
    {
      linkId: 'contact', ...texts('text', { en: 'Phone number or email', es: 'Teléfono o correo electrónico', ar: 'رقم الهاتف أو البريد الإلكتروني' }), type: 'string', required: true, maxLength: 200,
      item: [help('contact-help', { en: 'We use it to answer you.', es: 'Lo usamos para responderle.', ar: 'نستخدمه للرد عليك.' })],
    },
    {
      linkId: 'message', ...texts('text', { en: 'What is it about?', es: '¿De qué se trata?', ar: 'ما الموضوع؟' }), type: 'text', required: true, maxLength: 4000,
      item: [help('message-help', {
        en: 'Nobody reads this now. In an emergency, call the number at the top.',
        es: 'Nadie lee esto ahora. En una emergencia, llame al número que aparece arriba.',
        ar: 'لا أحد يقرأ هذا الآن. في حالة الطوارئ اتصل بالرقم الظاهر في الأعلى.',
      })],
    },
  ],
};
