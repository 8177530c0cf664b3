/** The AsyncAPI 3.0 document: both directions of the WebSocket, with which reply belongs to which request. */
import { allJsonSchemas, frameNames, schemas } from '../schema/registry.js';
import { subprotocol } from '../version.js';
import { reachable } from './reachable.js';
import { replies } from './replies.js';

const ref = (name: string): string => `#/components/schemas/${name}`;
const security = [{ $ref: '#/components/securitySchemes/token' }];
const channelMessage = (name: string): { readonly $ref: string } => ({ $ref: `#/channels/socket/messages/${name}` });
const descriptionOf = (name: string): string => String((schemas.get(name) as { readonly description?: string } | undefined)?.description ?? name);

/** The document as data. */
export function createAsyncApi(version: string): unknown {
  const client = frameNames('client');
  const server = frameNames('server');
  const names = [...new Set([...client.values(), ...server.values()])].sort();
  const typeOf = new Map([...client, ...server].map(([t, name]) => [name, t]));
  const operations = [...client].map(([t, name]) => {
    const answers = replies[t];
    return [`receive.${t}`, {
      action: 'receive',
      channel: { $ref: '#/channels/socket' },
      summary: descriptionOf(name),
      security,
      messages: [channelMessage(name)],
      ...(answers && { reply: { channel: { $ref: '#/channels/socket' }, messages: answers.map((answer) => channelMessage(server.get(answer)!)) } }),
    }];
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'care-chat protocol, WebSocket', version,
      description: 'Generated from the schema source, from the server\'s side. `src/protocol/README.md` is the specification; the REST half is in `openapi.json`.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: { clinic: { host: 'chat.clinic.test', pathname: '/v1/ws', protocol: 'wss', description: `Your server; the address comes from discovery. Subprotocol \`${subprotocol}\`. The token travels in the first frame, never in the address.` } },
    channels: {
      socket: {
        address: '/v1/ws',
        description: 'One JSON object per text message. The same frames over HTTP: specification §8.7, and `openStream`, `pollFrames`, `postFrames` in `openapi.json`.',
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: Object.fromEntries([
      ...operations,
      ['send', { action: 'send', channel: { $ref: '#/channels/socket' }, summary: 'What the server sends.', security, messages: [...new Set(server.values())].map(channelMessage) }],
    ]) as Record<string, unknown>,
    components: {
      securitySchemes: { token: { type: 'apiKey', in: 'password', description: 'The access token, in `hello` (field `d.token`); refreshed by `auth`.' } },
      messages: Object.fromEntries(names.map((name) => [name, { name: typeOf.get(name), title: name, summary: descriptionOf(name), payload: { $ref: ref(name) } }])),
      schemas: reachable(names, allJsonSchemas({ toRef: ref, discriminator: 'none' })),
    },
  };
}
