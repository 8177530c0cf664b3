/** Puts the desk's headless client together with the browser: the only module of this room that knows implementations. */
import type { DeskClient } from '../core/api.js';
import { createDeskClient } from '../core/desk-client.js';
import { createBrowserPorts } from '../platform/browser/create-ports.js';
import type { Ports } from '../platform/ports.js';
import { openVault } from '../privacy/vault/open-vault.js';
import { parseDeskFrame } from '../protocol/parse-desk.js';
import { createTransport } from '../transports/ladder/every-way.js';

/** What the element needs beside the page. */
export interface DeskWiring {
  readonly client: DeskClient;
  readonly ports: Pick<Ports, 'clock' | 'flags' | 'page' | 'randomness'>;
  /** Lets go of everything, the client included. */
  dispose(): void;
}

/** Where this script came from: the default server. */
export const scriptOrigin = (): string => new URL(import.meta.url).origin;

/** Wires a desk to a server. The vault is the desk's own: a patient's chat in the same browser shares nothing with it. */
export function createDeskWiring(server: string, client: { readonly name: string; readonly version: string }): DeskWiring {
  const name = `desk:${server}`;
  const ports = createBrowserPorts({ vault: (parts) => openVault({ name, ...parts }), channelName: `care-${name}` });
  const transport = createTransport({ ...ports, server, parse: parseDeskFrame });
  const desk = createDeskClient({ transport, ports, client });
  return {
    client: desk,
    ports,
    dispose() {
      desk.dispose();
      ports.tabs.close();
    },
  };
}
