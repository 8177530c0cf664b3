/** What an expression works on: JSON values that know their FHIR type, because JSON alone does not tell a date from a string. */
import { isObject, type Json } from '../fhir-json.js';

export interface Node {
  readonly value: unknown;
  /** `boolean`, `integer`, `decimal`, `string`, `date`, `dateTime`, `time`, `Quantity`, `Coding`, a resource's name …; empty where it is not known. */
  readonly type: string;
  /** The `_name` sibling of a primitive, which carries its extensions. */
  readonly extra?: Json;
}

export type Nodes = readonly Node[];

export const nothing: Nodes = [];

const primitives: Readonly<Record<string, string>> = { Boolean: 'boolean', Integer: 'integer', Decimal: 'decimal', String: 'string', Date: 'date', DateTime: 'dateTime', Instant: 'dateTime', Time: 'time', Uri: 'uri', Url: 'url', Code: 'code', Markdown: 'markdown' };
const complex = new Set(['Coding', 'CodeableConcept', 'Quantity', 'Reference', 'Attachment', 'Period', 'Range', 'Identifier', 'Age', 'Duration', 'Expression', 'HumanName', 'Address', 'ContactPoint', 'Annotation']);
/** Elements that are dates although their names do not say so. */
const dated: Readonly<Record<string, string>> = { birthDate: 'date', authored: 'dateTime', deceasedDateTime: 'dateTime' };
/** Fields of the answer and of what an item may start with. */
const typeOfSuffix = (suffix: string): string | null => primitives[suffix] ?? (complex.has(suffix) ? suffix : null);

function typeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  if (typeof value === 'string') return 'string';
  return isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : '';
}

/** A value as a node; `type` where it is known. */
export const toNode = (value: unknown, type = typeOf(value), extra?: Json): Node => ({ value, type: type === '' ? typeOf(value) : type, ...(extra && { extra }) });

export const toNodes = (value: unknown, type?: string): Nodes => (value === undefined || value === null ? nothing : (Array.isArray(value) ? value : [value]).map((one) => toNode(one, type)));

const childrenAt = (json: Json, key: string, type: string): Nodes => {
  const value = json[key];
  const extra = json[`_${key}`];
  if (value === undefined || value === null) return nothing;
  if (!Array.isArray(value)) return [toNode(value, type, isObject(extra) ? extra : undefined)];
  return value.map((one: unknown, index) => toNode(one, type, Array.isArray(extra) && isObject(extra[index]) ? extra[index] : undefined));
};

/** The type that a key says, as `valueDate` does. */
function typeOfKey(key: string): string {
  const [, suffix] = /^value([A-Z]\w*)$/.exec(key) ?? [];
  return dated[key] ?? (suffix === undefined ? '' : typeOfSuffix(suffix) ?? '');
}

/** The elements of a name; `value` finds `valueCoding` (a choice of types). */
export function member({ value, extra }: Node, name: string): Nodes {
  if (name === 'extension' && extra) return childrenAt(extra, name, 'Extension');
  if (!isObject(value)) return nothing;
  if (Object.hasOwn(value, name)) return childrenAt(value, name, typeOfKey(name));
  for (const key of Object.keys(value)) {
    const type = key.startsWith(name) ? typeOfSuffix(key.slice(name.length)) : null;
    if (type !== null) return childrenAt(value, key, type);
  }
  return nothing;
}

/** All elements beneath. */
export const childrenOf = ({ value }: Node): Nodes =>
  isObject(value) ? Object.keys(value).filter((key) => !key.startsWith('_') && key !== 'resourceType').flatMap((key) => childrenAt(value, key, typeOfKey(key))) : nothing;

export const isNumber = ({ type }: Node): boolean => type === 'integer' || type === 'decimal';
export const isTemporal = ({ type }: Node): boolean => type === 'date' || type === 'dateTime' || type === 'time';
export const isQuantity = ({ type, value }: Node): boolean => (type === 'Quantity' || type === 'Age' || type === 'Duration') && isObject(value);
/** Whatever JSON calls a string, dates excepted. */
export const isText = (node: Node): boolean => typeof node.value === 'string' && !isTemporal(node);

/** A decimal without the dust of binary arithmetic; null for what is no number. */
export const numberNode = (value: number, type?: 'integer' | 'decimal'): Nodes => {
  if (!Number.isFinite(value)) return nothing;
  const clean = Number(value.toPrecision(15));
  return [toNode(clean, type ?? (Number.isInteger(clean) ? 'integer' : 'decimal'))];
};

export const boolean = (value: boolean | null): Nodes => (value === null ? nothing : [toNode(value, 'boolean')]);
export const text = (value: string): Nodes => [toNode(value, 'string')];

/** Value and unit of a quantity; calendar words in the singular. */
export function quantityOf({ value }: Node): { readonly amount: number; readonly unit: string } | null {
  if (!isObject(value) || typeof value['value'] !== 'number') return null;
  const unit = value['code'] ?? value['unit'];
  return { amount: value['value'], unit: typeof unit === 'string' ? unit.replace(/^(year|month|week|day|hour|minute|second|millisecond)s$/, '$1') : '1' };
}

export const quantityNode = (amount: number, unit: string): Nodes => (Number.isFinite(amount) ? [toNode({ value: Number(amount.toPrecision(15)), unit, code: unit }, 'Quantity')] : nothing);
