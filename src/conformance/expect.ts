/** How a case says what it saw. A case passes by returning; it fails or is skipped by throwing one of these. */

/** The backend broke the clause. The message names what was expected and what came, never content. */
export class Failed extends Error {}

/** Nobody answered: no connection, or nothing in time. */
export class Unanswered extends Failed {}

/** The case cannot be judged here (an option or an operation of the adapter is missing). */
export class Skipped extends Error {}

/** There is nothing to judge: a capability that is draft or that this backend does not have. */
export class NotApplicable extends Error {}

/** Fails with this sentence where the condition does not hold. */
export function expect(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Failed(sentence);
}

/** Fails where two values differ. Values are codes, numbers and ids only. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Failed(`${what}: expected ${right}, got ${(left ?? 'nothing').slice(0, 200)}`);
}
