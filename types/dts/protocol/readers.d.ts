/**
 * The few words the hand parsers are written in. A reader turns something unknown into a value of a known type or throws the one refusal;
 * only the outermost parser catches it. A reader copies the fields it knows, by own name, into a new object: what it does not know
 * (`__proto__` included) never gets further. Knows nothing of frames.
 */
/** Reads one value, or refuses by throwing. */
export type Reader<T> = (value: unknown) => T;
/** Whether this is an object with fields (not null, not a list). */
export declare const isRecord: (value: unknown) => value is Readonly<Record<string, unknown>>;
/** The refusal. Carries nothing: what was refused may hold a patient's words. */
export declare const refuse: () => never;
/** A string. */
export declare const text: Reader<string>;
/** An integer from 0 to 2^53−1. */
export declare const count: Reader<number>;
/** True or false. */
export declare const flag: Reader<boolean>;
/** Any object, handed on as it is (FHIR resources). */
export declare const anyRecord: Reader<Record<string, unknown>>;
/** One of these strings. */
export declare const choice: <const T extends string>(...values: readonly T[]) => Reader<T>;
/** One of these strings; the fallback for any other string: how an unknown enum value gets its documented default (README S-10.3). */
export declare const known: <const F extends string, const T extends string>(fallback: F, ...values: readonly T[]) => Reader<T | F>;
/** What the reader reads, or the fallback where it refuses. */
export declare const or: <T, const F>(reader: Reader<T>, fallback: F) => Reader<T | F>;
/** Absent where it is absent or not readable: for fields nobody relies on. */
export declare const maybe: <T>(reader: Reader<T>) => Reader<T | undefined>;
/** A list in which everything is readable. */
export declare const list: <T>(reader: Reader<T>) => Reader<T[]>;
/** An object with these fields; absent ones stay absent. */
export declare const record: <S extends Readonly<Record<string, Reader<unknown>>>>(shape: S) => Reader<{ [K in keyof S]: ReturnType<S[K]>; }>;
