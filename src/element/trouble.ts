/**
 * Watches what works and what does not: counts the seconds, shows the line about the connection and, when there have been enough of them, the other
 * ways to reach the clinic; has each said once. Seconds are counted by ticks, because clocks are set back and machines sleep.
 */
import { html, nothing } from 'lit/html.js';
import type { ChatSnapshot } from '../core/snapshots.js';
import { createConnectionLine } from '../ui/connection-line.js';
import { createFailures } from '../ui/failures.js';
import type { LaterTranslate } from './later-views.js';
import type { LaterHost, LaterParts, TroubleViews } from './panel-context.js';
import { fallbackNodes, fallbackView } from './trouble-views.js';

/** Seconds until a first try to connect is spoken of, where there is something else to look at. */
const quietSeconds = 3;
/** Seconds until a panel that still has nothing to show, or a start without an answer, also shows the other ways. */
const loadSeconds = 6;
/** The same for a conversation without a connection, which often has one again in a moment; unless the device says that it is offline. */
const connectionSeconds = 12;
/** What a start was refused for that another way to the clinic would help with. */
const unreachable = /^(network|timeout|bad-answer|overloaded|internal|chunk-failed)$/;

export interface TroubleOptions extends LaterHost {
  t(): LaterTranslate;
  problem(code: string | null): string;
}

/** Creates the watch; it has a timer only while something is wrong or under way. */
export function createTrouble({ host, session: { client, ports: { clock } }, t, problem, announce, requestUpdate }: TroubleOptions): Pick<LaterParts, 'look' | 'tryNow' | 'dispose'> {
  let downSeconds = 0;
  let told = false;
  let cancelTick: (() => void) | null = null;
  const line = createConnectionLine({
    frame: (kind, content) => html`<p class="notice ${kind}" part="notice">${content}</p>`,
    clock, status: () => client.snapshot.value.connection, t, problem, tryNow: client.tryNow, announce, requestUpdate,
  });
  const speakOfFailures = createFailures({ t, problem, announce });

  const stopTicking = (): void => {
    cancelTick?.();
    cancelTick = null;
  };
  const tick = (): void => {
    cancelTick = null;
    downSeconds++;
    requestUpdate();
  };
  const isDown = ({ conversation, connection, phase, starting }: ChatSnapshot, canStart: boolean): boolean => {
    if (conversation) return conversation.status !== 'closed' && connection.state !== 'online' && connection.state !== 'idle';
    return phase === 'loading' || phase === 'failed' || starting !== null || !canStart;
  };
  const needsOthers = ({ conversation, connection, phase, widget, starting, startError }: ChatSnapshot, down: boolean): boolean => {
    if (conversation) return down && (connection.state === 'stopped' || downSeconds >= connectionSeconds);
    return (phase === 'failed' && !widget) || downSeconds >= loadSeconds || (!starting && unreachable.test(startError ?? ''));
  };
  /** Says that there are other ways. */
  const speakOfOthers = (isThere: boolean): void => {
    const nodes = isThere && !told ? fallbackNodes(host.element) : [];
    if (nodes.length > 0) announce([t()('otherWays'), ...nodes.map(({ textContent }) => textContent!.trim())].join(' '));
    told = isThere;
  };

  return {
    tryNow: line.tryNow,
    look(chat, canStart): TroubleViews {
      const { conversation, connection, phase } = chat;
      const down = isDown(chat, canStart);
      if (!down) downSeconds = 0;
      // The device itself knows of no network: nothing comes of waiting.
      else if (!navigator.onLine) downSeconds = Math.max(downSeconds, connectionSeconds);
      // A message that is on its way for long says so. A second that is running goes on, whatever is drawn meanwhile.
      if (down || conversation?.timeline.chunks.at(-1)?.some((item) => item.type === 'message' && item.state === 'sending')) cancelTick ??= clock.setTimer(tick, 1000);
      else stopTicking();
      const isTold = conversation !== null && down;
      const isQuiet = connection.state === 'connecting' && !line.isSpokenOf && downSeconds < quietSeconds;
      // Whoever is filling in the page's form is not taken out of it.
      const others = needsOthers(chat, down) || host.element.querySelector(':focus') !== null;
      if (host.element.opened) {
        line.speak(isTold && !isQuiet);
        speakOfOthers(others);
        if (conversation) speakOfFailures(conversation.timeline);
      }
      return {
        notice: !isTold || (isQuiet && conversation.timeline.length > 0) ? nothing : line.view(),
        fallback: others ? fallbackView(host, t(), !conversation && (phase === 'loading' || chat.starting !== null), requestUpdate) : nothing,
      };
    },
    dispose() {
      stopTicking();
      line.dispose();
    },
  };
}
