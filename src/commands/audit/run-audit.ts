import { CommandFailure, type Terminal } from '../../command.ts';
import { UsageError } from '../../option.ts';
import { templateSummary, writtenByModel } from '../../quality/audit-summary.ts';
import {
  type AuditReport,
  figuresIn,
  MARKDOWN_HEAD,
  markdownOf,
  PAGE_HEAD,
  pageOf,
  reportOf,
  summaryOf,
} from '../../report/index.ts';
import type { AuditOptions } from '../audit.ts';
import { createProgress } from '../demo/progress.ts';
import { refuseTargets, writeAll, writeFileWith } from '../out-file.ts';
import { openWorkbench, type Workbench } from '../workbench.ts';
import { JSON_HEAD, jsonOf } from './json.ts';
import { lookAtAll } from './look-at-all.ts';
import { stepProgress } from './step-progress.ts';

export async function runAudit(options: AuditOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, ended } = terminal;
  const { html, json, markdown, force } = options;
  if (options.summaryByModel && !options.openai) {
    throw new UsageError('--summary-by-model: turn a model on with --openai');
  }
  await refuseTargets(
    [
      { flag: '--html', path: html, head: PAGE_HEAD },
      { flag: '--json', path: json, head: JSON_HEAD },
      { flag: '--markdown', path: markdown, head: MARKDOWN_HEAD },
    ],
    { force },
  );
  const ending = new AbortController();
  void ended.then(() => ending.abort(new CommandFailure('Stopped. Nothing was written.')));
  const { signal } = ending;
  if (options.accessToken === undefined && options.accessTokenFile === undefined) {
    stderr.write('No token is set: this is the embedded portal.\n');
  }
  const progress = stepProgress(createProgress(stderr));
  const bench = await openWorkbench(options, terminal, 'audit', 'read');
  try {
    const found = await lookAtAll(options.types, bench, (...told) => progress.at(...told), signal);
    progress.stop();
    const looked = reportOf(found);
    const report = { ...looked, summary: await summarized(looked, options, bench, signal) };
    signal.throwIfAborted();
    const files = [
      { path: html, render: pageOf },
      { path: json, render: jsonOf },
      { path: markdown, render: markdownOf },
    ].flatMap(({ path, render }) => (path === undefined ? [] : [{ path, render }]));
    for (const { path, render } of files) {
      await writeFileWith(path, (stream) => writeAll(stream, [render(report)]));
    }
    stdout.write(summaryOf(report));
    for (const { path } of files) stdout.write(`The report is in ${path}\n`);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    progress.stop();
    await bench.close();
  }
}

async function summarized(
  report: AuditReport,
  { summaryByModel }: AuditOptions,
  { work }: Pick<Workbench, 'work'>,
  signal: AbortSignal,
): Promise<NonNullable<AuditReport['summary']>> {
  const figures = figuresIn(report);
  const { bullets, ...rest } = summaryByModel
    ? await writtenByModel(figures, work('read', undefined, signal).quality.enrichment.asking)
    : templateSummary(figures);
  return { ...rest, bullets: bullets.map(({ text, findingIds }) => ({ text, findingIds: [...findingIds] })) };
}
