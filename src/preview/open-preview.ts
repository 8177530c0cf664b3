/**
 * A file that an author wrote, opened for the preview: a FHIR Questionnaire, or a content pack with its questions. Refusals in sentences. Machine translations run
 * without a review here, because whoever reviews them has to see them.
 */
import { err, ok, type Result } from '../base/result.js';
import { createFormSession, type FormSession } from '../questionnaire/form-session.js';
import { loadExpressions } from '../questionnaire/expressions.js';
import { isObject } from '../questionnaire/fhir-json.js';
import { loadQuestionnaire } from '../questionnaire/load-questionnaire.js';
import { refusalInWords } from '../questionnaire/refusal-words.js';
import { createChecker, type Checker } from '../triage/checker.js';
import { packRefusalInWords } from '../triage/lint-words.js';
import { parsePack } from '../triage/pack.js';

/** What `care-chat form preview` serves as `/preview.json`. */
export interface PreviewFile {
  readonly name: string;
  readonly json: unknown;
  /** ValueSets and CodeSystems that the form refers to. */
  readonly terminology: readonly unknown[];
}

export interface Preview {
  readonly session: FormSession;
  /** Of a content pack. */
  readonly checker: Checker | null;
}

/** Why a file cannot be shown, a line each. */
export type Refusal = readonly string[];

type Opened = { readonly preview: Preview } | { readonly refusal: Refusal };

const isPack = (json: unknown): boolean => isObject(json) && 'rules' in json && !('resourceType' in json);

function openForm({ json, terminology }: PreviewFile, lang: string, nowMs: number): Result<Preview> {
  const form = loadQuestionnaire(json, { lang, terminology });
  if (!form.ok) return form;
  const expressions = form.value.hasExpressions ? loadExpressions(form.value, { nowMs }) : ok(null);
  return expressions.ok ? ok({ session: createFormSession(form.value, expressions.value), checker: null }) : err(expressions.error);
}

/** Opens the file for a language (BCP 47); `nowMs`: milliseconds since the epoch, UTC. */
export function openPreview(file: PreviewFile, lang: string, nowMs: number): Opened {
  if (!isPack(file.json)) {
    const opened = openForm(file, lang, nowMs);
    return opened.ok ? { preview: opened.value } : { refusal: refusalInWords(opened.error) };
  }
  const pack = parsePack(file.json);
  if (!pack.ok) return { refusal: packRefusalInWords(pack.error) };
  const checker = createChecker(pack.value, { lang, nowMs, allowUnreviewed: true });
  return checker.ok ? { preview: { session: checker.value.session, checker: checker.value } } : { refusal: [checker.error.message] };
}

/** Languages in which a file says anything, the author's own first. */
export function languagesOf({ json }: PreviewFile): readonly string[] {
  const questionnaire = isPack(json) ? (json as { readonly questionnaire?: unknown }).questionnaire : json;
  const own = isObject(questionnaire) && typeof questionnaire['language'] === 'string' ? questionnaire['language'] : 'en';
  const found = new Set([own.toLowerCase()]);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      const { url, valueCode, language } = value;
      if (url === 'lang' && typeof valueCode === 'string') found.add(valueCode.toLowerCase());
      if (typeof language === 'string' && 'value' in value) found.add(language.toLowerCase());
      Object.values(value).forEach(visit);
    }
  };
  visit(questionnaire);
  return [...found];
}
