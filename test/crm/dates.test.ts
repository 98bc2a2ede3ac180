import { describe, expect, it } from 'vitest';
import { createDates } from '../../src/crm/dates.ts';

/** Sunday noon in New York. */
const now = Date.parse('2026-11-22T17:00:00Z');
const dates = createDates(
  () => now,
  async () => 'America/New_York',
);
const iso = (ms: number) => new Date(ms).toISOString();

describe('a date as people say it', () => {
  it.each([
    ['2026-01-31', '2026-01-31'],
    ['31.1.2026', '2026-01-31'],
    ['2026-01-31T23:30', '2026-01-31'],
    ['2026-01-31T23:30:00-08:00', '2026-02-01'],
    ['2026-01-31T00:00:00Z', '2026-01-31'],
    [1769817600000, '2026-01-31'],
    ['1769817600000', '2026-01-31'],
    ['today', '2026-11-22'],
    ['tomorrow', '2026-11-23'],
    ['-30d', '2026-10-23'],
    ['+2w', '2026-12-06'],
    ['today-1m', '2026-10-22'],
  ])('%s is %s', async (said, stored) => {
    expect(await dates.date(said, 'closedate')).toBe(stored);
  });

  it.each(['2026-02-30', '01/02/2026', 'soon', '', null, {}])('refuses %j, and says what to write', async (said) => {
    await expect(dates.date(said, 'closedate')).rejects.toMatchObject({
      code: 'invalid_value',
      details: { property: 'closedate' },
    });
  });
});

describe('a time as people say it', () => {
  it('is local to the portal unless it names an offset', async () => {
    expect(iso((await dates.moment('2026-07-01T09:00', 'x')).start)).toBe('2026-07-01T13:00:00.000Z');
    expect(iso((await dates.moment('2026-01-01 09:00:30', 'x')).start)).toBe('2026-01-01T14:00:30.000Z');
    expect(iso((await dates.moment('2026-07-01T09:00+02:00', 'x')).start)).toBe('2026-07-01T07:00:00.000Z');
  });

  it('is the whole day where none is said, also when clocks change', async () => {
    const day = await dates.moment('2026-11-01', 'x');
    expect([iso(day.start), iso(day.end), day.wholeDay]).toEqual([
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T04:59:59.999Z',
      true,
    ]);
  });

  it('takes a local time that clocks skip as the one after', async () => {
    expect(iso((await dates.moment('2026-03-08T02:30', 'x')).start)).toBe('2026-03-08T07:30:00.000Z');
  });

  it('needs no time zone for an instant', async () => {
    const zoneless = createDates(
      () => now,
      () => Promise.reject(new Error('asked for the zone')),
    );
    expect((await zoneless.moment('2026-01-31T00:00:00Z', 'x')).start).toBe(Date.parse('2026-01-31T00:00:00Z'));
    expect(await zoneless.date('2026-01-31', 'x')).toBe('2026-01-31');
    expect((await zoneless.moment('now', 'x')).start).toBe(now);
  });
});
