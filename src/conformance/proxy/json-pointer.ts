/** JSON pointers (RFC 6901), as far as rules need them: look something up, and make a changed copy. */

const toKeys = (pointer: string): readonly string[] => pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value at the pointer; undefined where there is none. */
export const lookUp = (value: unknown, pointer: string): unknown =>
  toKeys(pointer).reduce<unknown>((now, key) => (typeof now === 'object' && now !== null && Object.hasOwn(now, key) ? (now as Record<string, unknown>)[key] : undefined), value);

const put = (value: unknown, [key, ...rest]: readonly string[], next: unknown): unknown => {
  if (key === undefined) return next;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === key ? put(one, rest, next) : one));
  const before = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...before, [key]: put(before[key], rest, next) };
};

/** A copy with the values at these pointers changed; objects on the way are made where they are missing. */
export const withValues = (value: unknown, changes: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(changes).reduce((now, [pointer, next]) => put(now, toKeys(pointer), next), value);
