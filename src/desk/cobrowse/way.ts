/** Where the desk's view of a page meets the core and the relay: the one place that knows how a question is asked, and a link is made. */
import type { NursePorts } from '../../cobrowse/session/nurse.js';
import { prepareLink } from '../../cobrowse/link/prepare-link.js';
import type { DeskClient } from '../../core/api.js';
import { createRelayPorts } from '../../platform/browser/relay-ports.js';

export const createWay = (client: DeskClient): Pick<NursePorts, 'say' | 'prepareLink'> => ({
  async say(saying) {
    const said = await client.cobrowse(saying);
    return said.ok ? null : (said.error.details.find(({ code }) => code === 'declined-twice')?.code ?? said.error.code);
  },
  prepareLink: () => prepareLink('nurse', client.relayGrant, createRelayPorts()),
});
