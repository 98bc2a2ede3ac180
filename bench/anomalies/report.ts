import type { Setting } from '../report.ts';
import type { Size } from './clean.ts';
import type { CheckFigure } from './measure.ts';
import type { DetectorFigure } from './series.ts';
import type { SpeedFigure } from './speed.ts';

export interface AnomalyFigures {
  readonly measuredAt: string;
  readonly setting: Setting;
  /** Of the portals on which the checks were measured. */
  readonly size: Size;
  readonly checks: readonly CheckFigure[];
  readonly detector: readonly DetectorFigure[];
  readonly speed?: SpeedFigure;
}

/** As Markdown. */
export function renderAnomalies({ measuredAt, setting, size, checks, detector, speed }: AnomalyFigures): string {
  const planted = checks.reduce((sum, check) => sum + check.planted, 0);
  const found = checks.reduce((sum, check) => sum + check.found, 0);
  return [
    `${setting.processor}, ${setting.cores} cores, ${setting.memoryGb} GB, ${setting.platform}, Node ${setting.node}, ${measuredAt}`,
    '',
    `## ${checks.length} checks on generated portals of ${sizeOf(size)}`,
    '',
    `Recall over all planted faults: ${share(found / planted)} of ${planted}. The generator and the faults are our own, so these figures say that checks do what they say, not how often real portals have such faults.`,
    '',
    ...table(
      ['check', 'what', 'planted', 'recall', 'false alarms per 1,000 clean records'],
      checks.map((check) => [
        check.check,
        check.title,
        String(check.planted),
        check.planted === 0 ? '' : share(check.found / check.planted),
        ((1000 * check.falseAlarms) / Math.max(1, check.cleanRecords)).toFixed(3),
      ]),
    ),
    '',
    '## Creation-rate detector on simulated series of 180 days',
    '',
    ...table(
      [
        'series',
        'how many',
        'alarms per 100 clean days',
        'spike of a day',
        'silence',
        'half the level within 21 days',
        'days until told',
      ],
      detector.map((figure) => [
        figure.kind,
        String(figure.series),
        figure.alarmsPer100Days.toFixed(2),
        share(figure.spike),
        share(figure.silence),
        share(figure.shift),
        String(figure.shiftDays),
      ]),
    ),
    '',
    ...(speed === undefined ? [] : speedLines(speed)),
  ].join('\n');
}

function speedLines({ size, seconds, peakMegabytes, identical, findings }: SpeedFigure): string[] {
  return [
    `## All checks over ${sizeOf(size)}`,
    '',
    ...table(
      ['first run', 'second run', 'most memory', 'findings', 'two runs byte-identical'],
      [
        [
          ...seconds.map((value) => `${value.toFixed(1)} s`),
          `${Math.round(peakMegabytes)} MB`,
          String(findings),
          identical ? 'yes' : 'NO',
        ],
      ],
    ),
    '',
  ];
}

const share = (value: number) => value.toFixed(3);
const sizeOf = (size: Size) =>
  Object.entries(size)
    .map(([objectType, count]) => `${Number(count).toLocaleString('en-US')} ${objectType}`)
    .join(', ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))];
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
