/** Several processes share one portal's quota: this server's way, and others', while things go wrong. */

import { resolve } from 'node:path';
import { sleep, systemClock } from '../../src/clock.ts';
import { LIMIT, type Run, type RunResult, run, WINDOW_MS } from './run.ts';

const JITTER = [20, 300] as const;
/** Three windows' worth. */
const CALLS = 3 * LIMIT;

const ours = { kind: 'ours', calls: CALLS, pattern: 'saturated' } as const;

const runs: readonly Run[] = [
  { ...ours, processes: 1 },
  { ...ours, processes: 2 },
  { ...ours, processes: 4 },
  { ...ours, processes: 8 },
  { ...ours, processes: 4, pattern: 'idle, then burst' },
  { ...ours, processes: 4, jitterMs: JITTER },
  { ...ours, processes: 4, jitterMs: JITTER, fault: 'kill half' },
  { ...ours, processes: 4, jitterMs: JITTER, fault: 'flush' },
  { ...ours, processes: 4, jitterMs: JITTER, fault: 'stop half' },
  { ...ours, processes: 4, jitterMs: JITTER, fault: 'restart' },
  { ...ours, processes: 4, jitterMs: JITTER, fault: 'restart with an old dump' },
  { kind: 'bottleneck', calls: CALLS, processes: 4, pattern: 'saturated' },
  { kind: 'bottleneck', calls: CALLS, processes: 4, pattern: 'idle, then burst' },
  { kind: 'rate-limiter-flexible', calls: CALLS, processes: 4, pattern: 'idle, then burst' },
  { kind: 'api-client', calls: CALLS, processes: 4, pattern: 'saturated' },
  { kind: 'bottleneck', calls: CALLS, processes: 4, pattern: 'saturated', fault: 'flush', patienceMs: 60_000 },
];

const words = {
  'kill half': 'half of them killed',
  'stop half': 'half of them stopped for 30 s',
  flush: 'FLUSHALL',
  restart: 'Redis killed and restarted empty',
  'restart with an old dump': 'Redis killed and restarted with an old dump',
};

const columns = [
  'limiter',
  'processes',
  'situation',
  `most in ${WINDOW_MS / 1000} s`,
  '429s',
  'calls',
  'failed',
  'never settled',
  'span s',
  'mean round trip ms',
  'rate',
];
const started = systemClock.elapsed();
process.stdout.write(`The portal's limit is ${LIMIT} requests in any ${WINDOW_MS / 1000} s.\n\n`);
row(columns);
row(columns.map(() => '---'));
for (const each of runs) {
  row(cellsOf(each, await run(resolve(import.meta.dirname), each)));
  await sleep(systemClock, 500);
}
process.stdout.write(`\nIn ${Math.round((systemClock.elapsed() - started) / 1000)} s.\n`);

function cellsOf({ kind, processes, pattern, jitterMs, skewed, fault }: Run, result: RunResult): string[] {
  const situation = [
    pattern,
    ...(jitterMs ? [`${jitterMs[0]}-${jitterMs[1]} ms each way`] : []),
    ...(skewed ? ['clocks 10 min apart'] : []),
    ...(fault ? [words[fault]] : []),
  ];
  return [
    kind,
    String(processes),
    situation.join(', '),
    String(result.mostInWindow),
    String(result.refused),
    String(result.fine + result.failed + result.unsettled),
    String(result.failed),
    String(result.unsettled),
    (result.spanMs / 1000).toFixed(1),
    String(result.roundTripMs),
    // Where something goes wrong, or is refused, there is no rate to compare.
    fault || result.refused > 0 ? '' : `${(100 * result.share).toFixed(1)} %`,
  ];
}

function row(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
