import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { systemClock } from '../../clock.ts';
import { CommandFailure, type Terminal } from '../../command.ts';
import type { Crm, ObjectType, Property, SaidSearch } from '../../crm/index.ts';
import { filterGroups } from '../../crm/schemas.ts';
import { UsageError } from '../../option.ts';
import { type ExportedRecord, exportedProperties, exportRecords, Incomplete } from '../../transfer/export-records.ts';
import { guardFormula } from '../../transfer/formula.ts';
import { lateProgress } from '../definitions/late-progress.ts';
import { createProgress } from '../demo/progress.ts';
import { counted } from '../demo/report.ts';
import type { ExportOptions } from '../export.ts';
import { passesOn, refuseTargets } from '../out-file.ts';
import { understood } from '../understood.ts';
import { openWorkbench } from '../workbench.ts';

type Filters = SaidSearch['filterGroups'];

/** @param filter as it was said, JSON */
export async function runExport(options: ExportOptions, filter: string | undefined, terminal: Terminal): Promise<void> {
  const { out, force } = options;
  const { stdout, stderr, ended } = terminal;
  await refuseTargets([{ flag: '--out', path: out }], { force });
  const filters = filter === undefined ? undefined : readFilter(filter);
  // What is not whole has another name.
  const part = out === undefined || (await passesOn(out)) ? undefined : `${out}.part`;
  const ending = new AbortController();
  void ended.then(() => ending.abort(new CommandFailure('Stopped. Nothing is left behind.')));
  const progress = lateProgress(createProgress(stderr), systemClock);
  const bench = await openWorkbench(options, terminal, 'export', 'read');
  const file = out === undefined ? undefined : createWriteStream(part ?? out);
  try {
    const { hubspot } = bench;
    const { crm } = bench.work('read', undefined, ending.signal);
    const { type, associated, properties, count } = await understood(() => lookUp(options, filters, crm));
    progress.start('Export', count);
    const csv = out === undefined ? options.format !== 'jsonl' : /\.csv$/i.test(out);
    const lineOf = csv ? csvLines(properties, associated) : jsonLines(properties, associated);
    const write = writerTo(file ?? stdout, ending.signal);
    if (csv) await write(stringify([columnsOf(properties, associated)]));
    let done = 0;
    const request = { type, properties, associated, signal: ending.signal, ...(filters && { filterGroups: filters }) };
    for await (const page of exportRecords(request, { crm, hubspot })) {
      await write(page.map(lineOf).join(''));
      done += page.length;
      progress.at(done);
    }
    file?.end();
    if (file !== undefined) await finished(file);
    if (part !== undefined && out !== undefined) await rename(part, out);
    progress.stop();
    stderr.write(`${counted(done, 'record')} of ${type.name}${out === undefined ? '' : ` in ${out}`}\n`);
  } catch (error) {
    file?.destroy();
    if (part !== undefined) await rm(part, { force: true });
    ending.signal.throwIfAborted();
    // Whoever reads, such as `head`, has had enough.
    if (part === undefined && error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    if (error instanceof Incomplete) throw new CommandFailure(`Not all records could be exported: ${error.message}`);
    throw error;
  } finally {
    progress.stop();
    await bench.close();
  }
}

/** A filter, a list of them that must all fit, or filterGroups as search_records takes them. */
function readFilter(text: string): Filters {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The filter is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = filterGroups.safeParse(asGroups(said));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
  throw new UsageError(
    `The filter cannot be read: ${place}. One such as {"propertyName":"city","operator":"EQ","value":"Berlin"} can.`,
  );
}

function asGroups(said: unknown): unknown {
  if (!Array.isArray(said)) {
    const groups: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'filterGroups') : undefined;
    return groups ?? [{ filters: [said] }];
  }
  const isGroups = said.every((each) => typeof each === 'object' && each !== null && 'filters' in each);
  return isGroups ? said : [{ filters: said }];
}

async function lookUp({ objectType, associations, properties }: ExportOptions, filters: Filters, crm: Crm) {
  const type = await crm.objectTypes.resolve(objectType);
  return {
    type,
    associated: await Promise.all(associations.map((name) => crm.objectTypes.resolve(name))),
    properties: await exportedProperties(crm, type, properties),
    count: await countOf(crm, type, filters),
  };
}

/** For the bar alone; a type that cannot be searched has none. */
async function countOf(crm: Crm, type: ObjectType, filters: Filters): Promise<number> {
  if (!type.can.search) return 0;
  const all = [{ filters: [{ propertyName: 'hs_object_id', operator: 'HAS_PROPERTY' as const }] }];
  return crm.records.count(type, { filterGroups: filters ?? all });
}

function columnsOf(properties: readonly Property[], associated: readonly ObjectType[]): string[] {
  return [
    'hs_object_id',
    ...properties.map(({ name }) => name),
    ...associated.map(({ name }) => `associations.${name}`),
  ];
}

/** Values as HubSpot stores them; text that a spreadsheet would carry out gets an apostrophe. */
function csvLines(properties: readonly Property[], associated: readonly ObjectType[]) {
  return ({ record, associated: links }: ExportedRecord): string =>
    stringify([
      [
        record.id,
        ...properties.map(({ name, type }) => {
          const value = record.properties[name] ?? '';
          return type === 'number' ? value : guardFormula(value);
        }),
        ...associated.map((_, place) => links[place]?.join(';') ?? ''),
      ],
    ]);
}

function jsonLines(properties: readonly Property[], associated: readonly ObjectType[]) {
  return ({ record, associated: links }: ExportedRecord): string =>
    `${JSON.stringify({
      hs_object_id: record.id,
      ...Object.fromEntries(properties.map(({ name }) => [name, record.properties[name] ?? null])),
      ...Object.fromEntries(associated.map(({ name }, place) => [`associations.${name}`, links[place] ?? []])),
    })}\n`;
}

/** As fast as the other end takes it. */
function writerTo(stream: Writable, signal: AbortSignal): (text: string) => Promise<void> {
  let failure: Error | undefined;
  stream.on('error', (error: Error) => {
    failure = error;
  });
  return async (text) => {
    if (!stream.write(text) && failure === undefined) {
      await once(stream, 'drain', { signal }).catch((error: unknown) => {
        throw failure ?? error;
      });
    }
    if (failure !== undefined) throw failure;
  };
}
