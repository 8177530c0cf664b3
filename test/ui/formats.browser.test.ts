/** Times in words: today and yesterday by the clinic's or the visitor's own day, and a date that cannot be misread. */
import { expect } from '@open-wc/testing';
import { createFormats } from '../../src/ui/formats.js';

/** 2:30 in the night of 15 January 2026 in UTC: the evening before in New York. */
const now = Date.UTC(2026, 0, 15, 2, 30);
const hourMs = 3_600_000;
/** Engines differ in the space before AM and PM. */
const even = (text: string): string => text.replace(/\s/g, ' ');

describe('formats', () => {
  const realNow = Date.now;
  beforeEach(() => {
    Date.now = () => now;
  });
  afterEach(() => {
    Date.now = realNow;
  });

  it('tells today from yesterday by the zone', () => {
    const [utc, newYork] = [createFormats('en', 'UTC'), createFormats('en', 'America/New_York')];
    const threeHoursAgo = now - 3 * hourMs;
    expect([utc.day(now), utc.day(threeHoursAgo)]).to.deep.equal(['Today', 'Yesterday']);
    expect([newYork.day(now), newYork.day(threeHoursAgo)]).to.deep.equal(['Today', 'Today']);
    expect([utc.dayKey(now), newYork.dayKey(now)]).to.deep.equal(['2026-01/15', '2026-01/14']);
  });

  it('writes months as words, and the year only where it is another', () => {
    const { day } = createFormats('en', 'UTC');
    expect(day(Date.UTC(2026, 0, 4, 12))).to.equal('Sunday, January 4');
    expect(day(Date.UTC(2025, 2, 4, 12))).to.equal('Tuesday, March 4, 2025');
  });

  it('says a moment by its time today, by its day within the week, and by its date beyond', () => {
    const { moment, time } = createFormats('en', 'UTC');
    const at = (dayOfMonth: number): number => Date.UTC(2026, 0, dayOfMonth, 8);
    expect(even(time(at(15)))).to.equal('8:00 AM');
    expect(even(moment(at(15)))).to.equal('8:00 AM');
    expect(even(moment(at(17)))).to.match(/^Saturday,? (at )?8:00 AM$/);
    expect(even(moment(at(30)))).to.match(/^Friday, January 30,? (at )?8:00 AM$/);
  });

  it('speaks the language, with a capital where a line begins', () => {
    expect(createFormats('es', 'UTC').day(now)).to.equal('Hoy');
    expect(createFormats('ar', 'UTC').day(now)).to.equal('اليوم');
  });

  it('takes the visitor\'s own zone where the clinic\'s is not known', () => {
    const formats = createFormats('en', 'Nowhere/Land');
    expect(even(formats.time(now))).to.equal(even(new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }).format(now)));
  });
});
