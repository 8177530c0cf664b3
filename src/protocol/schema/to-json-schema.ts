/**
 * Schemas of the source as plain JSON Schema: nested named schemas become `$ref`s, unions with a constant discriminator become `oneOf`.
 * Pure. Only keywords that mean the same in draft-07 (AsyncAPI 3.0) and 2020-12 (OpenAPI 3.1) come out; `strangeKeywords` proves it.
 */
import type { TSchema } from 'typebox';

/** A JSON Schema as data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** How the output is written. */
export interface JsonSchemaStyle {
  /** Reference to a named schema: `#/components/schemas/By`, `By.json`, `By`. */
  readonly toRef: (name: string) => string;
  /**
   * Whether a `oneOf` says which field tells its branches apart. `ajv`: object with `propertyName` (ajv's option `discriminator`);
   * `openapi`: the same with a `mapping`; `none`: nothing (JSON Schema files and AsyncAPI, where the keyword has another shape).
   */
  readonly discriminator: 'ajv' | 'openapi' | 'none';
}

/** Fields that tell the branches of a union apart: `t` in frames, `kind` in events and submits. */
const discriminators = ['t', 'kind'] as const;

const keywords = new Set([
  'type', 'enum', 'const', 'description', 'title', 'properties', 'required', 'additionalProperties', 'patternProperties', 'items', 'minItems', 'maxItems',
  'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'anyOf', 'oneOf', 'not', '$ref', 'discriminator',
]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapValues = (value: unknown, change: (item: unknown) => unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)])) : value;

/** The name of a schema (`$id`), if it has one. */
export const nameOf = (schema: unknown): string | null => (isObject(schema) && typeof schema['$id'] === 'string' ? schema['$id'] : null);

const constOf = (schema: unknown, field: string): string | null => {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  const property = isObject(properties) ? properties[field] : undefined;
  const value = isObject(property) ? property['const'] : undefined;
  return typeof value === 'string' ? value : null;
};

/** The field whose constant differs in every branch, if there is one. */
export function discriminatorOf(branches: readonly unknown[]): string | null {
  return discriminators.find((field) => {
    const values = branches.map((branch) => constOf(branch, field));
    return !values.includes(null) && new Set(values).size === values.length;
  }) ?? null;
}

function union(branches: readonly unknown[], style: JsonSchemaStyle): JsonSchema {
  const written = branches.map((branch) => nested(branch, style));
  const field = discriminatorOf(branches);
  if (field === null) return { anyOf: written };
  const names = branches.map(nameOf);
  const mapping = Object.fromEntries(branches.flatMap((branch, index) => (names[index] ? [[constOf(branch, field), style.toRef(names[index])]] : [])));
  const mark = style.discriminator === 'none' ? {} : { discriminator: { propertyName: field, ...(style.discriminator === 'openapi' && { mapping }) } };
  return { type: 'object', required: [field], properties: { [field]: { type: 'string', maxLength: 60 } }, ...mark, oneOf: written };
}

function nested(schema: unknown, style: JsonSchemaStyle): unknown {
  const name = nameOf(schema);
  return name === null ? write(schema, style) : { $ref: style.toRef(name) };
}

function write(schema: unknown, style: JsonSchemaStyle): unknown {
  if (!isObject(schema)) return schema;
  const out: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$id') continue;
    else if (keyword === 'properties' || keyword === 'patternProperties') out[keyword] = mapValues(value, (item) => nested(item, style));
    else if (keyword === 'items' || keyword === 'not' || keyword === 'additionalProperties') out[keyword] = nested(value, style);
    else if (keyword === 'anyOf' && Array.isArray(value)) Object.assign(out, union(value, style));
    else out[keyword] = value;
  }
  return out;
}

/** One schema of the source, its named parts as references. The name itself is not in the output. */
export const toJsonSchema = (schema: TSchema, style: JsonSchemaStyle): JsonSchema => write(schema, style) as JsonSchema;

/** Named schemas as one object, name → schema. */
export const toJsonSchemas = (schemas: readonly TSchema[], style: JsonSchemaStyle): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(schemas.map((schema) => [nameOf(schema) ?? '', toJsonSchema(schema, style)]));

/** A closed copy of a written schema: objects with listed properties allow no others. For what we send ourselves, never for what comes in. */
export function toClosed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toClosed);
  if (!isObject(schema)) return schema;
  const closed: Record<string, unknown> = mapValues(schema, toClosed) as Record<string, unknown>;
  if (isObject(schema['properties'])) {
    // A property may be called `properties` or `items` itself; each is a schema of its own.
    closed['properties'] = mapValues(schema['properties'], toClosed);
    if (schema['type'] === 'object' && schema['additionalProperties'] === undefined && schema['oneOf'] === undefined) closed['additionalProperties'] = false;
  }
  return closed;
}

/** Keywords in a written schema that are outside the intersection of draft-07 and 2020-12, as JSON pointers; siblings of `$ref` count. */
export function strangeKeywords(schema: unknown, pointer = ''): string[] {
  if (!isObject(schema)) return [];
  const own = Object.keys(schema).filter((keyword) => !keywords.has(keyword) || ('$ref' in schema && keyword !== '$ref')).map((keyword) => `${pointer}/${keyword}`);
  const children = Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties' || keyword === 'patternProperties') {
      return Object.entries(isObject(value) ? value : {}).flatMap(([name, item]) => strangeKeywords(item, `${pointer}/${keyword}/${name}`));
    }
    if (keyword === 'anyOf' || keyword === 'oneOf') return (value as readonly unknown[]).flatMap((item, index) => strangeKeywords(item, `${pointer}/${keyword}/${index}`));
    return keyword === 'items' || keyword === 'not' || keyword === 'additionalProperties' ? strangeKeywords(value, `${pointer}/${keyword}`) : [];
  });
  return [...own, ...children];
}
