/** The JSON Schema (draft-07, which editors complete from) of `care-chat.config.json`, made of the one schema source. */
import { ConfigFileSchema } from './schema.js';

/** Address under which the schema is published. */
const schemaId = 'https://care-chat.dev/schemas/care-chat.config.schema.json';

/** The schema as plain JSON: named parts become `definitions`, each with its `$ref`s. */
export function configJsonSchema(): Record<string, unknown> {
  const definitions: Record<string, unknown> = {};
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(plain);
    if (typeof node !== 'object' || node === null) return node;
    const { $id, ...rest } = node as Record<string, unknown>;
    const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
    if (typeof $id !== 'string') return copy;
    definitions[$id] = copy;
    return { $ref: `#/definitions/${$id}` };
  };
  const root = plain(ConfigFileSchema) as Record<string, unknown>;
  const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { $schema: 'http://json-schema.org/draft-07/schema#', $id: schemaId, title: 'care-chat.config.json', ...root, definitions: sorted };
}
