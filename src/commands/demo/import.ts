/** Takes a CSV file into a portal through the server's tools, and then works with what it brought. */

import { type Clock, type Random, sleep } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import { UsageError } from '../../option.ts';
import { type CsvFile, openCsv } from '../../transfer/csv.ts';
import type { Agent, ToolAnswer } from './agent.ts';
import { columnsOf, countRecords, refusalOf, rowsOf, totalOf } from './answers.ts';
import { importKey } from './import-key.ts';
import { BATCH_ROWS, type Loaded, loadRows } from './load.ts';
import { checkColumns, type Mapping, mapColumns, type PropertyName, readMap } from './mapping.ts';
import type { Progress } from './progress.ts';
import { counted, reportLoaded } from './report.ts';
import type { Transcript } from './transcript.ts';
import { type Brought, workWith } from './work-with.ts';

export interface ImportRequest {
  readonly file: string;
  readonly delimiter: string;
  readonly objectType: string;
  readonly map: string;
  /** The column whose values tell records apart. */
  readonly key?: string;
  /** Leave to create the unique property of the key. */
  readonly mayCreateKey: boolean;
  /** Whether nobody else writes into the portal meanwhile. */
  readonly embedded: boolean;
  /** Leave to associate and annotate the records afterwards. */
  readonly mayAddMore: boolean;
}

export interface Stage {
  readonly agent: Agent;
  readonly transcript: Transcript;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether the person has asked to stop. */
  readonly ended: () => boolean;
}

/** HubSpot's search sees a new record after some seconds. */
const COUNT_TRIES = 15;
const COUNT_AGAIN_MS = 1_000;
/** A search request may have 3,000 characters. Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22 */
const IDS_IN_SEARCH = 100;
/** What get_records takes in one call. */
const IDS_IN_READ = 200;

/** What can be known to be wrong before anything is started. */
export async function checkFile(request: ImportRequest): Promise<{ csv: CsvFile; rows: number }> {
  const csv = await openCsv(request.file, request.delimiter);
  checkColumns(csv.header, { said: readMap(request.map), key: request.key });
  let rows = 0;
  for await (const _ of csv.rows()) rows += 1;
  if (rows === 0) throw new UsageError(`${request.file} has a header and no rows below it.`);
  return { csv: await openCsv(request.file, request.delimiter), rows };
}

/** @throws CommandFailure when a row could not be imported, or the portal holds another number of records than reported */
export async function importCsv(
  request: ImportRequest,
  { csv, rows }: { readonly csv: CsvFile; readonly rows: number },
  stage: Stage,
): Promise<void> {
  const { agent, transcript, progress, clock, random, ended } = stage;
  transcript.say(`${request.file}: ${counted(rows, 'row')}, ${counted(csv.header.length, 'column')}`);

  const { objectType } = request;
  const listed = await transcript.ask(`Which properties do ${objectType} have?`, 'list_properties', { objectType });
  const refused = refusalOf(listed);
  if (refused !== undefined) throw new UsageError(`--type: ${refused.message}${suggestion(refused.nearest)}`);
  const shown = propertiesOf(listed);
  const properties = [...shown, ...(await hiddenProperties(objectType, shown, readMap(request.map), agent))];
  const found = await transcript.ask('How many are there now?', 'search_records', { objectType, limit: 1 });
  const before = totalOf(found);
  const nameProperty = columnsOf(found)[1] ?? '';

  const mapping = mapColumns(csv.header, properties, { said: readMap(request.map), nameProperty, key: request.key });
  const keyProperty = mapping.columns.find(({ column }) => column === request.key)?.property;
  if (mapping.columns.length === 0) {
    throw new UsageError(
      `No column of ${request.file} is called like a property of ${objectType}. Say where they go: --map "${csv.header[0]}=${nameProperty}".`,
    );
  }
  sayMapping(mapping, nameProperty, transcript);
  if (keyProperty !== undefined) await importKey({ ...request, property: keyProperty }, stage);

  const tool = keyProperty === undefined ? 'create_records' : 'upsert_records';
  transcript.say(`\nThe rows go through ${tool}, ${BATCH_ROWS} in a call.`);
  const began = new Date(clock.now()).toISOString();
  const plan = {
    objectType,
    columns: mapping.columns,
    run: `import-${random.uuid()}`,
    ...(keyProperty !== undefined && { keyProperty }),
  };
  const loaded = await loadRows(agent, plan, csv.rows(), rows, { progress, ended });
  transcript.say(`\n${reportLoaded(loaded, rows)}`);
  if (loaded.stopped !== undefined) throw new CommandFailure(`The import ended early: ${loaded.stopped}.`);

  await checkCount(request, before, loaded, stage);
  if (loaded.ids.length > 0) {
    await readBack(objectType, loaded, stage);
    const dated = properties.some(({ name }) => name === 'createdate');
    const allNew = request.embedded && dated && loaded.updated === 0;
    const scope = scopeOf(loaded.ids, allNew ? began : undefined);
    await workWith({ objectType, loaded, mapping, nameProperty, scope, mayAddMore: request.mayAddMore }, transcript);
  }
  transcript.say(`\n${transcript.summary()}`);
  const lost = loaded.failed.length + loaded.unknown.length;
  if (lost > 0) throw new CommandFailure(`${lost} of ${rows} rows were not imported: the reasons are above.`);
}

function sayMapping({ columns, left }: Mapping, nameProperty: string, transcript: Transcript): void {
  transcript.say('\nColumns');
  for (const { column, property, why } of columns) {
    const remark =
      why === 'guessed' ? ` (taken for the name; --map "Other column=${nameProperty}" says otherwise)` : '';
    transcript.say(`   ${column} → ${property}${remark}`);
  }
  if (left.length > 0) transcript.say(`   not imported: ${left.join(', ')} (--map "${left[0]}=property" imports one)`);
}

/** Properties of --map that a list of all leaves out, because HubSpot hides them. */
async function hiddenProperties(
  objectType: string,
  listed: readonly PropertyName[],
  said: ReadonlyMap<string, string>,
  agent: Agent,
): Promise<PropertyName[]> {
  const unlisted = [...said.values()].filter((name) => name !== '' && !listed.some((each) => each.name === name));
  const found: PropertyName[] = [];
  for (const name of unlisted) {
    const answer = await agent.call('list_properties', { objectType, names: [name] });
    if (refusalOf(answer)?.code !== 'unknown_property') found.push(...propertiesOf(answer));
  }
  return found;
}

function propertiesOf(answer: ToolAnswer): PropertyName[] {
  return rowsOf(answer).map(({ name, label, type }) => ({
    name: String(name),
    label: typeof label === 'string' ? label : '',
    readOnly: String(type).endsWith('*'),
  }));
}

/**
 * What finds the imported records and no others: by their ids, as far as one search can name them, or by when they were
 * made, where nothing else was made since.
 * @param since when everything that was made after it is the import's
 */
function scopeOf(ids: readonly string[], since: string | undefined): Brought['scope'] {
  const few = ids.length <= IDS_IN_SEARCH;
  const filter =
    few || since === undefined
      ? { propertyName: 'hs_object_id', operator: 'IN', values: ids.slice(0, IDS_IN_SEARCH) }
      : { propertyName: 'createdate', operator: 'GTE', value: since };
  const name = few || since !== undefined ? 'the imported ones' : `the first ${IDS_IN_SEARCH} imported ones`;
  return { name, filterGroups: [{ filters: [filter] }] };
}

/** Reads every record by the id that its writing gave, which unlike search sees a write at once. */
async function readBack(objectType: string, { ids }: Loaded, { agent, transcript }: Stage): Promise<void> {
  let there = 0;
  for (let from = 0; from < ids.length; from += IDS_IN_READ) {
    const page = { objectType, ids: ids.slice(from, from + IDS_IN_READ), properties: ['hs_object_id'] };
    there += rowsOf(await agent.call('get_records', page)).length;
  }
  if (there !== ids.length) {
    throw new CommandFailure(`${ids.length} ${objectType} were reported as written, but only ${there} can be read.`);
  }
  transcript.say(`Reported as written: ${ids.length}; read back by their ids: ${there}.`);
}

/** Search lags behind writes on HubSpot, so a count that is not right yet is asked for again. */
async function checkCount(request: ImportRequest, before: number, loaded: Loaded, stage: Stage): Promise<void> {
  const { objectType, embedded } = request;
  const least = before + loaded.created;
  // Others may add to a HubSpot account meanwhile; what was brought is read back besides.
  const most = embedded ? least + loaded.unknown.length : Number.POSITIVE_INFINITY;
  let count = await countRecords(stage.agent, { objectType });
  for (let again = 1; again < COUNT_TRIES && (count < least || count > most); again += 1) {
    await sleep(stage.clock, COUNT_AGAIN_MS);
    count = await countRecords(stage.agent, { objectType });
  }
  const sum = `${before} before and ${loaded.created} created`;
  if (count < least || count > most) {
    throw new CommandFailure(`The portal holds ${count} ${objectType}, but ${sum} were reported.`);
  }
  const others = count - least > 0 ? `, and ${count - least} more` : ', as reported';
  stage.transcript.say(`\nThe portal now holds ${count} ${objectType}: ${sum}${others}.`);
}

function suggestion(nearest: readonly string[] = []): string {
  return nearest.length === 0 ? '' : ` The nearest: ${nearest.join(', ')}.`;
}
