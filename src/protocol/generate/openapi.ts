/** The OpenAPI 3.1 document: the operations table and the schemas, written out. */
import { bearerCodes, commonCodes, operations, type Operation, type Parameter } from '../schema/operations.js';
import { allJsonSchemas } from '../schema/registry.js';
import { problemTable } from '../version.js';
import { reachable } from './reachable.js';

const ref = (name: string): string => `#/components/schemas/${name}`;

const parameterSchemas: Readonly<Record<Parameter['type'], Readonly<Record<string, unknown>>>> = {
  stream: { type: 'string', minLength: 1, maxLength: 80, pattern: '^(self|c_[A-Za-z0-9-]+(\\.staff)?)$' },
  id: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$' },
  link: { type: 'string', minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$' },
  epoch: { type: 'string', minLength: 1, maxLength: 64 },
  count: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  status: { type: 'string', enum: ['waiting', 'open', 'closed'] },
};

/** Every problem code an operation may answer. */
export function codesOf(operation: Operation): readonly (keyof typeof problemTable)[] {
  const codes = [...operation.codes, ...commonCodes, ...(operation.auth === 'bearer' ? bearerCodes : [])];
  return (Object.keys(problemTable) as (keyof typeof problemTable)[]).filter((code) => codes.includes(code));
}

function responses(operation: Operation): Record<string, unknown> {
  const answers = Object.entries(operation.statuses).map(([status, description]) => [
    status,
    {
      description,
      ...(operation.answer && { content: { 'application/json': { schema: { $ref: ref(operation.answer) } } } }),
      ...(operation.isStream && { content: { 'text/event-stream': { schema: { type: 'string' } } } }),
    },
  ]);
  const byStatus = new Map<number, string[]>();
  for (const code of codesOf(operation)) {
    const status = problemTable[code][0];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problems = [...byStatus].map(([status, codes]) => [
    String(status),
    { description: `Problem: ${codes.map((code) => `\`${code}\``).join(', ')}.`, content: { 'application/problem+json': { schema: { $ref: ref('Problem') } } } },
  ]);
  return Object.fromEntries([...answers, ...problems]) as Record<string, unknown>;
}

function toOperation(operation: Operation): unknown {
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: `Specification §${operation.clause}.`,
    tags: [operation.profile],
    security: operation.auth === 'bearer' ? [{ bearer: [] }] : [],
    ...(operation.parameters.length > 0 && {
      parameters: operation.parameters.map(({ name, in: place, type, required, description }) => ({ name, in: place, required, description, schema: parameterSchemas[type] })),
    }),
    ...(operation.request && { requestBody: { required: true, content: { 'application/json': { schema: { $ref: ref(operation.request) } } } } }),
    responses: responses(operation),
  };
}

/** The document as data. */
export function createOpenApi(version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method.toLowerCase()] = toOperation(operation);
  const names = operations.flatMap((operation: Operation) => [operation.request, operation.answer]).filter((name) => name !== undefined);
  return {
    openapi: '3.1.0',
    info: {
      title: 'care-chat protocol, REST', version, summary: 'REST half of the care-chat protocol, version 1.',
      description: 'Generated from the schema source. `src/protocol/README.md` is the specification; the WebSocket half is in `asyncapi.json`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'https://chat.clinic.test', description: 'Your server. `/v1` is where the discovered REST base ends.' }],
    tags: [
      { name: 'visitor', description: 'Visitor profile: mandatory.' },
      { name: 'desk', description: 'Desk profile: optional.' },
      { name: 'both', description: 'Either profile\'s token.' },
    ],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The access token, opaque to the client. Never in a URL.' } },
      schemas: reachable([...names, 'Problem'], allJsonSchemas({ toRef: ref, discriminator: 'openapi' })),
    },
  };
}
