/** How many records come into being, and from where. */

import { affected } from '../affected.ts';
import { creationProperties, type SourceSeries, sourceProperties, sourceSeries } from '../series/creation.ts';
import { isoDay, weekdayOf } from '../series/days.ts';
import { taskFor } from '../tasks.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

const RECENT_DAYS = 28;
const WEEK = 7;
/** Records too many or too few: a smaller difference is worth nobody's time, whatever its chance. */
const LEAST_RECORDS = 10;
const MANY_RECORDS = 30;
const MOST_RECORDS = 100;
const TYPES = ['contacts', 'companies', 'deals', 'tickets'] as const;
const dated = Object.fromEntries(TYPES.map((type) => [type, [...creationProperties, ...sourceProperties]]));

export const creationRate: Check = {
  id: 'P01',
  version: 1,
  title: 'Far more or far fewer records are created',
  about: `By type and by source, of the last ${RECENT_DAYS} days: a day beyond 3.5 deviations of the square root of what its weekday holds, quiet days together beyond 4.5, or a level that has shifted (CUSUM .5, 6.5); by Poisson weeks below three a day. Days on which most sources fall are holidays. High from ${MOST_RECORDS} records too many or too few on, medium from ${MANY_RECORDS}; below ${LEAST_RECORDS} nothing is said.`,
  severity: 'high',
  objectType: '*',
  needs: {},
  uses: dated,
  statistical: true,
  run(data) {
    const all = sourceSeries(data);
    const bySource = all.filter(({ source }) => source !== undefined);
    const drafts = all.flatMap((series) => {
      const first = series.counts.length - RECENT_DAYS;
      return episodesOf(series.alarms).flatMap((alarms) => {
        const recent = alarms.filter(({ at }) => at >= first);
        if (recent.length === 0) return [];
        const isSilence = recent.every(({ value }) => value < 0) && isSilent(series);
        // What one source explains is told of it alone.
        const isExplained = recent.every(
          ({ at }) =>
            series.source === undefined &&
            bySource.some(
              (other) =>
                other.objectType === series.objectType &&
                other.alarms.some((alarm) => dayOf(other, alarm.at) === dayOf(series, at)),
            ),
        );
        return isSilence || isExplained ? [] : told(data, series, recent, alarms[0]?.at ?? first);
      });
    });
    return { drafts, tests: all.length * RECENT_DAYS };
  },
};

const dayOf = ({ firstDay }: SourceSeries, at: number) => firstDay + at;

type Alarms = SourceSeries['alarms'];

/** Alarms in one direction with no more than a week between them are one event. */
function episodesOf(alarms: Alarms): Alarms[] {
  const episodes: Alarms[number][][] = [];
  for (const up of [true, false]) {
    let last: Alarms[number][] | undefined;
    for (const alarm of alarms.filter(({ value }) => value > 0 === up).sort((a, b) => a.at - b.at)) {
      if (last !== undefined && alarm.at - (last.at(-1)?.at ?? 0) <= WEEK) last.push(alarm);
      else {
        last = [alarm];
        episodes.push(last);
      }
    }
  }
  return episodes;
}

/** @param began the day on which the event was first told of, which may lie before the days that are tested */
function told(data: PortalData, series: SourceSeries, alarms: Alarms, began: number): FindingDraft[] {
  const { objectType, source, counts, expected } = series;
  const [worst = { at: 0, from: 0, kind: 'spike', value: 0, threshold: 0, p: 1 } as const] = alarms.toSorted(
    (a, b) => a.p - b.p,
  );
  const { at, kind } = worst;
  // A level that has shifted goes on.
  const from = Math.min(worst.from, at);
  const to = kind === 'shift' ? Math.min(counts.length, from + RECENT_DAYS) : at + 1;
  const created = sum(counts.slice(from, to));
  const usual = sum(expected.slice(from, to));
  const difference = Math.abs(created - usual);
  if (difference < LEAST_RECORDS) return [];
  const rows = alarms.flatMap((alarm) =>
    alarm.kind === 'spike'
      ? Array.from({ length: alarm.at - alarm.from + 1 }, (_, day) => series.rowsOn(alarm.from + day)).flat()
      : [],
  );
  const table = data.tables.get(objectType);
  const day = isoDay(dayOf(series, at));
  // By the week, since a shift is seen on one day today and with another day's records on the next.
  const week = dayOf(series, began) - weekdayOf(dayOf(series, began));
  return [
    {
      ...(table === undefined ? nobody : affected(table, [...new Set(rows)])),
      objectType,
      subject: `${source ?? 'all'} ${worst.value > 0 ? 'more' : 'fewer'} ${isoDay(week)}`,
      severity: difference >= MOST_RECORDS ? 'high' : difference >= MANY_RECORDS ? 'medium' : 'low',
      statistic: {
        name: `deviations from what is usual, ${kind}`,
        value: worst.value,
        threshold: worst.threshold,
        n: counts.length,
        p: worst.p,
      },
      evidence: {
        source: source ?? 'all',
        day,
        ...(to - from > 1 ? { from: isoDay(dayOf(series, from)), to: isoDay(dayOf(series, to - 1)) } : {}),
        created,
        expected: Math.round(usual * 10) / 10,
        'days with an alarm': alarms.length,
      },
      note: notes[kind],
      fix: taskFor(`Find out what changed in how ${objectType} are created on ${day}`),
    },
  ];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const nobody = { recordIds: [], total: 0, recordsDigest: '0' } as const;
const notes: Readonly<Record<SourceSeries['alarms'][number]['kind'], string>> = {
  spike:
    'Far more records were created than such days have: an import, an app that repeats itself, or a form that robots have found.',
  drop: 'Far fewer records were created than such days have.',
  silence: 'Hardly any records have been created for several days.',
  shift: 'Records are created at another rate than before, and it stays so.',
};

const SILENT_DAYS = 60;
const LEAST_A_WEEK = 5;
const WEEKS = 8;
const SILENT_CHANCE = 0.001;

export const silentSource: Check = {
  id: 'P15',
  version: 1,
  title: 'A source of records has fallen silent',
  about: `It brought ${LEAST_A_WEEK} or more a week for ${WEEKS} weeks and then nothing, for three times as long as it ever paused and as long as chance gives less than once in ${1 / SILENT_CHANCE}.`,
  severity: 'high',
  objectType: '*',
  needs: {},
  uses: dated,
  statistical: true,
  run(data) {
    const bySource = sourceSeries(data).filter(({ source }) => source !== undefined);
    const drafts = bySource.flatMap((series): FindingDraft[] => {
      const silence = silenceOf(series);
      if (silence === undefined) return [];
      const { objectType, source = '' } = series;
      const table = data.tables.get(objectType);
      const since = isoDay(dayOf(series, series.counts.length - silence.days));
      return [
        {
          ...(table === undefined ? nobody : affected(table, [])),
          objectType,
          subject: `${source} ${since}`,
          statistic: {
            name: 'days of silence',
            value: silence.days,
            threshold: silence.limit,
            n: 7 * WEEKS,
            p: silence.p,
          },
          evidence: { source, 'silent since': since, 'a week before': Math.round(7 * silence.rate) },
          note: 'A form, an import or an app that brought records every week brings none any more.',
          fix: taskFor(`Find out why a source of ${objectType} has brought nothing since ${since}`),
        },
      ];
    });
    return { drafts, tests: bySource.length };
  },
};

const isSilent = (series: SourceSeries) => series.source !== undefined && silenceOf(series) !== undefined;

/** How long the source has been silent up to now, where that is long for it. */
function silenceOf({ counts }: SourceSeries) {
  const last = counts.findLastIndex((count) => count > 0);
  const days = counts.length - 1 - last;
  const before = counts.slice(Math.max(0, last + 1 - 7 * WEEKS), last + 1);
  if (days === 0 || days > SILENT_DAYS || before.length < 7 * WEEKS) return undefined;
  for (let week = 0; week < WEEKS; week++) {
    if (before.slice(7 * week, 7 * week + 7).reduce((sum, count) => sum + count, 0) < LEAST_A_WEEK) return undefined;
  }
  const rate = before.reduce((sum, count) => sum + count, 0) / before.length;
  let pause = 0;
  let longest = 0;
  for (const count of before) {
    pause = count === 0 ? pause + 1 : 0;
    longest = Math.max(longest, pause);
  }
  const p = Math.exp(-rate * days);
  const limit = 3 * Math.max(1, longest);
  return days >= limit && p < SILENT_CHANCE ? { days, limit, rate, p } : undefined;
}
