/** Dates and times as FHIR writes them, as precise as they were given: order, and arithmetic with calendar units (FHIRPath N1 §4.1, §6.6.7). */

interface Moment {
  /** Year, month, day, hour, minute, second; as many as are known. */
  readonly fields: readonly number[];
  /** Offset as written, or null. */
  readonly zone: string | null;
}

const shape = /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A time alone has no day; it is read as one of the year 1. */
function parse(value: string): Moment | null {
  const match = shape.exec(/^\d\d(:|$)/.test(value) ? `0001-01-01T${value}` : value);
  if (!match || match[1] === undefined) return null;
  const fields: number[] = [];
  for (const field of match.slice(1, 7)) {
    if (field === undefined) break;
    fields.push(Number(field));
  }
  return { fields, zone: match[7] ?? null };
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** A local clock time where no zone is written. */
function toUtc({ fields, zone }: Moment): readonly number[] {
  if (fields.length < 4 || zone === 'Z') return fields;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields;
  const local = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}`;
  const date = new Date(zone === null ? local : `${local}${zone}`);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), second].slice(0, fields.length);
}

/** Below, equal to or above zero; null where one is less precise than the other and they may be the same. */
export function compareDates(left: string, right: string): number | null {
  const [a, b] = [parse(left), parse(right)];
  if (!a || !b) return null;
  const zoned = a.zone !== null || b.zone !== null;
  const [x, y] = zoned ? [toUtc(a), toUtc(b)] : [a.fields, b.fields];
  for (let index = 0; index < Math.min(x.length, y.length); index++) {
    if (x[index] !== y[index]) return x[index]! - y[index]!;
  }
  return x.length === y.length ? 0 : null;
}

/** Months or seconds of a unit. */
const units: Readonly<Record<string, readonly ['months' | 'seconds', number]>> = {
  year: ['months', 12], a: ['months', 12], month: ['months', 1], mo: ['months', 1], week: ['seconds', 604_800], wk: ['seconds', 604_800], day: ['seconds', 86_400], d: ['seconds', 86_400],
  hour: ['seconds', 3600], h: ['seconds', 3600], minute: ['seconds', 60], min: ['seconds', 60], second: ['seconds', 1], s: ['seconds', 1], millisecond: ['seconds', 0.001], ms: ['seconds', 0.001],
};

/** A date moved by an amount of calendar time, as precise as before; null where the unit is none. */
export function addTime(value: string, amount: number, unit: string): string | null {
  const moment = parse(value);
  const kind = Object.hasOwn(units, unit) ? units[unit]! : null;
  if (!moment || !kind) return null;
  const isTime = /^\d\d(:|$)/.test(value);
  const { fields, zone } = moment;
  const precision = fields.length;
  let months = kind[0] === 'months' ? Math.trunc(amount) * kind[1] : 0;
  let seconds = kind[0] === 'seconds' ? amount * kind[1] : 0;
  // What is finer than the date is rounded down to what the date knows (a month has 30 days, a year 365).
  if (precision < 3) [months, seconds] = [months + Math.trunc(seconds / 86_400 / (precision === 1 ? 365 : 30)) * (precision === 1 ? 12 : 1), 0];
  if (precision === 1) months = Math.trunc(months / 12) * 12;
  if (precision === 3) seconds = Math.trunc(seconds / 86_400) * 86_400;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields;
  const monthIndex = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(monthIndex / 12), ((monthIndex % 12) + 12) % 12];
  const date = new Date(0);
  date.setUTCFullYear(newYear, newMonth, 1);
  date.setUTCDate(Math.min(day, new Date(Date.UTC(2000 + (newYear % 400), newMonth + 1, 0)).getUTCDate()));
  date.setUTCHours(hour, minute, 0, 0);
  date.setTime(date.getTime() + second * 1000 + seconds * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return null;
  const iso = date.toISOString();
  const clock = iso.slice(11, [0, 0, 0, 0, 13, 16, second % 1 === 0 && seconds % 1 === 0 ? 19 : 23][precision]);
  if (isTime) return clock;
  return iso.slice(0, [0, 4, 7][precision] ?? 10) + (precision > 3 ? `T${clock}${zone ?? ''}` : '');
}
