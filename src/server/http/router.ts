/** Finds the operation for a request in the table of the protocol, and reads its parameters. */
import type { Result } from '../../base/result.js';
import { operations, type Operation, type OperationId, type Parameter } from '../../protocol/schema/operations.js';
import { refuse } from '../hub/problems.js';

/** Values of path and query; those that were not given are absent. `count` values are numbers in text. */
export type Parameters = Readonly<Record<string, string>>;

export interface Route {
  readonly operation: Operation & { readonly operationId: OperationId };
  readonly path: Parameters;
}

const patterns: Readonly<Record<Parameter['type'], RegExp>> = {
  stream: /^(self|c_[A-Za-z0-9-]{1,72}(\.staff)?)$/,
  id: /^[A-Za-z0-9_.:-]{1,64}$/,
  link: /^[A-Za-z0-9_.:-]{16,64}$/,
  epoch: /^[^]{1,64}$/,
  count: /^\d{1,15}$/,
  status: /^(waiting|open|closed)$/,
};

interface Entry {
  readonly operation: Route['operation'];
  readonly pattern: RegExp;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const entries: readonly Entry[] = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.split(/(\{\w+\})/).map((piece) => (piece.startsWith('{') ? `(?<${piece.slice(1, -1)}>[^/]+)` : escape(piece))).join('')}$`),
}));

/** Methods that a path knows; empty: no such path. */
export const methodsOf = (path: string): readonly string[] => entries.filter(({ pattern }) => pattern.test(path)).map(({ operation }) => operation.method);

/** The operation, or null where the path with this method is none of the protocol's. */
export function findRoute(method: string, path: string): Route | null {
  for (const { operation, pattern } of entries) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match) return { operation, path: { ...match.groups } };
  }
  return null;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Path and query together, checked against the table. Errors: `not-found` (path), `invalid` (query), with pointers by parameter name. */
export function readParameters({ operation, path }: Route, query: URLSearchParams): Result<Parameters> {
  const values: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    const raw = parameter.in === 'path' ? decode(path[parameter.name] ?? '') : query.get(parameter.name);
    const details = [{ pointer: `/${parameter.name}`, code: raw === null ? 'required' : 'pattern' }];
    if (raw === null && parameter.in === 'query') {
      if (parameter.required) return refuse('invalid', { details });
      continue;
    }
    if (raw === null || !patterns[parameter.type].test(raw)) return refuse(parameter.in === 'path' ? 'not-found' : 'invalid', { details });
    values[parameter.name] = raw;
  }
  return { ok: true, value: values };
}
