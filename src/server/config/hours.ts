/**
 * Opening hours across time zones and daylight saving. Wall-clock spans are turned into instants with the time-zone data of `Intl`;
 * a wall-clock time that a clock change skips counts as the moment of the change, one that occurs twice as its first occurrence.
 */
import type { Hours } from './config.js';
import { days } from './schema.js';

/** An opening: from `opensAt` until `closesAt` (not included), milliseconds since the epoch. `closesAt` null: it goes on for more than 14 days. */
export interface Opening {
  readonly opensAt: number;
  readonly closesAt: number | null;
}

const dayMs = 86_400_000;
/** How far ahead an opening is looked for: a clinic may be closed for the summer. */
const horizonDays = 400;
/** How far ahead a closing is looked for: a department that is open for longer is told to be always open. */
const closingHorizonDays = 14;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock of a zone at an instant, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour'], part['minute'], part['second']);
}

/** The first instant at which a zone's wall clock shows `wall` or, where a clock change skips it, has passed it. */
function instantOf(wall: number, timeZone: string): number {
  // No zone is more than a day from UTC, and the wall clock changes at most once in that window, so the two offsets seen
  // a day before and a day after are the only candidates. The earlier instant that shows the wanted time wins.
  const offsets = [wall - dayMs, wall + dayMs].map((near) => wallClock(near, timeZone) - near);
  const candidates = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  for (const candidate of candidates) if (wallClock(candidate, timeZone) === wall) return candidate;
  // Skipped: find the change between the two candidates by halving, to the second.
  let [low, high] = [candidates[0]!, candidates[candidates.length - 1]!];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (wallClock(middle, timeZone) < wall) low = middle;
    else high = middle;
  }
  return high;
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Openings that begin on one calendar day of the zone (`midnight`: the day as if it were UTC), in order. */
function openingsOfDay(hours: Hours, midnight: number): { opensAt: number; closesAt: number }[] {
  const date = new Date(midnight);
  if (hours.closed.includes(date.toISOString().slice(0, 10))) return [];
  const day = days[(date.getUTCDay() + 6) % 7]!;
  return hours.weekly
    .filter((span) => span.days.includes(day))
    .map((span) => ({ opensAt: instantOf(midnight + minutes(span.from) * 60_000, hours.timeZone), closesAt: instantOf(midnight + minutes(span.to) * 60_000, hours.timeZone) }))
    .filter((span) => span.opensAt < span.closesAt)
    .sort((a, b) => a.opensAt - b.opensAt);
}

/** The opening that holds at `at`, or else the next one; spans that touch (midnight) are one. Null: none within 400 days. Null hours: always open. */
export function openingAt(hours: Hours | null, at: number): Opening | null {
  if (!hours) return { opensAt: at, closesAt: null };
  const today = Math.floor(wallClock(at, hours.timeZone) / dayMs) * dayMs;
  let found: { opensAt: number; closesAt: number } | null = null;
  for (let n = -1; n <= horizonDays; n++) {
    for (const span of openingsOfDay(hours, today + n * dayMs)) {
      if (found && span.opensAt <= found.closesAt) found.closesAt = Math.max(found.closesAt, span.closesAt);
      else if (found && found.closesAt > at) return found;
      else found = { ...span };
    }
    if (found && found.closesAt <= at) continue;
    // A span can only be continued by the next day's first one.
    if (found && found.closesAt < instantOf(today + (n + 1) * dayMs, hours.timeZone)) return found;
    if (found && found.closesAt - Math.max(at, found.opensAt) > closingHorizonDays * dayMs) return { opensAt: found.opensAt, closesAt: null };
  }
  return found && found.closesAt > at ? found : null;
}

/** Whether it is open at an instant. */
export function isOpen(hours: Hours | null, at: number): boolean {
  const opening = openingAt(hours, at);
  return opening !== null && opening.opensAt <= at;
}

/** When it opens next: null where it is open at `at`, and where it does not open within 400 days. */
export function nextOpen(hours: Hours | null, at: number): number | null {
  const opening = openingAt(hours, at);
  return opening && opening.opensAt > at ? opening.opensAt : null;
}

/** When it closes: null where it is closed at `at`, and where it goes on for more than 14 days. */
export function nextClose(hours: Hours | null, at: number): number | null {
  const opening = openingAt(hours, at);
  return opening && opening.opensAt <= at ? opening.closesAt : null;
}

/** When so much time has passed while it was open, beginning at `at`; plain time where the hours are null. Null: it is not open for so long within 400 days. */
export function afterOpenTime(hours: Hours | null, at: number, openMs: number): number | null {
  let [now, left] = [at, openMs];
  while (now - at < horizonDays * dayMs) {
    const opening = openingAt(hours, now);
    if (!opening) return null;
    const from = Math.max(now, opening.opensAt);
    if (opening.closesAt === null || from + left <= opening.closesAt) return from + left;
    left -= opening.closesAt - from;
    now = opening.closesAt;
  }
  return null;
}
