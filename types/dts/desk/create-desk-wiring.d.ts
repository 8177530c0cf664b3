/** Puts the desk's headless client together with the browser: the only module of this room that knows implementations. */
import type { DeskClient } from '../core/api.js';
import type { Ports } from '../platform/ports.js';
/** What the element needs beside the page. */
export interface DeskWiring {
    readonly client: DeskClient;
    readonly ports: Pick<Ports, 'clock' | 'flags' | 'page' | 'randomness'>;
    /** Lets go of everything, the client included. */
    dispose(): void;
}
/** Where this script came from: the default server. */
export declare const scriptOrigin: () => string;
/** Wires a desk to a server. The vault is the desk's own: a patient's chat in the same browser shares nothing with it. */
export declare function createDeskWiring(server: string, client: {
    readonly name: string;
    readonly version: string;
}): DeskWiring;
