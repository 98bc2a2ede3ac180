/** Takes a CSV file into a portal through the server's tools, and then works with what it brought. */

import { type Clock, sleep } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import { UsageError } from '../../config.ts';
import type { Agent } from './agent.ts';
import { columnsOf, countRecords, refusalOf, rowsOf, totalOf } from './answers.ts';
import { type CsvFile, openCsv } from './csv.ts';
import { importKey } from './import-key.ts';
import { BATCH_ROWS, type Loaded, loadRows } from './load.ts';
import { checkColumns, type Mapping, mapColumns, readMap } from './mapping.ts';
import type { Progress } from './progress.ts';
import { reportLoaded } from './report.ts';
import type { Transcript } from './transcript.ts';
import { workWith } from './work-with.ts';

export interface ImportRequest {
  readonly file: string;
  readonly delimiter: string;
  readonly objectType: string;
  readonly map: string;
  /** The column whose values tell records apart. */
  readonly key?: string;
  /** Leave to create the unique property of the key. */
  readonly mayCreateKey: boolean;
}

export interface Stage {
  readonly agent: Agent;
  readonly transcript: Transcript;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Whether the person has asked to stop. */
  readonly ended: () => boolean;
}

/** HubSpot's search sees a new record after some seconds. */
const COUNT_TRIES = 15;
const COUNT_AGAIN_MS = 1_000;

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
  const { agent, transcript, progress, clock, ended } = stage;
  transcript.say(`${request.file}: ${rows.toLocaleString('en-US')} rows, ${csv.header.length} columns`);

  const { objectType } = request;
  const listed = await transcript.ask(`Which properties do ${objectType} have?`, 'list_properties', { objectType });
  const refused = refusalOf(listed);
  if (refused !== undefined) throw new UsageError(`--type: ${refused.message}${suggestion(refused.nearest)}`);
  const properties = rowsOf(listed).map(({ name, label, type }) => ({
    name: String(name),
    label: typeof label === 'string' ? label : '',
    readOnly: String(type).endsWith('*'),
  }));
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
  const plan = { objectType, columns: mapping.columns, ...(keyProperty !== undefined && { keyProperty }) };
  const loaded = await loadRows(agent, plan, csv.rows(), rows, { progress, ended });
  transcript.say(`\n${reportLoaded(loaded, rows)}`);
  if (loaded.stopped !== undefined) throw new CommandFailure(`The import ended early: ${loaded.stopped}.`);

  if (loaded.firstIds.length > 0) {
    const [propertyName, operator, value] =
      keyProperty === undefined ? ['createdate', 'GTE', began] : [keyProperty, 'HAS_PROPERTY', undefined];
    const filterGroups = [{ filters: [{ propertyName, operator, value }] }];
    await workWith({ objectType, loaded, mapping, nameProperty, filterGroups }, transcript);
  }
  await checkCount(objectType, before, loaded, stage);
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

/** Search lags behind writes on HubSpot, so a count that is not right yet is asked for again. */
async function checkCount(objectType: string, before: number, loaded: Loaded, stage: Stage): Promise<void> {
  const least = before + loaded.created;
  const most = least + loaded.unknown.length;
  let count = await countRecords(stage.agent, { objectType });
  for (let again = 1; again < COUNT_TRIES && (count < least || count > most); again += 1) {
    await sleep(stage.clock, COUNT_AGAIN_MS);
    count = await countRecords(stage.agent, { objectType });
  }
  const sum = `${before} before and ${loaded.created} created`;
  if (count < least || count > most) {
    throw new CommandFailure(`The portal holds ${count} ${objectType}, but ${sum} were reported.`);
  }
  stage.transcript.say(`\nThe portal now holds ${count} ${objectType}: ${sum}, as reported.`);
}

function suggestion(nearest: readonly string[] = []): string {
  return nearest.length === 0 ? '' : ` The nearest: ${nearest.join(', ')}.`;
}
