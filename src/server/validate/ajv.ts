/**
 * The server's door to ajv. Knows schemas and mistakes; must not know HTTP, frames or the configuration.
 * A mistake carries a JSON pointer and a code; what was sent is never part of it.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formatsPlugin from 'ajv-formats';

/** One place where a value does not fit its schema. */
export interface Mistake {
  /** JSON pointer (RFC 6901); empty for the whole value. */
  readonly pointer: string;
  /** The schema keyword that refused it: `required`, `type`, `maxLength`, `additionalProperties`… */
  readonly keyword: string;
  /** The keyword's parameters: the missing property, the limit, the allowed values. Never the value itself. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The names that an object may have here; only with `everyMistake`. */
  readonly known: readonly string[];
}

/** Checks a value; an empty list means that it fits. */
export type Validate = (value: unknown) => readonly Mistake[];

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function toMistake(error: ErrorObject): Mistake {
  const params = error.params as Record<string, unknown>;
  const key = params['missingProperty'] ?? params['additionalProperty'] ?? (error.keyword === 'propertyNames' ? params['propertyName'] : undefined);
  const properties = (error.parentSchema as { readonly properties?: object } | undefined)?.properties;
  return {
    pointer: typeof key === 'string' ? `${error.instancePath}/${escape(key)}` : error.instancePath,
    keyword: error.keyword,
    params,
    known: properties ? Object.keys(properties) : [],
  };
}

/** TypeBox values are JSON Schemas with `$id` on named parts; nested `$id`s would each open a new base URI, so they are taken out. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([key, value]) => !(key === '$id' && typeof value === 'string')).map(([key, value]) => [key, withoutIds(value)]));
}

/** Compiles a schema into a check. `everyMistake`: do not stop at the first one (for files a person writes; not for untrusted traffic). */
export function createValidate(schema: object, { everyMistake = false }: { readonly everyMistake?: boolean } = {}): Validate {
  const ajv = new Ajv({ allErrors: everyMistake, verbose: everyMistake, strict: true, strictTypes: false, strictRequired: false, ownProperties: true });
  formatsPlugin.default(ajv, ['date', 'email']);
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= ajv.compile(withoutIds(schema) as object);
    return compiled(value) ? [] : (compiled.errors ?? []).map(toMistake);
  };
}
