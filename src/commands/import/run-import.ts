import { systemClock, systemRandom } from '../../clock.ts';
import { CommandFailure, type Terminal } from '../../command.ts';
import type { ItemOutcome, JobReport, Jobs } from '../../jobs/index.ts';
import { BATCH } from '../../jobs/task.ts';
import type { Json } from '../../journal/journal.ts';
import { harmless } from '../../operator-line.ts';
import { UsageError } from '../../option.ts';
import { refuseDrift } from '../../transfer/drift.ts';
import { IMPORT, type ImportInput, importInput, requireMapping } from '../../transfer/import-kind.ts';
import { itemsOf, keyOf, loadItem } from '../../transfer/item.ts';
import type { Mapping } from '../../transfer/mapping.ts';
import type { Source } from '../../transfer/source.ts';
import { costOf, judgeBatch, surveyOf } from '../../transfer/survey.ts';
import type { Plan } from '../../writes/index.ts';
import { lateProgress } from '../definitions/late-progress.ts';
import { createProgress, type Progress } from '../demo/progress.ts';
import { counted } from '../demo/report.ts';
import type { ImportOptions } from '../import.ts';
import { saysYes } from '../says-yes.ts';
import { understood } from '../understood.ts';
import { openWorkbench, type Workbench } from '../workbench.ts';
import { openFile } from './open-file.ts';
import { checked, readMapping } from './read-mapping.ts';
import { resumeOf } from './resume-of.ts';
import { failedFile, type RowReport, refuseRowFiles, reportFile } from './row-files.ts';
import { newTally, SHOWN } from './tally.ts';
import { previewText, reasonsText } from './words.ts';

type Chosen = ImportOptions & { readonly file: string; readonly mapping: string };

export async function runImport(options: Chosen, terminal: Terminal): Promise<void> {
  const { stderr, stdout, ended } = terminal;
  await refuseRowFiles(options);
  const asks = !options.yes && !options.dryRun;
  if (asks && (terminal.stdin.isTTY !== true || options.file === '-')) {
    throw new UsageError('Nobody can be asked here: look with --dry-run first, then add --yes.');
  }
  const mapping = await readMapping(options.mapping);
  const file = await openFile(options.file, options.format, terminal);
  const progress = lateProgress(createProgress(stderr), systemClock);
  const reading = new AbortController();
  void ended.then(() => reading.abort());
  try {
    const source = await file.source(mapping.delimiter);
    checked(options.file, () => refuseDrift(mapping, source.columns));
    const bench = await openWorkbench(options, terminal, IMPORT, 'overwrite');
    try {
      if (bench.account.embedded && options.dataDir === undefined) {
        stderr.write('No token is set: this is the embedded portal in memory, and what is imported is gone at exit.\n');
      }
      const input: ImportInput = { mapping, file: file.name, sha256: await file.sha256() };
      const { crm, writes } = bench.work('overwrite', undefined, reading.signal);
      const looking: Looking = { source, input, crm, writes, progress, signal: reading.signal };
      if (options.dryRun) return await dryRun(looking, options, terminal);
      const { text, rows, toWrite } = await preview(looking);
      stdout.write(`${text}\n`);
      if (asks && toWrite && !(await saysYes('Begin? [y/N] ', terminal))) {
        throw new CommandFailure('Nothing was written.');
      }
      const stream = itemsOf(source, mapping);
      const shared = { ...input, mapping: plain(mapping) };
      const { jobs, follow } = jobsOf(bench, progress, ended);
      const id = await jobs.start({ kind: IMPORT, input: shared, work: { stream, count: rows } });
      const resume = resumeOf(id, options);
      stderr.write(`Job ${id}.${resume === undefined ? '' : ` If it is cut off: ${resume}`}\n`);
      await finish(id, await follow(id), jobs, options, terminal);
    } finally {
      progress.stop();
      await bench.close();
    }
  } finally {
    await file.close();
  }
}

export async function resumeImport(id: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  await refuseRowFiles(options);
  const progress = lateProgress(createProgress(terminal.stderr), systemClock);
  const bench = await openWorkbench(options, terminal, IMPORT, 'overwrite');
  try {
    const { jobs, follow } = jobsOf(bench, progress, terminal.ended);
    const { kind } = await jobs.task(id);
    if (kind !== IMPORT) throw new UsageError(`${id} is a job of ${kind}, not an import.`);
    const before = await jobs.report(id);
    const over = before.status !== 'running' && before.status !== 'interrupted';
    await finish(id, over ? before : await follow(id, true), jobs, options, terminal);
  } finally {
    progress.stop();
    await bench.close();
  }
}

/** The jobs of a command: Ctrl-C lets the batches under way end and no other begin. */
function jobsOf(bench: Workbench, progress: Progress, ended: Promise<void>) {
  let begun = false;
  const { jobs } = bench.work('overwrite', (done, total = 0) => {
    if (!begun && total > 0) progress.start('Import', total);
    begun ||= total > 0;
    progress.at(done);
  });
  const follow = async (id: string, resumed = false): Promise<JobReport> => {
    void ended.then(() => jobs.pause(id));
    const report = await (resumed ? jobs.resume(id) : jobs.follow(id));
    progress.stop();
    return report;
  };
  return { jobs, follow };
}

interface Looking {
  readonly source: Source;
  readonly input: ImportInput;
  readonly crm: Workbench['crm'];
  readonly writes: ReturnType<Workbench['work']>['writes'];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Checks every row, looks up a sample, and asks the policy about the whole. */
async function preview({ source, input, crm, writes, progress }: Looking) {
  const { mapping } = input;
  const type = await understood(() => requireMapping(crm, mapping));
  progress.start('Checking', source.sizeBytes);
  const survey = await surveyOf(source, mapping, type, {
    crm,
    random: systemRandom,
    onBytes: (read) => progress.at(read),
  });
  const tally = newTally();
  progress.start('Looking up', survey.stored.length);
  let first: Plan | undefined;
  for (const batch of batches(survey.stored)) {
    const { rows, plan } = await judgeBatch(batch, input, { crm, writes });
    tally.add(rows);
    first ??= rows.some(({ outcome }) => outcome === 'new' || outcome === 'changed') ? plan : undefined;
    progress.at(tally.judged.rows);
  }
  progress.stop();
  const { rows, refused, refusals } = survey;
  const { judged } = tally;
  if (first !== undefined) {
    // What the policy refuses is refused before anybody is asked.
    const { items: _items, ...shared } = first.input;
    await writes.authorize({ ...first, input: shared, sampleOf: { rows, digest: input.sha256 } });
  }
  const estimate = await costOf(crm, mapping, judged, rows - refused);
  const all = [...refusals, ...tally.refusals].slice(0, SHOWN);
  const text = previewText({
    file: input.file,
    objectType: type.name,
    rows,
    judged,
    refused,
    refusals: all,
    differences: tally.differences,
    estimate,
  });
  return { text, rows, toWrite: first !== undefined || judged.rows + refused < rows };
}

/** Every row, as the import would find it now. */
async function dryRun(
  { source, input, crm, writes, progress, signal }: Looking,
  options: ImportOptions,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<void> {
  const { mapping } = input;
  const type = await understood(() => requireMapping(crm, mapping));
  const report = options.report === undefined ? undefined : reportFile(options.report);
  const tally = newTally();
  progress.start('Looking up', source.sizeBytes);
  const judge = async (batch: readonly Json[]) => {
    const { rows: judged } = await judgeBatch(batch, input, { crm, writes });
    tally.add(judged);
    for (const { item, key, outcome, code, message } of judged) {
      await report?.add({ row: item.row, key, outcome, code, reason: message });
    }
  };
  let batch: Json[] = [];
  for await (const item of itemsOf(source, mapping, (read) => progress.at(read))) {
    signal.throwIfAborted();
    batch.push(item);
    if (batch.length < BATCH) continue;
    await judge(batch);
    batch = [];
  }
  if (batch.length > 0) await judge(batch);
  await report?.close();
  progress.stop();
  const { judged, refusals, differences } = tally;
  const estimate = await costOf(crm, mapping, judged, judged.rows);
  const text = previewText({
    file: input.file,
    objectType: type.name,
    rows: judged.rows,
    judged,
    refused: 0,
    refusals,
    differences,
    estimate,
  });
  stdout.write(`${text}\nA dry run: nothing was written.\n`);
  if (judged.refused > 0) throw new CommandFailure(`${counted(judged.refused, 'row')} cannot be imported.`);
}

/** Says what became of the rows, here and in the files that were asked for. @throws CommandFailure unless all went well */
async function finish(
  id: string,
  job: JobReport,
  jobs: Jobs,
  options: ImportOptions,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<void> {
  const { mapping, file } = importInput.parse((await jobs.task(id)).input);
  const written = await writeRows(id, jobs, mapping, options);
  const firstRows = (await jobs.firstItems(id)).map((item) => loadItem(mapping, item).row);
  const created = job.created ?? 0;
  stdout.write(
    [
      `${harmless(file)}, job ${id}: ${counted(job.total ?? 0, 'row')}`,
      `   ${created} created, ${job.applied - created} updated, ${job.unchanged} unchanged, ${job.failed} failed${job.unknown > 0 ? `, ${job.unknown} without a certain answer` : ''}`,
      ...(job.differences === undefined
        ? []
        : [`   ${counted(job.differences, 'value')} kept, or held by HubSpot otherwise than the file says`]),
      ...reasonsText(job.reasons ?? [], firstRows),
      ...(options.failed === undefined ? [] : [`   ${counted(written, 'failed row')} in ${options.failed}`]),
      '',
    ].join('\n'),
  );
  if (job.status === 'interrupted' || job.status === 'running') {
    const why = job.reason === undefined ? 'It was stopped' : `It stands still: ${harmless(job.reason.message)}`;
    const left = (job.total ?? 0) - job.done;
    const resume = resumeOf(id, options);
    throw new CommandFailure(
      `${why}, with ${counted(left, 'row')} left.${resume === undefined ? '' : ` Go on with: ${resume}`}`,
    );
  }
  if (job.status !== 'done')
    throw new CommandFailure(`The import is ${job.status}. ${job.reason?.message ?? ''}`.trim());
  const bad = job.failed + job.unknown;
  if (bad > 0) {
    throw new CommandFailure(`${counted(bad, 'row')} of ${job.total} not imported. ${told(id, options)} says which.`);
  }
}

/** The report, or what writes it and, where they are not written yet, the rows that failed. */
function told(id: string, options: ImportOptions): string {
  if (options.report !== undefined) return options.report;
  const flags = options.failed === undefined ? '--report FILE --failed FILE' : '--report FILE';
  const how = resumeOf(id, options);
  return how === undefined ? flags : `${how} ${flags}`;
}

/** @returns how many failed rows can be imported again */
async function writeRows(id: string, jobs: Jobs, mapping: Mapping, options: ImportOptions): Promise<number> {
  const { report, failed } = options;
  if (report === undefined && failed === undefined) return 0;
  const csv = failed !== undefined && !/\.(jsonl|ndjson)$/i.test(failed);
  const files = {
    report: report === undefined ? undefined : reportFile(report),
    failed: failed === undefined ? undefined : failedFile(failed, mapping, csv),
  };
  let count = 0;
  for await (const each of jobs.outcomes(id)) {
    const item = loadItem(mapping, each.item);
    await files.report?.add(rowReport(mapping, each));
    const again = each.outcome === 'failed' || each.outcome === 'unknown';
    // Of a row that could not be read there is nothing to write down.
    if (!again || item.problem?.code === 'unreadable_row') continue;
    count += 1;
    await files.failed?.add(item);
  }
  await files.report?.close();
  await files.failed?.close();
  return count;
}

function rowReport(mapping: Mapping, { item: json, outcome, id, code, reason }: ItemOutcome): RowReport {
  const item = loadItem(mapping, json);
  return { row: item.row, key: keyOf(mapping, item)?.value ?? '', outcome, id, code, reason };
}

/** As JSON, which a job keeps. */
function plain(mapping: Mapping): { readonly [key: string]: Json } {
  return JSON.parse(JSON.stringify(mapping));
}

function* batches(items: readonly Json[]): Generator<readonly Json[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH);
}
