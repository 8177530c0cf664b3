/** Dates and times for people, by language and time zone. Formatters are made once: they are slow to make. */

export interface Formats {
  readonly lang: string;
  readonly timeZone: string | undefined;
  /** "2:14 PM". */
  time(atMs: number): string;
  /** "Today", "Yesterday", "Monday, March 2". */
  day(atMs: number): string;
  /** Same for all moments of one day in the zone. */
  dayKey(atMs: number): string;
  /** "Monday, 8:00 AM"; without the day where it is today. */
  moment(atMs: number): string;
}

const dayMs = 86_400_000;

/** Creates the formatters. An unknown zone falls back to the visitor's own. */
export function createFormats(lang: string, timeZone?: string): Formats {
  const make = (options: Intl.DateTimeFormatOptions, locale = lang): Intl.DateTimeFormat => {
    try {
      return new Intl.DateTimeFormat(locale, { ...options, ...(timeZone ? { timeZone } : {}) });
    } catch {
      return new Intl.DateTimeFormat(locale, options);
    }
  };
  const time = make({ hour: 'numeric', minute: '2-digit' });
  const key = make({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-US');
  const thisYear = make({ weekday: 'long', month: 'long', day: 'numeric' });
  const otherYear = make({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  const weekday = make({ weekday: 'long', hour: 'numeric', minute: '2-digit' });
  const far = make({ weekday: 'long', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  // Year first. Not by a locale that writes it so: builds of WebKit lack all but the common ones.
  const dayKey = (atMs: number): string => key.format(atMs).replace(/(.+)\/(\d+)$/, '$2-$1');
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
  return {
    lang,
    timeZone,
    time: (atMs) => time.format(atMs),
    dayKey,
    day(atMs) {
      const now = Date.now();
      if (dayKey(atMs) === dayKey(now)) return capital(relative.format(0, 'day'));
      if (dayKey(atMs) === dayKey(now - dayMs)) return capital(relative.format(-1, 'day'));
      return capital((dayKey(atMs).slice(0, 4) === dayKey(now).slice(0, 4) ? thisYear : otherYear).format(atMs));
    },
    moment(atMs) {
      const now = Date.now();
      if (dayKey(atMs) === dayKey(now)) return time.format(atMs);
      return capital((Math.abs(atMs - now) < 6 * dayMs ? weekday : far).format(atMs));
    },
  };
}
