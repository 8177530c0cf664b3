/** Says which of one's own messages could not be sent and why, each once until it is tried again. */
import type { UiKey } from '../i18n/ui/en.js';
import type { Translate } from '../i18n/translate.js';
import type { TranscriptTimeline } from './transcript-types.js';

export interface FailuresOptions {
  t(): Translate<UiKey>;
  /** The sentence of a problem code. */
  problem(code: string): string;
  announce(sentence: string): void;
}

/** Creates the memory; what it returns is given each new timeline, in whose last chunk everything stands that the server does not have. */
export function createFailures({ t, problem, announce }: FailuresOptions): (timeline: TranscriptTimeline) => void {
  const told = new Set<string>();
  return ({ chunks }) => {
    for (const item of chunks.at(-1) ?? []) {
      if (item.type !== 'message') continue;
      if (item.state !== 'failed') told.delete(item.key);
      else if (!told.has(item.key)) {
        told.add(item.key);
        announce(`${t()('stateFailed')}: ${item.text}${item.error ? ` – ${problem(item.error)}` : ''}`);
      }
    }
  };
}
