/** The figures as Markdown. Pure. */

import type { Measures } from '../../src/enrich/measures/measure.ts';
import type { Rates } from '../../src/enrich/measures/rates.ts';
import type { SetFigures } from './measure-set.ts';
import type { NameFigures } from './names.ts';
import type { SpeedFigures } from './speed.ts';

export interface DuplicatesReport {
  readonly measuredAt: string;
  readonly setting: string;
  readonly sets: readonly SetFigures[];
  readonly names: readonly NameFigures[];
  readonly speed: readonly SpeedFigures[];
}

export function renderReport({ measuredAt, setting, sets, names, speed }: DuplicatesReport): string {
  return [
    `${setting}, ${measuredAt}`,
    ...(sets.length === 0 ? [] : setTables(sets)),
    ...(names.length === 0 ? [] : nameTable(names)),
    ...(speed.length === 0 ? [] : speedTable(speed)),
    '',
  ].join('\n');
}

function setTables(sets: readonly SetFigures[]): string[] {
  return [
    '\n## Pairs and clusters\n',
    ...table(
      [
        'set',
        'records',
        'true pairs',
        'F1 at .5',
        'F1 at .95',
        'P / R at .95',
        'F1 at .99',
        'best F1',
        'B-cubed at .95',
        'clusters at .95',
        'exact at .95',
      ],
      sets.map(({ name, rows, measures: { truePairs, at, best } }) => [
        name,
        count(rows),
        count(truePairs),
        figure(at['0.5'].f1),
        figure(at['0.95'].f1),
        `${figure(at['0.95'].precision)} / ${figure(at['0.95'].recall)}`,
        figure(at['0.99'].f1),
        figure(best.f1),
        figure(at['0.95'].bCubed.f1),
        figure(at['0.95'].clusters.f1),
        figure(at['0.95'].exactClusters.f1),
      ]),
    ),
    '\n## How sure\n',
    ...table(
      [
        'set',
        'certain and right',
        'of',
        'true pairs compared',
        'ECE as shipped',
        'ECE after judgements',
        'Brier',
        'to look at per 1,000',
      ],
      sets.map(({ name, measures, held }) => [name, ...sureness(measures, held)]),
    ),
    '\n## A judge for the uncertain pairs\n',
    ...table(
      [
        'set',
        'right in',
        'pairs judged',
        'error (1 - F1 at .5)',
        'with the judge',
        'of it gone',
        'asked over the wire',
        'of it gone',
      ],
      sets.map(({ name, judge: { accuracy, pairs, errorBefore, errorAfter, wire } }) => [
        name,
        percent(accuracy),
        count(pairs),
        figure(errorBefore),
        figure(errorAfter),
        gone(errorBefore, errorAfter),
        wire === undefined ? '-' : `${count(wire.pairs)} in ${count(wire.calls)} calls`,
        wire === undefined ? '-' : gone(errorBefore, wire.errorAfter),
      ]),
    ),
  ];
}

function sureness({ certain, blockingRecall, ece, brier, reviewLoad }: Measures, held: SetFigures['held']): string[] {
  return [
    certain.of === 0 ? '-' : `${figure(certain.share)} (${figure(certain.low)} to ${figure(certain.high)})`,
    count(certain.of),
    figure(blockingRecall),
    figure(ece),
    `${figure(held.ece)} (${held.judgements}${held.method === 'platt' ? '' : ', too few of one kind: as shipped'})`,
    figure(brier),
    reviewLoad.toFixed(1),
  ];
}

function nameTable(names: readonly NameFigures[]): string[] {
  return [
    '\n## Names alone\n',
    ...table(
      [
        'names of',
        'pairs',
        'best F1',
        'P / R',
        "F1 with the other half's threshold",
        'best F1 of the matcher',
        'P / R',
      ],
      names.map(({ kind, pairs, best, halves, matcher }) => [
        kind,
        count(pairs),
        figure(best.f1),
        precisionRecall(best),
        figure(halves),
        figure(matcher.f1),
        precisionRecall(matcher),
      ]),
    ),
    '\nFirst by the comparison of whole names that plans of merges use, then by the matcher, over a table that has these names\nand nothing else.',
  ];
}

function speedTable(speed: readonly SpeedFigures[]): string[] {
  return [
    '\n## Speed\n',
    ...table(
      ['contacts', 'file', 'reading', 'scanning', 'whole command', 'CPU', 'most memory', 'pairs', 'two runs'],
      speed.map((each) => [
        count(each.rows),
        `${each.megabytes.toFixed(0)} MB`,
        seconds(each.readingSeconds),
        seconds(each.scanningSeconds),
        seconds(each.wholeSeconds),
        seconds(each.cpuSeconds),
        `${each.peakMegabytes.toFixed(0)} MB`,
        count(each.pairs),
        each.identical ? 'the same bytes' : 'DIFFERENT',
      ]),
    ),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

const precisionRecall = ({ precision, recall }: Rates) => `${figure(precision)} / ${figure(recall)}`;
const figure = (value: number) => value.toFixed(4);
const gone = (before: number, after: number) => (before === 0 ? '-' : percent(1 - after / before));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const count = (value: number) => value.toLocaleString('en');
const seconds = (values: readonly number[]) => `${values.map((value) => value.toFixed(1)).join(', ')} s`;
