/** Signals of the page's life: visible, hidden, left, woken. */
import type { Clock, PageSignals } from '../ports.js';
import { clockJumpMs } from './quirks.js';

/** The page's signals. Listens to the page only while somebody listens to it. */
export function createPageSignals(clock: Clock): PageSignals {
  const on = (target: EventTarget, type: string, run: (event: Event) => void): (() => void) => {
    target.addEventListener(type, run);
    return () => target.removeEventListener(type, run);
  };
  const visible = (): boolean => document.visibilityState !== 'hidden';
  return {
    visible,
    onWake(listener) {
      // A laptop that slept with the page in front tells nobody: a minute tick that comes late does (rule: clock jump > 30 s).
      let due = 0;
      let cancel: () => void = () => {};
      const tick = (): void => {
        const late = due > 0 && Math.abs(clock.now() - due) > clockJumpMs;
        due = clock.now() + clockJumpMs;
        cancel = clock.setTimer(tick, clockJumpMs);
        if (late && visible()) listener();
      };
      tick();
      const offs = [
        on(document, 'visibilitychange', () => visible() && listener()),
        on(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && listener()),
        on(window, 'online', listener),
        on(window, 'offline', listener),
        on(document, 'resume', listener),
        () => cancel(),
      ];
      return () => offs.forEach((off) => off());
    },
    onHide(listener) {
      // A frozen page runs no more code and would keep what it holds, a lock for one; `resume` wakes it.
      const offs = [on(window, 'pagehide', listener), on(document, 'freeze', listener)];
      return () => offs.forEach((off) => off());
    },
    onVisibilityChange: (listener) => on(document, 'visibilitychange', listener),
  };
}
