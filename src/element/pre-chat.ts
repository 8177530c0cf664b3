/**
 * The chunk `form`: the questions before a chat. Loads what a form needs besides: what is computed in it, and the manner in which it is asked. An author
 * who wants one question after the other (SDC `entryMode` sequential or prior-edit) gets the conversation.
 */
import { ok, type Result } from '../base/result.js';
import type { ConversationViewOptions } from '../form-view/conversation-view.js';
import type { FormView } from '../form-view/view-core.js';
import { extensionOf } from '../questionnaire/fhir-json.js';
import type { Form } from '../questionnaire/form.js';
import { createFormSession, type Expressions } from '../questionnaire/form-session.js';
import { loadQuestionnaire } from '../questionnaire/load-questionnaire.js';
import { readPageValues, withPageValues, type Prefill } from '../questionnaire/page-values.js';
import { toSheet } from '../ui/css.js';
import type { ChatHost } from './host.js';

export { answerAsBefore } from './answers-before.js';
/** Answers in words: for both manners, and for the symptom checker. */
export { wordsOf } from '../form-view/form-words.js';

export interface PreChatOptions extends Omit<ConversationViewOptions, 'session'>, Pick<ChatHost, 'loadChunk'> {
  /** FHIR Questionnaire, R4 or R5, as parsed JSON. */
  readonly questionnaire: unknown;
  /** BCP 47 tag. */
  readonly lang: string;
  /** One question at a time, whatever the author says. */
  readonly inTurn?: boolean;
  /** What the page knows already. */
  readonly prefill?: Prefill | undefined;
  /** A value of the page does not fit its question, and is not used. */
  onRefused?(linkId: string): void;
}

const sheets = new Map<string, CSSStyleSheet>();

/** Puts styles into the shadow root once. */
export function adopt(shadow: ShadowRoot, styles: string): void {
  const sheet = sheets.get(styles) ?? toSheet(styles);
  sheets.set(styles, sheet);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}

const isConversation = ({ source }: Form): boolean => ['sequential', 'prior-edit'].includes(String(extensionOf(source, 'entryMode')?.['valueCode']));

/** What is computed in a form and which patterns answers have to have, where anything is. Refusals: `form-unsupported`; rejects with `chunk-failed`. */
export async function expressionsOf(form: Form, { loadChunk, now = Date.now }: Pick<PreChatOptions, 'loadChunk' | 'now'>): Promise<Result<Expressions | null>> {
  if (!form.hasExpressions) return ok(null);
  const { loadExpressions } = await loadChunk('expressions', () => import('../questionnaire/expressions.js'));
  return loadExpressions(form, { nowMs: now() });
}

/** The conversation's manner; rejects with `chunk-failed`. */
export const loadTalk = (loadChunk: ChatHost['loadChunk']) => loadChunk('form-talk', () => import('./form-talk.js'));

/** The symptom checker, which stands on all of this; rejects with `chunk-failed`. */
export const loadCheckPart = (loadChunk: ChatHost['loadChunk']) => loadChunk('checker', () => import('./checker/check-part.js'));

/** Prepares the view and its styles. Refusals: `form-unsupported`; rejects with `chunk-failed`. */
export async function createPreChat(shadow: ShadowRoot, options: PreChatOptions): Promise<Result<FormView>> {
  const loaded = loadQuestionnaire(options.questionnaire, { lang: options.lang });
  if (!loaded.ok) return loaded;
  const { loadChunk, prefill = {}, onRefused } = options;
  const expressions = await expressionsOf(loaded.value, options);
  if (!expressions.ok) return expressions;
  const page = readPageValues(loaded.value, prefill, expressions.value?.fits);
  const session = withPageValues(createFormSession(loaded.value, expressions.value), page);
  page.refused.forEach((linkId) => onRefused?.(linkId));
  if (options.inTurn || isConversation(loaded.value)) {
    const { createConversationView, conversationStyles } = await loadTalk(loadChunk);
    adopt(shadow, conversationStyles);
    return ok(createConversationView({ ...options, session }));
  }
  const { createFormView, formStyles } = await loadChunk('form-page', () => import('./form-page.js'));
  adopt(shadow, formStyles);
  return ok(createFormView({ ...options, session }));
}
