/** `npm run simulate`: plays seeds and says what they violated. */

import { writeFileSync } from 'node:fs';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Verdict } from './judge.ts';
import { runSeeds } from './run-seeds.ts';
import { SABOTAGES, type Sabotage } from './sabotage.ts';

/** What is counted, in words, in the order in which it is told. All are to be 0. */
const VIOLATIONS = [
  ['duplicates', 'duplicates'],
  ['lost', 'lost writes'],
  ['overQuota', 'over-quota windows'],
  ['unsettled', 'unsettled calls'],
  ['other', 'other violations'],
] as const satisfies readonly (readonly [keyof Verdict, string])[];

/** Failing seeds that are told, and violations of each; `--json` has them all. */
const TOLD = 10;
const TOLD_OF_SEED = 10;

const program = new Command('npm run simulate --')
  .description(
    `Plays the whole system on virtual time: agents that lose answers and ask again, processes that are killed, a network,
a portal with all its faults, a Redis that forgets, a disk that loses what was not synced. One seed is one world, and
the same seed is the same world. The exit code is 1 when anything was violated.`,
  )
  .option('--seeds <n>', 'how many', wholeNumber, 100)
  .option('--from <seed>', 'the first one', wholeNumber, 1)
  .option('--json <file>', 'also write every figure and every violation to this file')
  .addOption(
    new Option('--sabotage <part>', 'leave a part of the product out, to see that it is noticed').choices(SABOTAGES),
  )
  .parse();
const { seeds, from, json, sabotage } = program.opts<{
  seeds: number;
  from: number;
  json?: string;
  sabotage?: Sabotage;
}>();

const bar = new SingleBar(
  { stream: process.stderr, format: '{bar} {value}/{total} seeds, {eta_formatted} left' },
  Presets.rect,
);
bar.start(seeds, 0);
const verdicts = await runSeeds({
  from,
  seeds,
  sabotage,
  worker: new URL('worker.js', import.meta.url),
  onVerdict: () => bar.increment(),
});
bar.stop();
process.exitCode = tell(verdicts);

function tell(all: readonly Verdict[]): number {
  const writes = all.reduce((sum, each) => sum + each.writes, 0);
  const written = all.reduce((sum, each) => sum + each.written, 0);
  const counts = VIOLATIONS.map(
    ([kind, words]) => [words, all.reduce((sum, each) => sum + each[kind].length, 0)] as const,
  );
  const failed = all.filter((each) => VIOLATIONS.some(([kind]) => each[kind].length > 0));
  for (const [name, count] of [
    ['seeds', seeds],
    ['writes tried', writes],
    ['writes found', written],
    ...counts,
  ] as const) {
    say(`${name.padEnd(20)}${count.toLocaleString('en')}`);
  }
  for (const verdict of failed.slice(0, TOLD)) {
    say(`\nseed ${verdict.seed}, again with: npm run simulate -- --from ${verdict.seed} --seeds 1`);
    const violations = VIOLATIONS.flatMap(([kind, words]) => verdict[kind].map((each) => `${words}: ${each}`));
    // Of an error its stack is in the file only.
    for (const each of violations.slice(0, TOLD_OF_SEED)) say(`  ${each.split('\n', 1)[0]}`);
    if (violations.length > TOLD_OF_SEED) say(`  … and ${violations.length - TOLD_OF_SEED} more.`);
  }
  if (failed.length > TOLD) say(`\n… and ${failed.length - TOLD} more seeds.`);
  if (json !== undefined) {
    const report = { from, seeds, writes, written, violations: Object.fromEntries(counts), failed };
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return failed.length > 0 ? 1 : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('A whole number from 1.');
}
