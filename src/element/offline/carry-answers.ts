/** Takes what was answered in one form into another: by linkId where it fits there, in words in its first free text where not. Nothing typed is lost. */
import type { FormView } from '../../form-view/view-core.js';
import type { FormAnsweredBody } from '../../protocol/types.js';

/** What was typed or chosen and is not in the other form, as "Question answer". */
function inWords(from: FormView, to: FormView): readonly string[] {
  const { answers, typed: texts } = to.toDraft();
  const spoken = new Map(from.toFormAnswers().map(({ linkId, answers: said }) => [linkId, said.join(', ')]));
  return from.session.snapshot.value.items
    .filter(({ key, shown, type }) => shown && type !== 'group' && type !== 'display' && !(key in answers) && !(key in texts))
    .map(({ linkId, text, typed }) => [text, (spoken.get(linkId) || typed).trim()] as const)
    .filter(([, said]) => said !== '')
    .map(([text, said]) => `${text} ${said}`);
}

const unfinished = (from: FormView): FormAnsweredBody => {
  const { form, snapshot } = from.session;
  const { lang } = snapshot.value;
  return {
    form: { questionnaire: form.name, ...(from.title !== null && { title: from.title }) }, purpose: 'pre-chat', answers: [...from.toFormAnswers()],
    response: { ...from.session.toResponse({ authored: new Date().toISOString(), lang }), status: 'in-progress' },
  };
};

/**
 * Fills what is empty in `to`. `text`: what was being written elsewhere. Comes again, it adds what is new. Where `to` has no free text, answers that do not fit come
 * back as the unfinished form they are of.
 */
export function carryAnswers(from: FormView | null, text: string, to: FormView): FormAnsweredBody | null {
  const own = to.toDraft();
  if (from) {
    const before = from.toDraft();
    to.restore({ ...before, form: own.form, answers: { ...before.answers, ...own.answers }, typed: { ...before.typed, ...own.typed } });
  }
  const loose = from ? inWords(from, to) : [];
  const field = to.session.snapshot.value.items.find(({ type, shown }) => type === 'text' && shown);
  if (!field) return from && loose.length > 0 ? unfinished(from) : null;
  const added = [text.trim(), ...loose].filter((line) => line !== '' && !field.typed.includes(line));
  if (added.length > 0) to.session.type(field.key, [field.typed.trim(), ...added].filter(Boolean).join('\n'));
  return null;
}
