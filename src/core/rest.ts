/** The REST operations that patient and desk share (protocol README §7), each with its answer parsed. */
import { type Result } from '../base/result.js';
import type { ParsedEventPage } from '../protocol/types.js';
import type { Session, SessionTokens } from './session.js';

const pageLength = 50;

/** Where a stream's events are read and submitted. */
export const eventsPath = (stream: string): string => `/streams/${encodeURIComponent(stream)}/events`;

/** Which events: in front of `before`, behind `after`, or the newest; with an epoch, only if the stream still has it. */
export interface EventRange {
  readonly before?: number;
  readonly after?: number;
  readonly epoch?: string;
}

/** Reads a page of events. */
export async function readEvents(
  session: Pick<Session<SessionTokens>, 'request'>,
  parse: (body: unknown) => Result<ParsedEventPage>,
  stream: string,
  range: EventRange,
): Promise<Result<ParsedEventPage>> {
  const query = new URLSearchParams({ limit: String(pageLength), ...(range as Readonly<Record<string, string>>) });
  const answer = await session.request({ method: 'GET', path: `${eventsPath(stream)}?${query.toString()}` });
  return answer.ok ? parse(answer.value.body) : answer;
}

/** The time zone of this device, as IANA name. */
export const deviceTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
