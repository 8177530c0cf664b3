/**
 * What a clinic may set. It is checked when the page starts, long before anybody asks to see it: a mistake is an error, and without a configuration that
 * was checked nothing can be recorded, for a mask that is misspelled must not be a mask that is off.
 */
import { CareError } from '../../base/care-error.js';
import { hashText } from '../../base/text-hash.js';

export interface CobrowseConfig {
  /** Dictionary mode: hashes of the site's static texts (`hashText`). What is not among them is masked, marked or not. */
  readonly dictionary?: readonly string[];
  /** Static pictures by the exact text of their `src`; they are sent as a number, which is the place in this list. Both sides have the list. */
  readonly assets?: readonly string[];
  /** Tags of custom elements without a shadow root that are entered like a `div`. */
  readonly enter?: readonly string[];
}

declare const checked: unique symbol;
/** A configuration that was checked; nothing else makes one. */
export interface CheckedConfig {
  readonly [checked]: true;
  /** Whether a text is in the dictionary; undefined where there is none. */
  isKnown(text: string): boolean | undefined;
  /** Selectors of the pictures. */
  readonly assets: readonly string[];
  readonly enter: ReadonlySet<string>;
}

const shapes: Readonly<Record<string, RegExp>> = { dictionary: /^[a-z0-9]+-[a-z0-9]+$/, assets: /^[^\s"\\]+$/, enter: /^[a-z][a-z0-9]*-[a-z0-9-]*$/ };
const mostEntries: Readonly<Record<string, number>> = { dictionary: 100_000, assets: 2000, enter: 1000 };

/** Throws `config-invalid` with the place of the first mistake. */
export function checkConfig(config: CobrowseConfig = {}): CheckedConfig {
  const refuse = (pointer: string): never => {
    throw new CareError('config-invalid', `The co-browse configuration has a mistake at ${pointer}`, { details: [{ pointer, code: 'config-invalid' }] });
  };
  if (typeof config !== 'object' || config === null) refuse('');
  for (const [key, list] of Object.entries(config)) {
    if (!Object.hasOwn(shapes, key) || !Array.isArray(list) || list.length > mostEntries[key]!) refuse(`/${key}`);
    const wrong = (list as unknown[]).findIndex((one) => typeof one !== 'string' || !shapes[key]!.test(one));
    if (wrong >= 0) refuse(`/${key}/${wrong}`);
  }
  const dictionary = config.dictionary && new Set(config.dictionary);
  return Object.freeze({
    isKnown: (text: string) => dictionary?.has(hashText(text)),
    assets: (config.assets ?? []).map((path) => `img[src="${path}"]`),
    enter: new Set(config.enter),
  }) as unknown as CheckedConfig;
}
