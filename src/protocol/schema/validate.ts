/**
 * What is refused, with which code, and where (README §10.4): the one refusal function of server, kit and specification tests.
 * The schema compiler comes in as an argument, so that this room needs no library. A refusal names places and kinds of mistakes, never values.
 */
import type { WireErrorCode } from '../../base/care-error.js';
import { ajvSchemas, frameNames } from './registry.js';

/** A mistake as ajv tells it. */
interface AjvError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled schema as ajv makes it. */
interface AjvValidate {
  (value: unknown): unknown;
  errors?: readonly AjvError[] | null | undefined;
}

/** As much of ajv as is used. Make it with `{ allErrors: true, discriminator: true, strict: true }`. */
export interface AjvLike {
  addSchema(schema: Record<string, unknown>): unknown;
  getSchema(name: string): AjvValidate | undefined;
}

/** A refusal: a problem code, where each mistake is (JSON Pointer) and what kind. */
export interface Refusal {
  readonly code: WireErrorCode;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
  /** The limit that was passed, for `too-large`. */
  readonly limit?: number;
}

/** Limits the schemas cannot know. */
export interface ValidatorLimits {
  readonly textChars: number;
  readonly partsPerMessage: number;
}

/** Outcome of reading a frame. `t` and `id` are given as far as they could be read, so that an `err` can answer. */
export type FrameCheck =
  | { readonly ok: true; readonly frame: unknown }
  | { readonly ok: false; readonly refusal: Refusal; readonly t: string | null; readonly id: number | null };

export interface Validator {
  /** Whether a value is what the named schema says; null: it is. */
  check(name: string, value: unknown, limits?: ValidatorLimits): Refusal | null;
  /** Reads one text message of a socket. Codes: `bad-frame`, `unknown-frame`, `too-large`, `invalid`, `not-supported`. */
  frame(direction: 'client' | 'server', text: string, limits?: ValidatorLimits): FrameCheck;
}

/** Deeper than anything of ours, FHIR resources included; shallow enough for every JSON writer. */
const maxDepth = 64;

const codes: Readonly<Record<string, string>> = {
  required: 'required', type: 'type', maxLength: 'too-long', minLength: 'too-short', maxItems: 'too-many', minItems: 'too-few', pattern: 'pattern',
  enum: 'unknown-value', const: 'unknown-value', discriminator: 'unknown-value', minimum: 'out-of-range', maximum: 'out-of-range', additionalProperties: 'not-allowed',
};

/** Where more than allowed is `too-large`: what people write. Elsewhere it is `invalid`. */
const content = /\/(text|fallback|parts|first|answers\/\d+)$/;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const deeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((child) => deeper(child, levels - 1)));

/** Drops what the branches of a union say that were not meant (told apart by `kind`), and the union's own complaint. */
function relevant(errors: readonly AjvError[]): readonly AjvError[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter((error) => {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') return false;
    if (error.keyword === 'not') return false;
    const union = unions.find(({ instancePath }) => error.instancePath.startsWith(instancePath));
    if (!union) return true;
    const branch = error.schemaPath.split('/')[0];
    return !errors.some((other) => other.schemaPath.split('/')[0] === branch && other.instancePath === `${union.instancePath}/kind` && (other.keyword === 'const' || other.keyword === 'not'));
  });
}

function toRefusal(errors: readonly AjvError[]): Refusal {
  const kept = relevant(errors);
  const unknownKind = kept.some(({ keyword, instancePath, params }) => keyword === 'discriminator' && params['error'] === 'mapping' && instancePath.endsWith('/ev'));
  const tooLarge = kept.length > 0 && kept.every(({ keyword, instancePath }) => (keyword === 'maxLength' || keyword === 'maxItems') && content.test(instancePath));
  const limit = kept[0]?.params['limit'];
  return {
    code: unknownKind ? 'not-supported' : tooLarge ? 'too-large' : 'invalid',
    errors: kept.slice(0, 50).map(({ keyword, instancePath, params }) => ({
      pointer: (keyword === 'required' ? `${instancePath}/${String(params['missingProperty'])}` : keyword === 'discriminator' ? `${instancePath}/${String(params['tag'])}` : instancePath).slice(0, 300),
      code: codes[keyword] ?? 'invalid',
    })),
    ...(tooLarge && typeof limit === 'number' && { limit }),
  };
}

/** What people write, with where it is: message parts, notes, why a person is wanted. */
function* writings(value: Readonly<Record<string, unknown>>, pointer: string): Generator<readonly [pointer: string, text: string]> {
  for (const field of ['d', 'ev'] as const) if (isRecord(value[field])) yield* writings(value[field], `${pointer}/${field}`);
  for (const field of ['text', 'reason'] as const) if (typeof value[field] === 'string') yield [`${pointer}/${field}`, value[field]];
  for (const field of ['parts', 'first'] as const) {
    const parts = Array.isArray(value[field]) ? (value[field] as readonly unknown[]) : [];
    for (const [index, part] of parts.entries()) {
      if (!isRecord(part)) continue;
      for (const key of ['text', 'fallback']) if (typeof part[key] === 'string') yield [`${pointer}/${field}/${index}/${key}`, part[key]];
    }
  }
}

function checkWritings(value: unknown, limits: ValidatorLimits | undefined): Refusal | null {
  if (!isRecord(value)) return null;
  for (const [pointer, text] of writings(value, '')) {
    if (/\p{Surrogate}/u.test(text)) return { code: 'invalid', errors: [{ pointer, code: 'not-unicode' }] };
    if (limits && text.length > limits.textChars) return { code: 'too-large', errors: [{ pointer, code: 'too-long' }], limit: limits.textChars };
    const index = Number(/\/(?:parts|first)\/(\d+)\//.exec(pointer)?.[1] ?? 0);
    if (limits && index >= limits.partsPerMessage) return { code: 'too-large', errors: [{ pointer: pointer.replace(/\/\d+\/\w+$/, ''), code: 'too-many' }], limit: limits.partsPerMessage };
  }
  return null;
}

const badFrame = (pointer: string, code: string): Refusal => ({ code: 'bad-frame', errors: [{ pointer, code }] });

/** Registers every schema with the compiler and gives the refusal functions. `closed`: unknown fields are mistakes (for what we send ourselves). */
export function createValidator(ajv: AjvLike, options: { readonly closed?: boolean } = {}): Validator {
  for (const schema of ajvSchemas(options)) ajv.addSchema(schema);
  const names = { client: frameNames('client'), server: frameNames('server') };

  const check: Validator['check'] = (name, value, limits) => {
    const validate = ajv.getSchema(name);
    if (!validate) throw new Error(`there is no schema ${name}`);
    if (deeper(value, maxDepth)) return { code: 'invalid', errors: [{ pointer: '', code: 'too-deep' }] };
    return validate(value) ? checkWritings(value, limits) : toRefusal(validate.errors ?? []);
  };

  const frame: Validator['frame'] = (direction, text, limits) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { ok: false, refusal: badFrame('', 'not-json'), t: null, id: null };
    }
    if (!isRecord(value)) return { ok: false, refusal: badFrame('', 'type'), t: null, id: null };
    const t = typeof value['t'] === 'string' ? value['t'].slice(0, 40) : null;
    const id = Number.isSafeInteger(value['id']) && (value['id'] as number) > 0 ? (value['id'] as number) : null;
    const name = names[direction].get(t ?? '');
    const refusal =
      t === null ? badFrame('/t', 'required')
      : name === undefined ? { code: 'unknown-frame' as const, errors: [{ pointer: '/t', code: 'unknown-value' }] }
      : !isRecord(value['d']) ? badFrame('/d', 'type')
      : check(name, value, limits);
    // A frame whose envelope is wrong cannot be answered by its id: that is a bad frame, not bad input.
    const envelope = refusal?.errors.find(({ pointer }) => pointer === '/id' || pointer === '/re');
    if (refusal) return { ok: false, refusal: envelope ? badFrame(envelope.pointer, envelope.code) : refusal, t, id };
    return { ok: true, frame: value };
  };

  return { check, frame };
}
