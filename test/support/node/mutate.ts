/**
 * Structure-aware mutation of valid values: fields are dropped, retyped, oversized, nested, misnamed, or name what is somebody else's. The outcome is
 * JSON text, because some of it (10,000 levels, a key twice, a lone surrogate) is no value that one would write.
 */
import fc from 'fast-check';

/** Stands in every string that a mutation plants: no answer, log line or error may hold it. */
export const marker = 'zQplanted7Qz';

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);
const text = (value: unknown): string => JSON.stringify(value);

/** Raw JSON texts that stand in for a value. `others`: ids that are somebody else's. */
const replacements = (others: readonly string[]): fc.Arbitrary<string> => fc.oneof(
  fc.constantFrom(
    'null', 'true', '[]', '{}', '""', '-1', '0', '1.5', '1e400', '-0', '9007199254740993', '123456789012345678901234567890', `[${'1,'.repeat(400)}1]`,
    text(marker), text(marker.repeat(20)), text(`${marker}${'x'.repeat(9_000)}`), text(`${marker}\u0000`), `"${marker}\\ud800"`, `"\\udc00${marker}"`, text(`${marker}\u202e\ufeff`), text(`../${marker}`),
    `{"__proto__":{"polluted":${text(marker)}},"constructor":{"prototype":{"polluted":1}}}`, `{${text(marker)}:${text(marker)}}`, `[${text(marker)}]`, `{"toString":${text(marker)},"valueOf":1,"then":1,"length":-1}`,
    deep('[', ']', 65), deep('[', ']', 10_000), deep('{"a":', '}', 10).replace(':}', ':1}'), `${'{"d":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  ),
  fc.constantFrom(...others).map(text),
  fc.string({ unit: 'binary', maxLength: 20 }).map((value) => text(marker + value)),
  fc.integer().map(String),
);

type Step = { readonly at: number; readonly how: 'drop' | 'replace' | 'double' | 'wrap' | 'repeat-key' | 'rename'; readonly by: string };

/** Writes a value as JSON with the steps applied at the places they fall on (counted in order of writing). */
function write(value: unknown, steps: ReadonlyMap<number, Step>, count: { n: number }): string | null {
  const step = steps.get(count.n++);
  if (step?.how === 'drop') return null;
  if (step?.how === 'replace') return step.by;
  const inner = Array.isArray(value)
    ? `[${value.flatMap((item) => write(item, steps, count) ?? []).join(',')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value).flatMap(([key, field]) => {
          const here = steps.get(count.n);
          const written = write(field, steps, count);
          if (written === null) return [];
          if (here?.how === 'repeat-key') return [`${text(key)}:${written}`, `${text(key)}:${here.by}`];
          return [`${here?.how === 'rename' ? text(`${key}${marker}`) : text(key)}:${written}`];
        }).join(',')}}`
      : text(value);
  if (step?.how === 'double') return `[${inner},${inner}]`;
  return step?.how === 'wrap' ? `{"value":${inner},${text(marker)}:1}` : inner;
}

const places = (value: unknown): number => 1 + (typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, child) => sum + places(child), 0) : 0);

/** JSON texts near the values of an arbitrary. */
export function mutated(values: fc.Arbitrary<unknown>, others: readonly string[]): fc.Arbitrary<string> {
  const step = fc.record({ at: fc.nat(), how: fc.constantFrom('drop', 'replace', 'replace', 'replace', 'double', 'wrap', 'repeat-key', 'rename'), by: replacements(others) }) as fc.Arbitrary<Step>;
  return fc.tuple(values, fc.array(step, { minLength: 1, maxLength: 3 })).map(([value, steps]) => {
    const count = places(value);
    return write(value, new Map(steps.map((one) => [one.at % count, one])), { n: 0 }) ?? 'null';
  });
}
