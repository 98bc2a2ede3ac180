/** What a bulk call answers before it may begin: how many, a sample of the differences, and what it costs. */

import * as z from 'zod';
import type { Crm } from '../crm/index.ts';
import { type Plan, type WriteReport, type Writes, writeReport } from '../writes/index.ts';
import type { BulkInput, BulkKind, BulkSubject } from './bulk.ts';
import { type Estimate, estimate, estimateOf } from './estimate.ts';
import { jobReport } from './report.ts';
import type { Input } from './task.ts';

/** The output of tools that write rows and may do so as a job. */
export const bulkReport = writeReport.extend({
  /** Nothing was written yet. */
  preview: z
    .object({
      /** Why the digest that was given began nothing. */
      refused: z.object({ code: z.string(), message: z.string() }).optional(),
      matches: z.int(),
      /** As many of them were checked for this preview; `rows` shows the first. */
      checked: z.int(),
      /** The same call with it begins the job. Absent when nothing matches. */
      digest: z.string().optional(),
      ...estimate.shape,
    })
    .optional(),
  job: jobReport.optional(),
});

export type BulkReport = z.output<typeof bulkReport>;

/** Enough to see what a change does; and enough to see what may stand against it, for the price of one read. */
const SHOWN_RECORDS = 10;
/** Of records with many values fewer are shown. */
const SHOWN_LINES = 60;
const SAMPLE = 100;
const SHOWN_FAILURES = 20;
const SHOWN_DIFFERENCES = 20;
const SHOWN_NOTES = 5;

export interface Sample {
  readonly matches: number;
  /** A dry run of `checked` of them. */
  readonly report: WriteReport;
  readonly checked: number;
  readonly estimate: Estimate;
}

/** Given rows are all checked; of a search's matches the first, which HubSpot gives in no order. */
export async function takeSample<In extends BulkInput>(
  kind: BulkKind<In>,
  input: In,
  subject: BulkSubject,
  { crm, writes }: { readonly crm: Crm; readonly writes: Writes },
): Promise<Sample> {
  const searched = 'search' in subject;
  const { total, items } = searched
    ? await firstMatches(crm, subject.search)
    : { total: subject.items.length, items: subject.items };
  const cost = estimateOf(crm, await kind.cost(crm, input), { rows: total, searched });
  if (items.length === 0) return { matches: 0, report: empty, checked: 0, estimate: await cost };
  const shared = kind.sharedOf(input);
  const plan = kind.nextBatch(crm, { ...shared, dryRun: true }, items);
  const report = await writes.run(asWhole(plan, subject, shared, { rows: total, digest: '' }));
  return { matches: total, report, checked: items.length, estimate: await cost };
}

/** What a person is asked about before the job begins, by as many records as fit a question. */
export async function wholeOf<In extends BulkInput>(
  kind: BulkKind<In>,
  input: In,
  subject: BulkSubject,
  whole: NonNullable<Plan['sampleOf']>,
  crm: Crm,
): Promise<Plan> {
  // Each given row may set other properties, so that the policy has to see them all.
  const items = 'search' in subject ? (await firstMatches(crm, subject.search)).items : subject.items;
  const shared = kind.sharedOf(input);
  return asWhole(kind.nextBatch(crm, shared, items), subject, shared, whole);
}

/** The policy judges it as what it is: so many records, and of a search where they are. */
function asWhole(plan: Plan, subject: BulkSubject, shared: Input, sampleOf: NonNullable<Plan['sampleOf']>): Plan {
  if (!('search' in subject)) return { ...plan, sampleOf };
  const { objectType, filterGroups } = subject.search;
  // An approval is for these arguments, whichever matches were shown.
  const input = { objectType, filterGroups, said: shared, ...(plan.input.dryRun && { dryRun: true }) };
  return { ...plan, sampleOf, input };
}

const empty: WriteReport = { dryRun: true, applied: 0, columns: [], rows: [], failed: [], unknown: [] };

async function firstMatches(
  crm: Crm,
  { objectType, filterGroups }: Extract<BulkSubject, { search: unknown }>['search'],
) {
  const type = await crm.objectTypes.resolve(objectType);
  const { total, records } = await crm.records.search(
    type,
    { filterGroups, properties: ['hs_object_id'] },
    { limit: SAMPLE },
  );
  return { total, items: records.map(({ id }) => id) };
}

/** @param refused why a digest that came with the call does not count */
export function previewOf(
  { matches, report, checked, estimate: cost }: Sample,
  digest: string,
  refused?: { readonly code: string; readonly message: string },
): BulkReport {
  const { rows, records } = firstRecords(report);
  const failures = report.failed.length - SHOWN_FAILURES;
  const { differences = [] } = report;
  const unlike = differences.length - SHOWN_DIFFERENCES;
  const said = (report.notes ?? []).filter((note) => !DRY_RUN.test(note));
  const { today, calls } = cost;
  const notes = [
    ...(refused === undefined ? [] : [`${refused.message} Nothing was begun; this is a new preview.`]),
    ...(matches === 0
      ? ['Nothing matches, so there is nothing to write.']
      : [
          `A preview: nothing was written. Show it to the person; the same call with preview.digest then writes all ${matches}.`,
        ]),
    ...(checked < matches ? [`${checked} of ${matches} were checked for it.`] : []),
    ...(rows.length < report.rows.length
      ? [`Values of the first ${records === 1 ? 'record' : `${records} records`} are shown.`]
      : []),
    ...(failures > 0 ? [`${failures} more rows cannot be written.`] : []),
    ...(unlike > 0 ? [`${unlike} more differences are not shown.`] : []),
    ...(today === undefined ? ['HubSpot has not told how many calls are left today.'] : []),
    ...(today !== undefined && calls.total > today.left
      ? [
          'Today has too few HubSpot calls left for it: it will stand still until tomorrow, and can then be gone on with.',
        ]
      : []),
    ...said.slice(0, SHOWN_NOTES),
    ...(said.length > SHOWN_NOTES ? [`${said.length - SHOWN_NOTES} more notes are not shown.`] : []),
  ];
  return {
    ...report,
    rows,
    failed: report.failed.slice(0, SHOWN_FAILURES),
    ...(differences.length > 0 && { differences: differences.slice(0, SHOWN_DIFFERENCES) }),
    notes,
    preview: {
      ...(refused !== undefined && { refused }),
      matches,
      checked,
      ...(matches > 0 && { digest }),
      ...cost,
    },
  };
}

/** What a dry run says of itself, which is about the sample only. */
const DRY_RUN = /^(Dry run: |\d+ more lines are not shown)/;

/** The lines of the first records, each whole; a record has one for each of its values. */
function firstRecords({ columns, rows }: WriteReport): { rows: WriteReport['rows']; records: number } {
  const place = columns.indexOf('index');
  const lines = new Map<unknown, WriteReport['rows']>();
  for (const row of rows) lines.set(row[place], [...(lines.get(row[place]) ?? []), row]);
  const kept: WriteReport['rows'] = [];
  let records = 0;
  for (const each of [...lines.values()].slice(0, SHOWN_RECORDS)) {
    if (kept.length > 0 && kept.length + each.length > SHOWN_LINES) break;
    kept.push(...each.slice(0, SHOWN_LINES));
    records += 1;
  }
  return { rows: kept, records };
}
