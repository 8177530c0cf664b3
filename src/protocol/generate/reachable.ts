/** Which named schemas a document needs. */
import type { JsonSchema } from '../schema/to-json-schema.js';

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref.replace(/^.*\//, '')] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

/** The named schemas that can be got to from these, in alphabetical order. */
export function reachable(from: readonly string[], all: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    refsIn(all[name]).forEach(visit);
  };
  from.forEach(visit);
  return Object.fromEntries(Object.entries(all).filter(([name]) => found.has(name)));
}
