/**
 * Which tab of this browser has the connection. Where there is a lock among tabs and a store they share, one tab has it and the others follow; else every
 * tab has its own, which is as correct and costs a socket more. What tabs say to each other, as the one or as the other, is in `tabs.ts`, which is loaded
 * with the first sign of a second tab; a tab that cannot load it connects by itself.
 */
import type { Ports } from '../platform/ports.js';
import type { ParsedFrame, WelcomeBody } from '../protocol/types.js';
import type { Connection } from './connection.js';
import type { TabMessage } from './tab-messages.js';
import type { Following, Leading, TabsContext } from './tabs.js';

/** The two sides of `tabs.ts`. */
export type TabsPart = Pick<typeof import('./tabs.js'), 'follow' | 'lead'>;
/** Loads what a second tab needs. */
export type LoadTabs = () => Promise<TabsPart>;

export interface LeadOptions {
  readonly ports: Pick<Ports, 'clock' | 'lock' | 'page' | 'vault'>;
  readonly connection: Connection;
  /** Absent: every tab has a connection of its own. */
  readonly load: LoadTabs | undefined;
  /** What `tabs.ts` needs beside the ways of this module. */
  readonly context: Omit<TabsContext, 'steal'>;
  /** This tab begins to follow, or has the connection again. */
  onRole(): void;
}

export interface Lead {
  /** The tab that is followed; null where this tab has the connection, or none is wanted. */
  readonly following: Following | null;
  /** Wants a connection, this tab's or another's; begins anew where there is one. */
  start(): void;
  /** Wants none. */
  stop(): void;
  /** Another tab said something that is for this module. */
  onMessage(message: TabMessage): void;
  /** Something that this tab's connection got, for the others. */
  onFrame(frame: ParsedFrame): void;
  onWelcome(welcome: WelcomeBody): void;
}

/** How long the lock may take before somebody else is thought to have it. */
const lockMs = 150;

/** Takes no lock before `start`. */
export function createLead({ ports: { clock, lock, page, vault }, connection, load, context, onRole }: LeadOptions): Lead {
  let life = 0;
  let release = (): void => {};
  let cancel = (): void => {};
  let offs: (() => void)[] = [];
  /** Leading where this tab has the connection and another one asked, following where it has not. */
  let part: Leading | Following | null = null;
  let asked = false;
  /** This tab has the connection. */
  let own = false;

  const leave = (): void => {
    cancel();
    part?.dispose();
    part = null;
  };

  const end = (): void => {
    life++;
    leave();
    release();
    own = asked = false;
    connection.stop();
  };

  const connect = (): void => {
    leave();
    own = true;
    connection.start();
    onRole();
  };

  /** Whoever has the lock is another tab: follow it. */
  const follow = (mine: number): void => {
    void load!().then((tabs) => {
      if (mine !== life || own) return;
      part = tabs.follow({ ...context, steal: () => begin(true) });
      onRole();
    }, () => mine === life && !own && connect());
  };

  const begin = (steal: boolean): void => {
    end();
    if (!lock || !load || !vault.durable) return connect();
    const mine = life;
    const ifMine = (run: () => void) => () => void (mine === life && run());
    release = lock.take(steal, ifMine(connect), ifMine(() => (own ? begin(false) : connect())));
    cancel = clock.setTimer(() => follow(mine), lockMs);
  };

  const stop = (): void => {
    end();
    offs.forEach((off) => off());
    offs = [];
  };

  return {
    get following() {
      return own ? null : (part as Following | null);
    },
    start() {
      if (load && lock && !offs.length) {
        let hidden = false;
        // A page that is left or frozen may not hold up the others.
        offs = [
          page.onHide(() => {
            hidden = true;
            end();
          }),
          page.onWake(() => {
            if (hidden) begin(false);
            else if (!own) (part as Following | null)?.ask();
            hidden = false;
          }),
        ];
      }
      begin(false);
    },
    stop,
    onMessage(message) {
      part?.onMessage(message);
      if (message.t !== 'ask' || !own || asked) return;
      asked = true;
      const mine = life;
      load?.().then((tabs) => void (mine === life && own && (part = tabs.lead(context))), () => (asked = false));
    },
    // What comes over a connection comes to a tab that has it.
    onFrame: (frame) => (part as Leading | null)?.onFrame(frame),
    onWelcome: (welcome) => (part as Leading | null)?.onWelcome(welcome),
  };
}
