/** Finds rows that are the same person, company, deal or ticket, says how likely, and why. */

import { systemClock } from '../../clock.ts';
import type { Table } from '../table.ts';
import { stretchesOf } from './block/candidates.ts';
import { rowKeys } from './block/row-keys.ts';
import { clustersOf } from './cluster/clusters.ts';
import { lifted } from './cluster/lift.ts';
import { Judge } from './explain/judge.ts';
import type { Feature } from './features/feature.ts';
import { sharingFrom } from './features/sharing.ts';
import { matchingOf, type Subject } from './kinds/kind.ts';
import { learn } from './model/learn.ts';
import { opinionsOf } from './model/opinions.ts';
import type { Crew } from './threads/crew.ts';
import type { ComparedChunk, Done, Task } from './threads/desk.ts';
import { enlist } from './threads/enlist.ts';
import { randomParts } from './threads/random-pairs.ts';
import type { Matcher, Pair, Scan, ScanOptions } from './types.ts';

/** Changes whenever other code or other shipped figures would score otherwise. */
const version = '5';
const keptFrom = 0.05;
const clustersFrom = 0.5;

export async function findDuplicates(table: Table, options: ScanOptions): Promise<Matcher> {
  const subject: Subject = {
    table,
    kind: options.kind,
    keys: options.keys ?? [],
    country: options.country ?? 'US',
  };
  const crew = await enlist(subject, options.threads, pause);
  try {
    return await matched(subject, crew, options);
  } finally {
    await crew.leave();
  }
}

async function matched(subject: Subject, crew: Crew, options: ScanOptions): Promise<Matcher> {
  const { table } = subject;
  const matching = matchingOf(subject);
  const work = async (step: string, tasks: readonly Task[]): Promise<readonly Done[]> => {
    options.signal?.throwIfAborted();
    let done = 0;
    options.progress?.(0, tasks.length, step);
    return await crew.do(tasks, () => {
      options.signal?.throwIfAborted();
      options.progress?.(++done, tasks.length, step);
    });
  };

  const read = await work(
    'read',
    matching.readings.map((_, reading): Task => ({ do: 'read', reading })),
  );
  const features = new Map<string, Feature>(read.flatMap((each) => [...(each.features ?? [])]));
  const { rules } = matching.blocking(features);
  crew.tell({ told: 'features', features, keys: rowKeys(rules, features, table.rows) });

  const grouped = await work('block', [
    { do: 'count sharing' },
    ...rules.map((_, rule): Task => ({ do: 'block', rule })),
  ]);
  const sharing = new Map(grouped.flatMap((each) => [...(each.sharing ?? [])]));
  const blocks = grouped.flatMap((each) => (each.blocks === undefined ? [] : [each.blocks]));
  crew.tell({ told: 'blocks', blocks, sharing });
  const comparison = matching.comparison(features, sharingFrom(sharing));

  const opinions = opinionsOf(table, options);
  const compared = await work('compare', [
    ...Array.from({ length: randomParts }, (_, part): Task => ({ do: 'compare random', part })),
    { do: 'compare listed', pairs: opinions.pairs },
    ...stretchesOf(blocks).map((stretch): Task => ({ do: 'compare', stretch })),
  ]);
  const chunks = compared.flatMap((each) => (each.compared === undefined ? [] : [each.compared]));
  const [random, candidates] = [chunks.slice(0, randomParts), chunks.slice(randomParts)];
  const parameters = learn(comparison, candidates, random, table.rows);
  const judge = new Judge(table, comparison, parameters, opinions);

  const from = options.keepFrom ?? keptFrom;
  const direct = judgedPairs(judge, candidates, from);
  const clusters = (least: number) => clustersOf(direct, judge, least);
  const found = clusters(clustersFrom);
  judge.lift(lifted(found, (a, b) => judge.ask(a, b), table.rows));
  const scan: Scan = {
    kind: subject.kind,
    rows: table.rows,
    pairs: judge.withLifted(direct, from),
    clusters: found.map(({ cluster }) => cluster),
    compared: candidates.reduce((sum, { size }) => sum + size, 0),
    oversized: blocks.flatMap(({ oversized }) => oversized),
    calibration: { method: judge.calibration.method, judgements: judge.calibration.judgements },
    parameters: version,
  };
  return {
    scan,
    table,
    explain: (a, b) => judge.explain(a, b),
    clustersFrom: (least) => clusters(least).map(({ cluster }) => cluster),
  };
}

/** By row. */
function judgedPairs(judge: Judge, chunks: readonly ComparedChunk[], from: number): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const { size, a, b, levels, holders } of chunks) {
    for (let nth = 0; nth < size; nth++) {
      const pair = judge.pair(a[nth] ?? 0, b[nth] ?? 0, levels, holders, nth, from);
      if (pair !== undefined) pairs.push(pair);
    }
  }
  return pairs.sort((x, y) => x.a - y.a || x.b - y.b);
}

function pause(): Promise<void> {
  return new Promise((done) => systemClock.after(0, done));
}
