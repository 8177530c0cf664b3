/**
 * The line about the connection, the same for patient and staff: what it is doing, in words, and "Try now". It is no live region, because it counts
 * seconds: each change is given to the announcer once, and another try that fails says nothing unless it was asked for.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { LinkKey } from '../i18n/link/en.js';
import type { UiKey } from '../i18n/ui/en.js';
import type { Translate } from '../i18n/translate.js';
import type { SetTimer } from './announcer.js';
import { clockIcon, warnIcon } from './icons.js';

/** As much of a connection's status as the line tells. */
export interface LinkStatus<Code extends string> {
  readonly state: 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped';
  readonly retryAt: number | null;
  readonly error: Code | null;
}

export interface ConnectionLineOptions<Code extends string> {
  /** The paragraph around it, with the element's own `::part`; `kind` is for its class. */
  readonly frame: (kind: 'bad' | '', content: TemplateResult) => TemplateResult;
  readonly clock: { now(): number; setTimer: SetTimer };
  status(): LinkStatus<Code>;
  t(): Translate<LinkKey | UiKey>;
  /** Why nothing is tried any more. */
  problem(code: Code | null): string;
  tryNow(): void;
  announce(sentence: string): void;
  requestUpdate(): void;
}

export interface ConnectionLine {
  /** Whether trouble was spoken of, and its end was not. */
  readonly isSpokenOf: boolean;
  /** Says what has changed since the last call. `isShown`: the line is on the screen, or would be if there were something to tell. */
  speak(isShown: boolean): void;
  /** Nothing while all is well. */
  view(): TemplateResult | typeof nothing;
  tryNow(): void;
  dispose(): void;
}

/** For how long a try that was asked for shows at least: a failure may come too fast to be seen. */
const tryShownMs = 1000;

/** Creates the line of one connection; it has a timer only while a try that was asked for is on the screen. */
export function createConnectionLine<Code extends string>({ frame, clock, status, t, problem, tryNow, announce, requestUpdate }: ConnectionLineOptions<Code>): ConnectionLine {
  let isTryShown = false;
  let said: string | null = null;
  let cancelTry = (): void => {};

  const isTrying = (): boolean => {
    const { state, retryAt } = status();
    return state === 'connecting' || (state === 'waiting' && retryAt === null);
  };
  const isBusy = (): boolean => isTryShown || isTrying();
  /** Words that stay the same from second to second; null while all is well. */
  const sentence = (): string | null => {
    const { state, error } = status();
    if (state === 'online' || state === 'idle') return null;
    if (state === 'stopped') return problem(error);
    if (!navigator.onLine) return t()('deviceOffline');
    return t()(state === 'connecting' ? 'connecting' : 'reconnecting');
  };
  const settleTry = (): void => {
    if (isTrying()) {
      cancelTry = clock.setTimer(settleTry, tryShownMs);
      return;
    }
    isTryShown = false;
    if (status().state !== 'online' && said !== null) announce(said);
    requestUpdate();
  };
  const askForTry = (): void => {
    isTryShown = true;
    tryNow();
    cancelTry();
    cancelTry = clock.setTimer(settleTry, tryShownMs);
    requestUpdate();
  };
  const button = (): TemplateResult => html`
    <button class="button quiet small" part="button" type="button" aria-disabled=${isBusy() ? 'true' : 'false'} @click=${() => isBusy() || askForTry()}>${t()(isBusy() ? 'trying' : 'tryNow')}</button>`;

  return {
    get isSpokenOf() {
      return said !== null;
    },
    speak(isShown) {
      // Another tab takes over, a page comes back: a first try is no news to whoever knows of the trouble.
      if (isShown && said !== null && status().state === 'connecting') return;
      const next = isShown ? sentence() : null;
      if (next !== null && next !== said) announce(next);
      if (next === null && said !== null && status().state === 'online') announce(t()('connectedAgain'));
      said = next;
    },
    view() {
      const words = sentence();
      if (words === null) return nothing;
      const { state, retryAt } = status();
      const isFirst = state === 'connecting';
      const counts = !isTryShown && retryAt !== null && retryAt > clock.now() && navigator.onLine;
      return frame(state === 'stopped' ? 'bad' : '', html`${isFirst ? clockIcon : warnIcon}<span>${counts ? t()('retryIn', { n: Math.ceil((retryAt - clock.now()) / 1000) }) : words}</span>
        ${isFirst ? nothing : button()}`);
    },
    tryNow: askForTry,
    dispose: () => cancelTry(),
  };
}
