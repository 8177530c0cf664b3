/** Whether the answers of one item are acceptable: codes and parameters. The same rules for the patient's browser and the server. */
import type { Answer, AnswerError, FormItem } from './form.js';
/** Longest free text in UTF-16 code units where the author sets no limit; the wire's own limit for an answer as shown. */
export declare const longestText = 8000;
/** Whether two answers are the same one: for options and exclusiveness. */
export declare function sameAnswer(a: Answer, b: Answer): boolean;
/** Whether a text has a pattern: `Expressions.fits`. Where nothing can tell, it has not. */
export type Fits = (pattern: string, text: string) => boolean;
/** How many there may be. For what repeats: of all its repetitions together. */
export declare function checkCount(item: FormItem, count: number): AnswerError | null;
/** The first thing wrong with the answers in one slot of an enabled item, or null. */
export declare function checkAnswers(item: FormItem, answers: readonly Answer[], fits?: Fits): AnswerError | null;
