/** Reading a pack: every helper takes `unknown`, because a pack is somebody's file. */
import type { LocalText } from '../protocol/types.js';

export type Json = Readonly<Record<string, unknown>>;
/** Takes a mistake: JSON pointer and code. */
export type Report = (pointer: string, code: string) => void;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
/** An id that can go over the wire. */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_.:-]{1,64}$/.test(value);
export const textsOf = (value: unknown): readonly string[] | null => (Array.isArray(value) && value.every(isText) ? value : null);

/** A text by language, English at least. */
export const isLocalText = (value: unknown): value is LocalText => isObject(value) && isText(value['en']) && Object.values(value).every(isText);

/** Whether a day exists, `YYYY-MM-DD`. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
