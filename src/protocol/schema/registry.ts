/** Every named schema of protocol version 1. What is exported with a `$id` from the source is in the list; nothing is registered by hand. */
import type { TSchema } from 'typebox';
import * as botApi from './bot-api.js';
import * as bots from './bots.js';
import * as cobrowse from './cobrowse.js';
import * as common from './common.js';
import * as events from './events.js';
import * as frames from './frames.js';
import * as rest from './rest.js';
import { nameOf, toClosed, toJsonSchemas, type JsonSchema, type JsonSchemaStyle } from './to-json-schema.js';

const isNamed = (value: unknown): value is TSchema => nameOf(value) !== null;

function collect(value: unknown, into: Map<string, TSchema>): void {
  if (typeof value !== 'object' || value === null) return;
  const name = nameOf(value);
  const known = name === null ? undefined : into.get(name);
  // `Type.Optional` copies a schema, so sameness is of content.
  if (known && JSON.stringify(known) === JSON.stringify(value)) return;
  if (known) throw new Error(`two schemas are called ${name}`);
  if (name !== null && isNamed(value)) into.set(name, value);
  for (const child of Object.values(value)) collect(child, into);
}

/** Name → schema, in alphabetical order. */
export const schemas: ReadonlyMap<string, TSchema> = (() => {
  const found = new Map<string, TSchema>();
  for (const module of [common, bots, cobrowse, events, frames, rest, botApi]) {
    for (const value of Object.values(module)) if (isNamed(value) || (typeof value === 'object' && value !== null)) collect(value, found);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
})();

/** Frame type → name of its schema, for each direction (a type may travel both ways under two schemas). */
export const frameNames = (direction: 'client' | 'server'): ReadonlyMap<string, string> =>
  new Map((direction === 'client' ? frames.ClientFrame : frames.ServerFrame).anyOf.map((schema) => {
    const named: { readonly $id?: string; readonly properties: { readonly t: { readonly const: string } } } = schema;
    return [named.properties.t.const, named.$id ?? ''];
  }));

/** All named schemas, written. */
export const allJsonSchemas = (style: JsonSchemaStyle): Readonly<Record<string, JsonSchema>> => toJsonSchemas([...schemas.values()], style);

/** All named schemas as ajv takes them: each with its name as `$id`, references by name, unions with a discriminator. */
export function ajvSchemas(options: { readonly closed?: boolean } = {}): readonly JsonSchema[] {
  const style: JsonSchemaStyle = { toRef: (name) => name, discriminator: 'ajv' };
  return Object.entries(allJsonSchemas(style)).map(([name, schema]) => ({ $id: name, ...((options.closed ? toClosed(schema) : schema) as JsonSchema) }));
}
