/**
 * The few words the hand parsers are written in. A reader turns something unknown into a value of a known type or throws the one refusal;
 * only the outermost parser catches it. A reader copies the fields it knows, by own name, into a new object: what it does not know
 * (`__proto__` included) never gets further. Knows nothing of frames.
 */

/** Reads one value, or refuses by throwing. */
export type Reader<T> = (value: unknown) => T;

/** Whether this is an object with fields (not null, not a list). */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The refusal. Carries nothing: what was refused may hold a patient's words. */
export const refuse = (): never => {
  throw new TypeError();
};

/** A string. */
export const text: Reader<string> = (value) => (typeof value === 'string' ? value : refuse());

/** An integer from 0 to 2^53−1. */
export const count: Reader<number> = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse());

/** True or false. */
export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : refuse());

/** Any object, handed on as it is (FHIR resources). */
export const anyRecord: Reader<Record<string, unknown>> = (value) => (isRecord(value) ? value : refuse());

/** One of these strings. */
export const choice = <const T extends string>(...values: readonly T[]): Reader<T> => (value) => (values.includes(value as T) ? (value as T) : refuse());

/** One of these strings; the fallback for any other string: how an unknown enum value gets its documented default (README S-10.3). */
export const known = <const F extends string, const T extends string>(fallback: F, ...values: readonly T[]): Reader<T | F> => (value) => (values.includes(text(value) as T) ? (value as T) : fallback);

/** What the reader reads, or the fallback where it refuses. */
export const or = <T, const F>(reader: Reader<T>, fallback: F): Reader<T | F> => (value) => {
  try {
    return reader(value);
  } catch {
    return fallback;
  }
};

/** Absent where it is absent or not readable: for fields nobody relies on. */
export const maybe = <T>(reader: Reader<T>): Reader<T | undefined> => or(reader, undefined);

/** A list in which everything is readable. */
export const list = <T>(reader: Reader<T>): Reader<T[]> => (value) => (Array.isArray(value) ? value.map((item) => reader(item)) : refuse());

/** An object with these fields; absent ones stay absent. */
export const record = <S extends Readonly<Record<string, Reader<unknown>>>>(shape: S): Reader<{ [K in keyof S]: ReturnType<S[K]> }> => (value) => {
  if (!isRecord(value)) return refuse();
  const read: Record<string, unknown> = {};
  for (const key of Object.keys(shape)) {
    const field = shape[key]!(Object.hasOwn(value, key) ? value[key] : undefined);
    if (field !== undefined) read[key] = field;
  }
  return read as { [K in keyof S]: ReturnType<S[K]> };
};
