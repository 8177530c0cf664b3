/** The views of patients' pages, one for each conversation in which one was asked for. The chunk `viewer` is loaded with the first question, and never before. */
import { nothing, type TemplateResult } from 'lit/html.js';
import { uuidv7 } from '../../base/ids.js';
import type { DeskClient } from '../../core/api.js';
import type { DeskConversation, DeskSnapshot } from '../../core/snapshots.js';
import { loadChunk } from '../../element/load-chunk.js';
import type { Ports } from '../../platform/ports.js';
import type { DeskLanguage } from '../desk-words.js';
import type { Viewer } from './viewer.js';

export interface Viewers {
  /** Asks the patient of the conversation on the screen. */
  ask(): Promise<void>;
  look(snapshot: DeskSnapshot): void;
  view(active: DeskConversation, lang: DeskLanguage): TemplateResult | typeof nothing;
  dispose(): void;
}

export interface ViewersHost {
  readonly shadow: ShadowRoot;
  readonly client: DeskClient;
  readonly ports: Pick<Ports, 'clock' | 'randomness'>;
  announce(sentence: string): void;
  requestUpdate(): void;
  failed(): void;
}

/** For how long is asked. */
const minutes = 30;

export function createViewers({ shadow, client, ports, announce, requestUpdate, failed }: ViewersHost): Viewers {
  const viewers = new Map<string, Viewer>();
  let isDisposed = false;
  const open = async (id: string): Promise<Viewer | null> => {
    try {
      const { createDeskViewer } = await loadChunk('viewer', () => import('./viewer.js'));
      if (isDisposed) return null;
      const known = viewers.get(id) ?? createDeskViewer(client, { shadow, minutes, announce, requestUpdate, clock: ports.clock, newId: () => uuidv7(ports.clock.now(), ports.randomness.bytes(16)) });
      viewers.set(id, known);
      return known;
    } catch {
      failed();
      return null;
    }
  };
  const hear = ({ active }: DeskSnapshot): void => {
    if (active) viewers.get(active.id)?.heard(active.cobrowse);
  };
  const letGo = (): void => {
    for (const viewer of viewers.values()) viewer.dispose();
    viewers.clear();
  };
  return {
    async ask() {
      const id = client.snapshot.value.active?.id;
      if (id === undefined) return;
      const viewer = await open(id);
      // One that is there already, as after the desk was loaded again.
      hear(client.snapshot.value);
      viewer?.ask();
    },
    look(snapshot) {
      // Whoever is not signed in any more sees nothing of it.
      if (snapshot.phase !== 'ready') letGo();
      else hear(snapshot);
    },
    view: (active, lang) => viewers.get(active.id)?.view(lang) ?? nothing,
    dispose() {
      isDisposed = true;
      letGo();
    },
  };
}
