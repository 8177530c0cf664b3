/** `=`, `~` and the order of nodes (FHIRPath N1 §6.1, §6.2). Null where it cannot be told. */
import { isObject } from '../fhir-json.js';
import { compareDates } from './dates.js';
import { isNumber, isQuantity, isTemporal, isText, quantityOf, type Node, type Nodes } from './nodes.js';

const equalJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((one, index) => equalJson(one, right[index]));
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]));
};

/** A date that is JSON's string beside one that is known as a date. */
const bothTemporal = (left: Node, right: Node): boolean => (isTemporal(left) && typeof right.value === 'string') || (isTemporal(right) && typeof left.value === 'string');

/** Below, equal to or above zero; null where they cannot be compared. */
export function order(left: Node, right: Node): number | null {
  if (isNumber(left) && isNumber(right)) return (left.value as number) - (right.value as number);
  if (bothTemporal(left, right)) return compareDates(left.value as string, right.value as string);
  if (isText(left) && isText(right)) return left.value === right.value ? 0 : (left.value as string) < (right.value as string) ? -1 : 1;
  if (!isQuantity(left) && !isQuantity(right)) return null;
  const [a, b] = [quantityOf(isNumber(left) ? { value: { value: left.value }, type: 'Quantity' } : left), quantityOf(isNumber(right) ? { value: { value: right.value }, type: 'Quantity' } : right)];
  return a && b && a.unit === b.unit ? a.amount - b.amount : null;
}

export function equalNodes(left: Node, right: Node): boolean | null {
  if (bothTemporal(left, right) || isQuantity(left) || isQuantity(right)) {
    const compared = order(left, right);
    return compared === null ? (bothTemporal(left, right) ? null : equalJson(left.value, right.value)) : compared === 0;
  }
  return equalJson(left.value, right.value);
}

/** Null where one of them is empty. */
export function equal(left: Nodes, right: Nodes): boolean | null {
  if (left.length === 0 || right.length === 0) return null;
  if (left.length !== right.length) return false;
  const pairs = left.map((node, index) => equalNodes(node, right[index]!));
  return pairs.includes(false) ? false : pairs.includes(null) ? null : true;
}

const plain = (value: unknown): unknown => (typeof value === 'string' ? value.trim().replace(/\s+/g, ' ').toLowerCase() : value);

function equivalentNodes(left: Node, right: Node): boolean {
  if (isNumber(left) && isNumber(right)) {
    const decimals = Math.min(...[left, right].map(({ value }) => String(value).split('.')[1]?.length ?? 0));
    return (left.value as number).toFixed(decimals) === (right.value as number).toFixed(decimals);
  }
  if (left.type === 'Coding' && right.type === 'Coding' && isObject(left.value) && isObject(right.value)) return left.value['code'] === right.value['code'] && left.value['system'] === right.value['system'];
  return equalNodes({ ...left, value: plain(left.value) }, { ...right, value: plain(right.value) }) === true;
}

/** `~`: in any order; nothing is equivalent to nothing. */
export const equivalent = (left: Nodes, right: Nodes): boolean => {
  const rest = [...right];
  return left.length === right.length && left.every((node) => {
    const at = rest.findIndex((other) => equivalentNodes(node, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
};

export const includes = (nodes: Nodes, wanted: Node): boolean => nodes.some((node) => equalNodes(node, wanted) === true);

export const distinct = (nodes: Nodes): Nodes => {
  const found: Node[] = [];
  for (const node of nodes) if (!includes(found, node)) found.push(node);
  return found;
};
