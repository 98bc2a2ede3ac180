import { cpus, totalmem } from 'node:os';
import type { PortalFigure } from './portal-alone/figure.ts';
import type { Figure, Sample, Unit } from './sample.ts';

/** Where and with what the figures were measured; without it they say nothing. */
export interface Setting {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface Report {
  readonly measuredAt: string;
  readonly setting: Setting;
  /** This server against HubSpot's. */
  readonly servers: readonly Figure[];
  /** This project's client against a bare request. */
  readonly client: readonly Figure[];
  /** The embedded portal in a process of its own, asked without a socket. */
  readonly portal: readonly PortalFigure[];
}

const BYTES_PER_GB = 2 ** 30;

export function settingOf(versions: { readonly ours: string; readonly theirs: string }): Setting {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / BYTES_PER_GB),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    ...versions,
  };
}

/** The report as a person reads it: absolute figures, the spread of those that have one, and the ratio beside them. */
export function renderReport(report: Report): string {
  const { setting } = report;
  return [
    `${setting.ours} and ${setting.theirs}, on the same embedded portal in a process of its own`,
    `${setting.processor}, ${setting.cores} cores, ${setting.memoryGb} GB, ${setting.platform}, Node ${setting.node}, ${report.measuredAt}`,
    '',
    renderTable(['', 'this server', "HubSpot's", 'ratio', 'to reach'], report.servers.map(compared)),
    '',
    renderTable(['', 'this client', 'bare undici', 'ratio', 'to reach'], report.client.map(compared)),
    '',
    renderTable(['', 'the portal alone', 'to reach'], report.portal.map(alone)),
    '',
    'Median (least to most). Tokens are o200k. Pairs were measured by turns, A B A B.',
    ...[...report.servers, ...report.client].flatMap((figure) =>
      figure.note === undefined ? [] : [`- ${figure.measure}: ${figure.note}`],
    ),
    '',
  ].join('\n');
}

function compared(figure: Figure): string[] {
  return [
    figure.measure,
    renderSample(figure.ours, figure.unit),
    renderSample(figure.theirs, figure.unit),
    figure.theirs.median === 0 ? '' : `${(figure.ours.median / figure.theirs.median).toFixed(2)}×`,
    renderReach(figure.reach),
  ];
}

function alone(figure: PortalFigure): string[] {
  return [figure.measure, renderSample(figure.sample, figure.unit), renderReach(figure.reach)];
}

function renderReach(reach: Figure['reach']): string {
  return reach === undefined ? '' : `${reach.text}: ${reach.reached ? 'yes' : 'NO'}`;
}

/** The first and the last column stand to the left, those between to the right. */
function renderTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rows = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === head.length - 1
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function renderSample(sample: Sample, unit: Unit): string {
  const middle = `${renderNumber(sample.median, unit)} ${unit}`;
  if (sample.min === sample.max) return middle;
  return `${middle} (${renderNumber(sample.min, unit)}–${renderNumber(sample.max, unit)})`;
}

function renderNumber(value: number, unit: Unit): string {
  const decimals = (unit === 'ms' || unit === 'MB' || unit === 's') && value < 100 ? (value < 10 ? 2 : 1) : 0;
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
