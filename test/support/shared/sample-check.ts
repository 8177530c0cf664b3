/** The sample pack with its questions, as a checker asks them. */
import { choice, hl7, item, questionnaire, type Json } from './questionnaires.js';
import { samplePack } from './sample-pack.js';

const several = (linkId: string, codes: readonly string[], more: Json = {}): Json => {
  const made = choice(linkId, codes, { repeats: true, ...more });
  for (const option of made['answerOption'] as Json[]) if ((option['valueCoding'] as Json)['code'] === 'none') option['extension'] = [hl7('questionnaire-optionExclusive', { valueBoolean: true })];
  return made;
};

export const sampleCheck: Json = {
  ...samplePack,
  title: { en: 'Sore knee', es: 'Rodilla dolorida' },
  redFlags: 'red-flags',
  sources: [{ title: 'Our own words', url: 'https://clinic.example/knee' }],
  translations: { es: { provenance: 'machine', reviewed: false } },
  inputs: {
    ...samplePack.inputs,
    redFlags: { ...samplePack.inputs.redFlags, from: 'red-flags' },
    signs: { ...samplePack.inputs.signs, from: 'signs' },
    ageYears: { ...samplePack.inputs.ageYears, from: 'age' },
    days: { ...samplePack.inputs.days, from: 'days' },
    canWalk: { ...samplePack.inputs.canWalk, from: 'walk' },
  },
  questionnaire: questionnaire([
    several('red-flags', samplePack.inputs.redFlags.values, { text: 'Is any of these happening now?', required: true }),
    item('walk', 'boolean', { text: 'Can you walk?', required: true }),
    several('signs', samplePack.inputs.signs.values, { text: 'What do you notice?', required: true }),
    item('age', 'integer', { text: 'How old are you?' }),
    item('days', 'integer', { text: 'For how many days?' }),
  ], { url: 'https://clinic.example/checks/knee', title: 'Sore knee' }),
};
