/** The REST operations that patient and desk share (protocol README §7), each with its answer parsed. */
import { type Result } from '../base/result.js';
import type { ParsedEventPage } from '../protocol/types.js';
import type { Session, SessionTokens } from './session.js';

const pageLength = 50;

/** Reads a page of events before `before` (null: the newest); with an epoch, only if the stream still has it. */
export async function readPage(
  session: Pick<Session<SessionTokens>, 'request'>,
  parse: (body: unknown) => Result<ParsedEventPage>,
  stream: string,
  before: number | null,
  epoch: string | null,
): Promise<Result<ParsedEventPage>> {
  const query = `limit=${pageLength}${before === null ? '' : `&before=${before}`}${epoch === null ? '' : `&epoch=${encodeURIComponent(epoch)}`}`;
  const answer = await session.request({ method: 'GET', path: `/streams/${encodeURIComponent(stream)}/events?${query}` });
  return answer.ok ? parse(answer.value.body) : answer;
}

/** The time zone of this device, as IANA name. */
export const deviceTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
