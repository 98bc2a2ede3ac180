import { systemClock } from '../../clock.ts';
import { CommandFailure, type Terminal } from '../../command.ts';
import { modelOptions } from '../../config/openai-options.ts';
import { findDuplicates } from '../../enrich/duplicates/index.ts';
import type { Judgement } from '../../enrich/duplicates/types.ts';
import { measure } from '../../enrich/measures/measure.ts';
import { truthOf } from '../../enrich/measures/truth.ts';
import { type Column, textAt } from '../../enrich/table.ts';
import { harmless } from '../../operator-line.ts';
import { lateProgress } from '../definitions/late-progress.ts';
import { createProgress } from '../demo/progress.ts';
import type { DuplicatesOptions } from '../duplicates.ts';
import { refuseTargets, writeFileWith } from '../out-file.ts';
import { openCsvFile } from './csv-file.ts';
import { JSON_HEAD, writeJson } from './json-file.ts';
import { judgeOf } from './judge.ts';
import { PAIRS_HEAD, writePairs } from './pairs-file.ts';
import { planColumns } from './plan-columns.ts';
import { readTable } from './read-table.ts';
import { type Result, SHOWN_FROM } from './result.ts';
import { resultText, understoodText } from './words.ts';

export async function runDuplicates(options: DuplicatesOptions, terminal: Terminal): Promise<void> {
  const stopping = new AbortController();
  void terminal.ended.then(() => stopping.abort());
  const { signal } = stopping;
  try {
    const result = await found(options, terminal, signal);
    // Whoever asks for the end while a file is being written gets the whole file or none.
    signal.throwIfAborted();
    const { json, out } = options;
    if (json !== undefined) await writeFileWith(json, (stream) => writeJson(stream, result));
    if (out !== undefined) await writeFileWith(out, (stream) => writePairs(stream, result));
    terminal.stdout.write(resultText({ ...result, spent: { ...result.spent, peakMemoryBytes: peakMemoryBytes() } }));
  } catch (error) {
    if (signal.aborted) throw new CommandFailure('It was stopped; nothing was written.');
    throw error;
  }
}

async function found(options: DuplicatesOptions, { stderr }: Terminal, signal: AbortSignal): Promise<Result> {
  const began = systemClock.elapsed();
  const maxUsd = typeof options.judge === 'number' ? options.judge : undefined;
  const model = options.judge === undefined ? undefined : modelOptions(options, maxUsd !== undefined);
  const file = await openCsvFile(options.file, signal);
  await refuseTargets(
    [
      { flag: '--json', path: options.json, head: JSON_HEAD },
      { flag: '--out', path: options.out, head: PAIRS_HEAD },
    ],
    { force: options.force, input: options.file },
  );
  const plan = planColumns(file.header, options);
  const judge = model && (await judgeOf(plan.kind, model));
  const progress = lateProgress(createProgress(stderr), systemClock);
  try {
    progress.start('Reading, in MB', megabytes(file.sizeBytes));
    const reading = { signal, progress: (bytes: number) => progress.at(megabytes(bytes)) };
    const { table, rowNumbers, truth, repeatedIds } = await readTable(file, plan, reading);
    progress.stop();
    stderr.write(understoodText({ file, plan, repeatedIds }));

    const read = systemClock.elapsed();
    let step = '';
    const scan = (judgements: readonly Judgement[]) =>
      findDuplicates(table, {
        judgements,
        kind: plan.kind,
        ...(plan.kind === 'generic' && { keys: [...plan.columns.keys()] }),
        ...(options.country !== undefined && { country: options.country }),
        ...(options.threads !== undefined && { threads: options.threads }),
        keepFrom: truth === undefined ? SHOWN_FROM : 0,
        signal,
        progress(done, total, what) {
          if (what !== step) progress.start(what, total);
          step = what;
          progress.at(done);
        },
      });
    let matcher = await scan([]);
    if (judge !== undefined) {
      progress.stop();
      const judgements = await judge(matcher, {
        maxUsd,
        signal,
        tell: (line) => void stderr.write(`${harmless(line)}\n`),
        progress(done, total) {
          if (step !== 'judge') progress.start('judge', total);
          step = 'judge';
          progress.at(done);
        },
      });
      if (judgements.length > 0) matcher = await scan(judgements);
    }
    progress.stop();
    const scanned = systemClock.elapsed();
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    return {
      file,
      plan,
      table,
      rowNumbers,
      matcher,
      spent: {
        readingSeconds: (read - began) / 1000,
        scanningSeconds: (scanned - read) / 1000,
        seconds: (scanned - began) / 1000,
        cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
        peakMemoryBytes: peakMemoryBytes(),
      },
      ...(truth !== undefined && { measures: measure(truthOf(textsOf(truth, table.rows)), matcher) }),
    };
  } finally {
    progress.stop();
  }
}

/** So far. The system counts in KiB. */
function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function* textsOf(column: Column, rows: number): Generator<string> {
  for (let row = 0; row < rows; row++) yield textAt(column, row);
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
