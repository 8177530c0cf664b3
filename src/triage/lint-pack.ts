/** What the author of a content pack should look at although it runs, for `care-chat form lint`. Not for the patient's browser. */
import type { LocalText } from '../protocol/types.js';
import type { Form } from '../questionnaire/form.js';
import { lintForm, type Lint, type LintOptions } from '../questionnaire/lint-form.js';
import { loadQuestionnaire } from '../questionnaire/load-questionnaire.js';
import { leavesOf } from './evaluate.js';
import { findUnreachableRules } from './find-unreachable.js';
import type { Pack } from './pack.js';

const soonDays = 60;
const dayMs = 86_400_000;

interface Text {
  readonly text: LocalText;
  readonly pointer: string;
}

const textsOf = ({ title, levels, messages }: Pack): readonly Text[] => [
  { text: title, pointer: '/title' },
  ...levels.map((level, index) => ({ text: level.title, pointer: `/levels/${index}/title` })),
  ...[...messages].map(([id, text]) => ({ text, pointer: `/messages/${id}` })),
];

function findApproval({ status, expires, translations }: Pack, nowMs: number): readonly Lint[] {
  const left = Math.floor(Date.parse(expires) / dayMs) - Math.floor(nowMs / dayMs);
  return [
    ...(status === 'draft' ? [{ pointer: '/status', code: 'draft' }] : []),
    ...(left < 0 ? [{ pointer: '/expires', code: 'pack-expired' }] : left <= soonDays ? [{ pointer: '/expires', code: 'expires-soon', about: String(left) }] : []),
    ...[...translations].filter(([, { by, reviewed }]) => by === 'machine' && !reviewed).map(([lang]) => ({ pointer: `/translations/${lang}`, code: 'unreviewed', about: lang })),
  ];
}

/** A text in a language of which nobody says who translated it is never shown. */
function findTranslations(pack: Pack): readonly Lint[] {
  const texts = textsOf(pack);
  const used = new Set(texts.flatMap(({ text }) => Object.keys(text)).map((lang) => lang.toLowerCase()));
  const wanted = new Set([...used, ...pack.translations.keys()]);
  wanted.delete('en');
  return [
    ...[...wanted].filter((lang) => !pack.translations.has(lang)).map((lang) => ({ pointer: '/translations', code: 'no-provenance', about: lang })),
    ...texts.flatMap(({ text, pointer }) => {
      const has = new Set(Object.keys(text).map((lang) => lang.toLowerCase()));
      return [...wanted].filter((lang) => !has.has(lang)).map((lang) => ({ pointer, code: 'translation-missing', about: lang }));
    }),
  ];
}

function findRules(pack: Pack, form: Form | null): readonly Lint[] {
  const { rules, messages, inputs, levels, redFlags } = pack;
  const said = new Set(rules.flatMap((rule) => rule.messages));
  const read = new Set(rules.flatMap(({ when }) => leavesOf(when)).map(({ input }) => input));
  const stopping = new Set(levels.filter(({ stops }) => stops).map(({ id }) => id));
  const stops = rules.filter(({ level }) => stopping.has(level)).flatMap(({ when }) => leavesOf(when));
  return [
    ...(redFlags !== null && !stops.some(({ input }) => inputs.get(input)!.from.includes(redFlags)) ? [{ pointer: '/redFlags', code: 'red-flags-unread' }] : []),
    ...findUnreachableRules(pack, form).map((index) => ({ pointer: `/rules/${index}`, code: 'never-first', about: rules[index]!.id })),
    ...[...messages.keys()].filter((id) => !said.has(id)).map((id) => ({ pointer: `/messages/${id}`, code: 'unused-message' })),
    ...[...inputs.keys()].filter((name) => !read.has(name)).map((name) => ({ pointer: `/inputs/${name}`, code: 'unread-input' })),
  ];
}

/** Who has none of it cannot say so, and is taken for somebody who did not answer. */
function findNoNone({ inputs }: Pack, form: Form): readonly Lint[] {
  const questions = [...inputs.values()].flatMap(({ from }) => from.flatMap((linkId) => form.byLinkId.get(linkId) ?? []));
  return questions.filter(({ repeats, options }) => repeats && !options.some(({ exclusive }) => exclusive)).map(({ pointer }) => ({ pointer: `/questionnaire${pointer}`, code: 'no-exclusive-none' }));
}

function findHardTexts(pack: Pack, { gradeOf, highestGrade }: LintOptions): readonly Lint[] {
  return textsOf(pack).flatMap(({ text, pointer }) => {
    const grade = gradeOf(text['en']!, 'en');
    return grade !== null && grade > highestGrade ? [{ pointer, code: 'reading-grade', about: grade.toFixed(1) }] : [];
  });
}

/** Findings of the pack, then those of its questions. Places are JSON pointers into the pack. */
export function lintPack(pack: Pack, options: LintOptions): readonly Lint[] {
  const loaded = pack.questionnaire && loadQuestionnaire(pack.questionnaire, { lang: 'en' });
  const form = loaded?.ok ? loaded.value : null;
  const ofForm = form ? lintForm(form, { ...options, languages: [...pack.translations.keys()], pageValues: false }).map((lint) => ({ ...lint, pointer: `/questionnaire${lint.pointer}` })) : [];
  return [...findApproval(pack, options.nowMs), ...findRules(pack, form), ...(form ? findNoNone(pack, form) : []), ...findTranslations(pack), ...findHardTexts(pack, options), ...ofForm];
}
