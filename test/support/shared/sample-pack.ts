/** A content pack for tests, in our own words and about nothing real: a sore knee. Not medical advice; never shipped. */
export const samplePack = {
  id: 'sore-knee', version: '1', title: { en: 'Sore knee' }, status: 'draft', author: { name: 'The tests', on: '2026-11-25' }, approver: null, expires: '2027-06-30',
  levels: [
    { id: 'emergency', title: { en: 'Emergency' }, stops: true }, { id: 'urgent', title: { en: 'Today' } }, { id: 'book', title: { en: 'A visit' } }, { id: 'self-care', title: { en: 'At home' } },
  ],
  inputs: {
    redFlags: { type: 'choice', values: ['bone-visible', 'foot-cold', 'not-sure', 'none'], required: true },
    signs: { type: 'choice', values: ['swelling', 'locking', 'none'] },
    ageYears: { type: 'number' },
    days: { type: 'number' },
    canWalk: { type: 'boolean' },
  },
  rules: [
    { id: 'E1', level: 'emergency', when: { input: 'redFlags', hasBeside: ['none'] }, messages: ['call'] },
    { id: 'U1', level: 'urgent', when: { any: [{ input: 'canWalk', is: false }, { all: [{ input: 'signs', has: ['locking'] }, { input: 'ageYears', atLeast: 65 }] }] }, messages: ['today'] },
    { id: 'B1', level: 'book', when: { all: [{ input: 'signs', hasBeside: ['none'] }, { not: { input: 'days', below: 7 } }] }, messages: ['book'] },
    { id: 'S1', level: 'self-care', when: { always: true }, messages: ['rest', 'back'] },
  ],
  messages: {
    call: { en: 'Call the emergency number now.', es: 'Llame ahora al número de emergencias.' }, today: { en: 'See somebody today.' }, book: { en: 'Book a visit.' }, rest: { en: 'Rest the knee.' }, back: { en: 'Come back if it gets worse.' },
  },
} as const;
