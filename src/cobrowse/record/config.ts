/** What a clinic may set. A mistake in it is an error, and nothing is recorded: a mask that is misspelled must not be a mask that is off. */
import { CareError } from '../../base/care-error.js';

export interface RecorderConfig {
  /** Dictionary mode: hashes of the site's static texts (`hashText`). What is not among them is masked, marked or not. */
  readonly dictionary?: readonly string[];
  /** Static pictures by the exact text of their `src`; they are sent as a number, which is the place in this list. Both sides have the list. */
  readonly assets?: readonly string[];
  /** Tags of custom elements without a shadow root that are entered like a `div`. */
  readonly enter?: readonly string[];
}

const shapes: Readonly<Record<string, RegExp>> = { dictionary: /^[a-z0-9]+-[a-z0-9]+$/, assets: /^[^\s"\\]+$/, enter: /^[a-z]\w*-[\w-]*$/ };

/** Throws `config-invalid` with the place of the first mistake. */
export function checkConfig(config: RecorderConfig): void {
  for (const [key, list] of Object.entries(config)) {
    const isRight = Object.hasOwn(shapes, key) && Array.isArray(list) && (key !== 'assets' || list.length <= 2000) && list.every((one) => typeof one === 'string' && shapes[key]!.test(one));
    if (!isRight) throw new CareError('config-invalid', `The co-browse configuration has a mistake: ${key}`, { details: [{ pointer: `/${key}`, code: 'config-invalid' }] });
  }
}
