/** The detector of creation rates over simulated series: its false alarms, and what it finds. */

import { type Detection, detect, WARM_UP } from '../../src/enrich/anomalies/series/detector.ts';
import { detectSparse } from '../../src/enrich/anomalies/series/weekly.ts';
import { type Dice, diceOf } from './random.ts';

export interface DetectorFigure {
  readonly kind: string;
  readonly series: number;
  readonly alarmsPer100Days: number;
  /** A day with three times the usual on top. */
  readonly spike: number;
  /** Three days of nothing. */
  readonly silence: number;
  /** Half of the level, within three weeks; and after how many days in the middle. */
  readonly shift: number;
  readonly shiftDays: number;
}

interface Kind {
  readonly name: string;
  readonly means: readonly number[];
  /** Shape of the gamma noise on top of Poisson's; infinite is Poisson. */
  readonly shapes: readonly number[];
  readonly week: readonly number[];
  /** Growth by year, as a factor. */
  readonly growth?: number;
}

const businessWeek = [1.15, 1.2, 1.2, 1.15, 1, 0.3, 0.25];
const evenWeek = [1, 1, 1, 1, 1, 1, 1];
const kinds: readonly Kind[] = [
  { name: 'as the guide: 8, 40, 300 a day, business week', means: [8, 40, 300], shapes: [10, 30], week: businessWeek },
  { name: 'Poisson', means: [8, 40, 300], shapes: [Number.POSITIVE_INFINITY], week: businessWeek },
  { name: 'every day alike', means: [8, 40, 300], shapes: [10, 30], week: evenWeek },
  { name: 'noisy', means: [8, 40, 300], shapes: [5], week: businessWeek },
  { name: 'doubling within a year', means: [8, 40, 300], shapes: [10, 30], week: businessWeek, growth: 2 },
  { name: 'no weekends', means: [8, 40, 300], shapes: [10, 30], week: [1.4, 1.4, 1.4, 1.4, 1.4, 0, 0] },
  { name: 'sparse: 0.5 to 2 a day, by week', means: [0.5, 1, 2], shapes: [30], week: businessWeek },
];

const DAYS = 180;
const EVENT = 120;

export function detectorFigures(perKind: number, seed = 1): DetectorFigure[] {
  return kinds.map((kind, index) => figureOf(kind, perKind, diceOf(1000 * seed + index)));
}

function figureOf(kind: Kind, count: number, dice: Dice): DetectorFigure {
  let alarms = 0;
  let days = 0;
  let spikes = 0;
  let silences = 0;
  const delays: number[] = [];
  for (let index = 0; index < count; index++) {
    const mean = kind.means[index % kind.means.length] ?? 1;
    const shape = kind.shapes[Math.floor(index / kind.means.length) % kind.shapes.length] ?? 10;
    const sparse = mean < 3;
    const judge = (counts: readonly number[]): Detection => (sparse ? detectSparse(counts, 0) : detect(counts, 0));
    const clean = drawn(dice, kind, mean, shape);
    alarms += judge(clean).alarms.length;
    days += DAYS - (sparse ? 8 * 7 : WARM_UP);
    const at = EVENT + dice.whole(30);
    const last = sparse ? at + 7 : at;
    const spiked = clean.map((value, day) => (day === at ? value + Math.round(Math.max(10, 3 * mean)) : value));
    if (judge(spiked).alarms.some((alarm) => alarm.at >= at && alarm.at <= last)) spikes++;
    const silent = clean.map((value, day) => (day >= at && day < at + (sparse ? 21 : 3) ? 0 : value));
    if (judge(silent).alarms.some((alarm) => alarm.at >= at && alarm.at <= at + (sparse ? 24 : 3))) silences++;
    const halved = drawn(dice, kind, mean, shape, (day) => (day >= at ? 0.5 : 1));
    const told = judge(halved).alarms.find((alarm) => alarm.at >= at && alarm.at < at + 21);
    if (told !== undefined) delays.push(told.at - at);
  }
  delays.sort((a, b) => a - b);
  return {
    kind: kind.name,
    series: count,
    alarmsPer100Days: (100 * alarms) / days,
    spike: spikes / count,
    silence: silences / count,
    shift: delays.length / count,
    shiftDays: delays[Math.floor(delays.length / 2)] ?? Number.NaN,
  };
}

function drawn(
  dice: Dice,
  kind: Kind,
  mean: number,
  shape: number,
  level: (day: number) => number = () => 1,
): number[] {
  const usual = kind.week.reduce((sum, factor) => sum + factor, 0) / 7;
  return Array.from({ length: DAYS }, (_, day) => {
    const growth = (kind.growth ?? 1) ** (day / 365);
    const expected = (mean * growth * level(day) * (kind.week[day % 7] ?? 1)) / usual;
    return dice.poisson(Number.isFinite(shape) ? (expected * dice.gamma(shape)) / shape : expected);
  });
}
