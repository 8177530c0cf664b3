/**
 * Runs before every browser test file (the test server puts the import in front): a console.warn, a console.error, an unhandled
 * rejection or an uncaught error fails the test it happened in, unless the test said that it expects it.
 */

type ConsoleEntry = { readonly kind: string; readonly text: string };

const unexpected: ConsoleEntry[] = [];
// Taken before a test replaces it by a clock of its own.
const later = globalThis.setTimeout.bind(globalThis);
const expectations: { readonly pattern: RegExp; count: number }[] = [];

const describe = (value: unknown): string => {
  // Only Chromium's stack begins with the message.
  if (value instanceof Error) return `${value.name}: ${value.message}\n${(value.stack ?? '').split('\n').slice(0, 6).join('\n')}`;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
};

const record = (kind: string, values: readonly unknown[]): boolean => {
  const text = values.map(describe).join(' ');
  const expected = expectations.find((one) => one.pattern.test(text));
  if (expected === undefined) unexpected.push({ kind, text });
  else expected.count += 1;
  return expected !== undefined;
};

// The test runner reports an unhandled rejection as this line and the error itself, both by console.error: the line says nothing more.
const rejectionHint = 'An error was thrown in a Promise outside a test.';

for (const kind of ['warn', 'error'] as const) {
  const original = console[kind].bind(console);
  console[kind] = (...values: unknown[]): void => {
    if (typeof values[0] === 'string' && values[0].startsWith(rejectionHint)) return;
    if (!record(`console.${kind}`, values)) original(...values);
  };
}

const takeUnexpected = (): string | undefined => {
  const entries = unexpected.splice(0);
  const missing = expectations.splice(0).filter((one) => one.count === 0);
  const lines = [
    ...entries.map((entry) => `unexpected ${entry.kind}: ${entry.text}`),
    ...missing.map((one) => `expected on the console, but did not come: ${one.pattern}`),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
};

/**
 * Says that the running test expects a line on the console (or an unhandled rejection) that matches; the test fails when none comes.
 * @param pattern matched against the arguments joined by spaces
 */
export const expectConsole = (pattern: RegExp): void => {
  expectations.push({ pattern, count: 0 });
};

// The check is a part of the test and not of a hook: a failing hook would end the whole file and hide the tests after it.
const finish = (): void => {
  const problem = takeUnexpected();
  if (problem !== undefined) throw new Error(problem);
};
const original = globalThis.it;
const wrapBody = (body: Mocha.Func | Mocha.AsyncFunc | undefined): Mocha.AsyncFunc | undefined => {
  if (body === undefined) return undefined;
  return async function checked(this: Mocha.Context): Promise<void> {
    if (body.length > 0) {
      await new Promise<void>((resolve, reject) => {
        (body as Mocha.Func).call(this, (cause?: unknown) => (cause === undefined || cause === null ? resolve() : reject(cause)));
      });
    } else {
      await (body as Mocha.AsyncFunc).call(this);
    }
    // A rejection is reported as unhandled in a task of its own, after the one it happened in.
    await new Promise<void>((resolve) => void later(() => later(resolve, 0), 0));
    finish();
  };
};
const checkedTest = Object.assign(
  (title: string, body?: Mocha.Func | Mocha.AsyncFunc): Mocha.Test => {
    const wrapped = wrapBody(body);
    return wrapped === undefined ? original(title) : original(title, wrapped);
  },
  { only: original.only, skip: original.skip, retries: original.retries },
);
globalThis.it = checkedTest as unknown as Mocha.TestFunction;

beforeEach(() => {
  expectations.length = 0;
});
after(finish);
