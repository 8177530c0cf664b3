/** A way into the relay of co-browse (protocol README §14). Loaded with what shows or sees a page. */
import type { Result } from '../base/result.js';
import { parseRelayGrant } from '../protocol/parse-relay.js';
import type { RelayGrant, RelayRequest } from '../protocol/types.js';
import type { Transport } from '../transports/transport.js';

/** Asks for it. `request`: of the client (`ChatClient.request`). Errors: `conflict` where the session is not granted, `forbidden`, `not-supported`, `network`. */
export async function relayGrant(request: (request: Omit<Parameters<Transport['request']>[0], 'token'>) => ReturnType<Transport['request']>, conversationId: string, session: string): Promise<Result<RelayGrant>> {
  const answer = await request({ method: 'POST', path: `/conversations/${conversationId}/relay`, body: { session } satisfies RelayRequest });
  return answer.ok ? parseRelayGrant(answer.value.body) : answer;
}
