import { describe, expect, it } from 'vitest';
import { creationSeries, sourceSeries } from '../../../src/enrich/anomalies/series/creation.ts';
import { dayCounter, isoDay, weekdayOf } from '../../../src/enrich/anomalies/series/days.ts';
import { detect } from '../../../src/enrich/anomalies/series/detector.ts';
import { detectSparse } from '../../../src/enrich/anomalies/series/weekly.ts';
import type { PortalData } from '../../../src/enrich/anomalies/types.ts';
import { tableBuilder } from '../../../src/enrich/table.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 18, 12);
/** Forty on working days, ten on the weekend; a little up and down. */
const usual = (days: number) =>
  Array.from({ length: days }, (_, day) => (day % 7 > 4 ? 10 : 40) + ((day * 7919) % 11) - 5);

describe('Days', () => {
  it('are those of the time zone, over its changes of the clock', () => {
    const berlin = dayCounter('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31));
    const los = dayCounter('America/Los_Angeles', Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31));
    expect(isoDay(berlin(Date.UTC(2026, 6, 1, 22, 30)))).toBe('2026-07-02');
    expect(isoDay(berlin(Date.UTC(2026, 0, 15, 22, 30)))).toBe('2026-01-15');
    expect(isoDay(berlin(Date.UTC(2026, 2, 28, 23, 30)))).toBe('2026-03-29');
    expect(isoDay(los(Date.UTC(2026, 6, 1, 6, 30)))).toBe('2026-06-30');
    expect(weekdayOf(berlin(Date.UTC(2026, 10, 16, 12)))).toBe(0);
  });
});

describe('Daily series', () => {
  it('says nothing of what comes every week, weekends included', () => {
    expect(detect(usual(140), 0).alarms).toStrictEqual([]);
    const { expected } = detect(usual(140), 0);
    expect(Math.abs((expected[130] ?? 0) - 40)).toBeLessThan(6);
    expect(Math.abs((expected[131] ?? 0) - 10)).toBeLessThan(5);
  });

  it('tells a spike from a drop, and a shift from both', () => {
    const spike = usual(140).map((count, day) => (day === 100 ? 200 : count));
    expect(detect(spike, 0).alarms.map(({ at, kind }) => [at, kind])).toStrictEqual([[100, 'spike']]);
    const drop = usual(140).map((count, day) => (day === 101 ? 0 : count));
    expect(detect(drop, 0).alarms.map(({ at, kind }) => [at, kind])).toStrictEqual([[101, 'drop']]);
    const shift = detect(
      usual(140).map((count, day) => (day >= 100 ? Math.round(0.7 * count) : count)),
      0,
    );
    expect(shift.alarms.some(({ kind, at }) => kind === 'shift' && at >= 100 && at < 121)).toBe(true);
  });

  it('passes over the days that it is told to skip', () => {
    const drop = usual(140).map((count, day) => (day === 101 ? 0 : count));
    expect(detect(drop, 0, new Set([101])).alarms).toStrictEqual([]);
  });

  it('is not misled by days on which nothing ever comes', () => {
    const closed = usual(140).map((count, day) => (day % 7 > 4 ? 0 : count));
    expect(detect(closed, 0).alarms).toStrictEqual([]);
  });
});

describe('Sparse series', () => {
  it('looks at whole weeks', () => {
    const calm = Array.from({ length: 140 }, (_, day) => (day % 3 === 0 ? 1 : 0));
    expect(detectSparse(calm, 0).alarms).toStrictEqual([]);
    const burst = calm.map((count, day) => (day === 120 ? 15 : count));
    expect(detectSparse(burst, 0).alarms.map(({ kind }) => kind)).toStrictEqual(['spike']);
  });
});

const dataWith = (countOf: (source: string, age: number) => number): PortalData => {
  const builder = tableBuilder('contacts', ['createdate', 'hs_object_source_label']);
  let id = 1;
  for (let age = 0; age < 150; age++) {
    for (const source of ['FORM', 'API', 'IMPORT', 'CRM_UI']) {
      for (let one = 0; one < countOf(source, age); one++) {
        const createdate = new Date(NOW - age * DAY).toISOString();
        builder.add(String(id++), { createdate, hs_object_source_label: source });
      }
    }
  }
  return {
    now: NOW,
    timeZone: 'UTC',
    tables: new Map([['contacts', builder.build()]]),
    properties: new Map(),
    owners: [],
    pipelines: new Map(),
    currencies: ['EUR'],
    country: 'DE',
    associations: new Map(),
    history: new Map(),
  };
};
const steady = (source: string, age: number) => 12 + ((age * 7919 + source.length * 31) % 7);

describe('Creation rates of a portal', () => {
  it('leaves today out, and gives every day before it', () => {
    const [series] = creationSeries(dataWith(steady));
    expect(series?.days.at(-1)).toBe('2026-11-17');
    expect(series?.days).toHaveLength(149);
    expect(series?.counts).toHaveLength(149);
    expect(series?.alarms).toStrictEqual([]);
  });

  it('takes a day on which most sources fall for a holiday', () => {
    const holiday = dataWith((source, age) => (age === 9 ? 0 : steady(source, age)));
    expect(sourceSeries(holiday).flatMap(({ alarms }) => alarms)).toStrictEqual([]);
    const outage = dataWith((source, age) => (age === 9 && source === 'FORM' ? 0 : steady(source, age)));
    expect(
      sourceSeries(outage)
        .filter(({ alarms }) => alarms.length > 0)
        .map(({ source }) => source),
    ).toContain('FORM');
  });
});
