/** Opening hours across days, zones and clock changes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Hours } from '../../../src/server/config/config.js';
import { afterOpenTime, isOpen, nextClose, nextOpen, openingAt } from '../../../src/server/config/hours.js';

const week = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const everyDay = [...week, 'sat', 'sun'] as const;
const at = (iso: string): number => Date.parse(iso);
const iso = (time: number | null | undefined): string | null => (time === null || time === undefined ? null : new Date(time).toISOString().replace('.000Z', 'Z'));
const hours = (timeZone: string, weekly: Hours['weekly'], closed: readonly string[] = []): Hours => ({ timeZone, weekly, closed });
const office = hours('America/New_York', [{ days: week, from: '08:00', to: '17:00' }], ['2026-12-25']);

describe('opening hours', () => {
  it('are open from the first minute to before the last', () => {
    // 2026-11-23 is a Monday; New York is at UTC−5.
    assert.equal(isOpen(office, at('2026-11-23T12:59:59.999Z')), false);
    assert.equal(isOpen(office, at('2026-11-23T13:00:00Z')), true);
    assert.equal(isOpen(office, at('2026-11-23T21:59:59.999Z')), true);
    assert.equal(isOpen(office, at('2026-11-23T22:00:00Z')), false);
  });

  it('say when they open and close next, over a weekend and a day off', () => {
    assert.equal(iso(nextOpen(office, at('2026-11-23T10:00:00Z'))), '2026-11-23T13:00:00Z');
    assert.equal(iso(nextOpen(office, at('2026-11-27T22:00:00Z'))), '2026-11-30T13:00:00Z');
    assert.equal(iso(nextOpen(office, at('2026-12-24T23:00:00Z'))), '2026-12-28T13:00:00Z');
    assert.equal(nextOpen(office, at('2026-11-23T14:00:00Z')), null);
    assert.equal(iso(nextClose(office, at('2026-11-23T14:00:00Z'))), '2026-11-23T22:00:00Z');
    assert.equal(nextClose(office, at('2026-11-23T10:00:00Z')), null);
  });

  it('are meant in their own zone, on either side of the date line', () => {
    const auckland = hours('Pacific/Auckland', [{ days: ['mon'], from: '08:00', to: '09:00' }]);
    const honolulu = hours('Pacific/Honolulu', [{ days: ['mon'], from: '08:00', to: '09:00' }]);
    assert.equal(iso(nextOpen(auckland, at('2026-11-20T00:00:00Z'))), '2026-11-22T19:00:00Z');
    assert.equal(iso(nextOpen(honolulu, at('2026-11-20T00:00:00Z'))), '2026-11-23T18:00:00Z');
    const kolkata = hours('Asia/Kolkata', [{ days: ['mon'], from: '08:00', to: '09:00' }]);
    assert.equal(iso(nextOpen(kolkata, at('2026-11-20T00:00:00Z'))), '2026-11-23T02:30:00Z');
  });

  it('keep the wall-clock time when the clocks change', () => {
    // Forward on 2026-03-08, back on 2026-11-01 (New York).
    assert.equal(iso(nextOpen(hours('America/New_York', [{ days: everyDay, from: '08:00', to: '17:00' }]), at('2026-03-08T03:00:00Z'))), '2026-03-08T12:00:00Z');
    assert.equal(iso(nextOpen(hours('America/New_York', [{ days: everyDay, from: '08:00', to: '17:00' }]), at('2026-11-01T03:00:00Z'))), '2026-11-01T13:00:00Z');
  });

  it('take a time that is skipped as the moment of the change, and one that comes twice as the first', () => {
    const night = hours('America/New_York', [{ days: everyDay, from: '02:30', to: '04:00' }]);
    assert.equal(iso(nextOpen(night, at('2026-03-08T06:00:00Z'))), '2026-03-08T07:00:00Z');
    const early = hours('America/New_York', [{ days: everyDay, from: '01:30', to: '04:00' }]);
    const opening = openingAt(early, at('2026-11-01T04:00:00Z'));
    assert.deepEqual([iso(opening?.opensAt), iso(opening?.closesAt)], ['2026-11-01T05:30:00Z', '2026-11-01T09:00:00Z']);
    // Both passes of 01:45 are within.
    assert.equal(isOpen(early, at('2026-11-01T05:45:00Z')) && isOpen(early, at('2026-11-01T06:45:00Z')), true);
    const skipped = hours('America/New_York', [{ days: everyDay, from: '02:10', to: '02:50' }]);
    assert.equal(iso(nextOpen(skipped, at('2026-03-08T06:00:00Z'))), '2026-03-09T06:10:00Z', 'a span that does not exist that day is left out');
  });

  it('work where midnight itself is skipped', () => {
    // Cairo goes forward at 00:00 on 2026-04-24.
    const cairo = hours('Africa/Cairo', [{ days: everyDay, from: '00:00', to: '12:00' }]);
    const opening = openingAt(cairo, at('2026-04-23T20:00:00Z'));
    assert.deepEqual([iso(opening?.opensAt), iso(opening?.closesAt)], ['2026-04-23T22:00:00Z', '2026-04-24T09:00:00Z']);
  });

  it('join spans that touch, over midnight and at noon', () => {
    const night = hours('Europe/Berlin', [{ days: ['fri'], from: '20:00', to: '24:00' }, { days: ['sat'], from: '00:00', to: '06:00' }, { days: ['sat'], from: '06:00', to: '07:00' }]);
    const opening = openingAt(night, at('2026-11-27T23:30:00Z'));
    assert.deepEqual([iso(opening?.opensAt), iso(opening?.closesAt)], ['2026-11-27T19:00:00Z', '2026-11-28T06:00:00Z']);
  });

  it('join spans that overlap, in any order', () => {
    const twice = hours('UTC', [{ days: ['mon'], from: '10:00', to: '18:00' }, { days: ['mon'], from: '08:00', to: '12:00' }]);
    const opening = openingAt(twice, at('2026-11-23T09:00:00Z'));
    assert.deepEqual([iso(opening?.opensAt), iso(opening?.closesAt)], ['2026-11-23T08:00:00Z', '2026-11-23T18:00:00Z']);
  });

  it('keep a lunch break', () => {
    const split = hours('UTC', [{ days: ['mon'], from: '08:00', to: '12:00' }, { days: ['mon'], from: '13:00', to: '17:00' }]);
    assert.equal(isOpen(split, at('2026-11-23T12:30:00Z')), false);
    assert.equal(iso(nextOpen(split, at('2026-11-23T12:30:00Z'))), '2026-11-23T13:00:00Z');
  });

  it('of the whole week never close, except on a day off', () => {
    const always = hours('America/New_York', [{ days: everyDay, from: '00:00', to: '24:00' }], ['2026-12-25']);
    assert.equal(isOpen(always, at('2026-11-23T00:00:00Z')), true);
    assert.equal(nextClose(always, at('2026-11-23T00:00:00Z')), null);
    assert.equal(iso(nextClose(always, at('2026-12-20T00:00:00Z'))), '2026-12-25T05:00:00Z');
    assert.equal(iso(nextOpen(always, at('2026-12-25T12:00:00Z'))), '2026-12-26T05:00:00Z');
  });

  it('that are never, never open; and none at all are always open', () => {
    const never = hours('UTC', []);
    assert.deepEqual([isOpen(never, 0), nextOpen(never, 0), openingAt(never, 0)], [false, null, null]);
    assert.deepEqual([isOpen(null, 5), nextOpen(null, 5), nextClose(null, 5)], [true, null, null]);
  });
});

describe('a time that passes while it is open', () => {
  const hour = 3_600_000;
  const after = (from: string, hoursOpen: number, of: Hours | null = office): string | null => iso(afterOpenTime(of, at(from), hoursOpen * hour));

  it('ends on the same day where there is enough of it', () => {
    assert.equal(after('2026-11-23T14:00:00Z', 4), '2026-11-23T18:00:00Z');
    assert.equal(after('2026-11-23T14:00:00Z', 8), '2026-11-23T22:00:00Z', 'to the last minute');
  });

  it('begins when it opens next, and stands still over nights, weekends and days off', () => {
    assert.equal(after('2026-11-23T03:00:00Z', 4), '2026-11-23T17:00:00Z');
    assert.equal(after('2026-11-23T20:00:00Z', 4), '2026-11-24T15:00:00Z');
    assert.equal(after('2026-11-27T21:00:00Z', 2), '2026-11-30T14:00:00Z');
    assert.equal(after('2026-12-24T21:00:00Z', 20), '2026-12-30T14:00:00Z');
  });

  it('is plain time where it is always open, and is never told where it does not open', () => {
    assert.equal(after('2026-11-23T03:00:00Z', 24, null), '2026-11-24T03:00:00Z');
    assert.equal(after('2026-11-23T03:00:00Z', 1, hours('America/New_York', [])), null);
  });
});
