/** Values that satisfy a schema of the protocol, for property tests; with fields nobody knows thrown in. */
import fc from 'fast-check';

interface Schema {
  readonly $id?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly not?: { readonly const: unknown };
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What can come over the wire: `-0` cannot. */
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function strings(schema: Schema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 100, pattern } = schema;
  const text = pattern === undefined
    ? fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(20, maxLength) })
    // With the length in the pattern: nearly every text that fits a pattern without one is too short where many characters are asked for.
    : fc.stringMatching(new RegExp(pattern.replace(/\+\$$/, `{${Math.max(1, minLength)},${Math.min(minLength + 20, maxLength)}}$`)));
  return text.filter((value) => [...value].length >= minLength && [...value].length <= maxLength && value !== schema.not?.const);
}

function records(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.patternProperties) {
    const [[pattern, value] = ['', {}]] = Object.entries(schema.patternProperties);
    return fc.dictionary(fc.stringMatching(new RegExp(pattern)), fromSchema(value), { maxKeys: 3 });
  }
  const known = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, fromSchema(property)]));
  const unknown = fc.option(fc.record({ zzUnknown: json }), { nil: {} });
  return fc.tuple(fc.record(known, { requiredKeys: [...schema.required ?? []] }), unknown).map(([own, extra]) => ({ ...extra, ...own }));
}

/** An arbitrary of values that satisfy the schema. */
export function fromSchema(given: unknown): fc.Arbitrary<unknown> {
  const schema = given as Schema;
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fromSchema));
  switch (schema.type) {
    case 'object':
      return records(schema);
    case 'array':
      return fc.array(fromSchema(schema.items), { minLength: schema.minItems ?? 0, maxLength: Math.min(3, schema.maxItems ?? 3) });
    case 'string':
      return strings(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, Number.MAX_SAFE_INTEGER) });
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`no values for ${JSON.stringify(schema).slice(0, 100)}`);
  }
}
