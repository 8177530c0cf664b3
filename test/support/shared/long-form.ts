/** A form as long as wanted, for measuring: in every ten items a heading, choices that bring up what follows, truths and texts. */
import { choice, coding, item, questionnaire, type Json } from './questionnaires.js';

const codes = ['a', 'b', 'c', 'd'];
export const tapped = 'q0.0';
/** What a tap on the first question answers in turn; the last one takes the rest of its group away. */
export const answersToTap = codes.map((code) => ({ valueCoding: coding(code) }));

const question = (group: number, index: number): Json => {
  const linkId = `q${group}.${index}`;
  const more: Json = { text: `Question ${group + 1}.${index + 1}: how has this been for you in the last two weeks?`, ...(index > 0 && { enableWhen: [{ question: `q${group}.0`, operator: '!=', answerCoding: coding('d') }] }) };
  return index % 3 === 0 ? choice(linkId, codes, more) : item(linkId, index % 3 === 1 ? 'boolean' : 'string', more);
};

/** A Questionnaire of `count` items, ten to a group. */
export const longForm = (count: number): Json =>
  questionnaire(Array.from({ length: count / 10 }, (_, group) => item(`g${group}`, 'group', { text: `Part ${group + 1}`, item: Array.from({ length: 9 }, (__, index) => question(group, index)) })));
