import { type Column, columnBuilder, type Table } from '../../enrich/table.ts';
import { UsageError } from '../../option.ts';
import { unguardFormula } from '../../transfer/formula.ts';
import { type CsvFile, type Reading, readRecords } from './csv-file.ts';
import { type CsvRecord, placeOf } from './csv-records.ts';
import type { ColumnPlan } from './plan-columns.ts';

export interface ReadTable {
  readonly table: Table;
  /** By row, as the file has it. */
  readonly rowNumbers: Uint32Array;
  /** By row; empty where nothing is said. */
  readonly truth?: Column;
  /** Rows whose id another row had before. They are known by it and their number. */
  readonly repeatedIds: number;
}

const APOSTROPHE = 0x27;

/**
 * Reads the columns of the plan, packed as they are read.
 * @throws UsageError at the first row that has more or fewer fields than the header
 */
export async function readTable(file: CsvFile, plan: ColumnPlan, reading: Reading): Promise<ReadTable> {
  const fieldOf = (column: string | undefined) => (column === undefined ? undefined : file.header.indexOf(column));
  const width = file.header.length;
  const properties = [...plan.columns].map(([property, column]) => ({
    property,
    field: file.header.indexOf(column),
    column: columnBuilder(),
  }));
  const [idField, truthField] = [fieldOf(plan.id), fieldOf(plan.truth)];
  const ids = columnBuilder();
  const truth = columnBuilder();
  const seen = new Set<string>();
  const rowNumbers: number[] = [];
  let repeatedIds = 0;
  const idOf = (record: CsvRecord): string => {
    const { row, bytes, from, to } = record;
    const said = idField === undefined ? '' : bytes.toString('utf8', from[idField], to[idField]).trim();
    const id = said === '' ? String(row) : said;
    if (idField === undefined) return id;
    const known = seen.has(id) ? `${id} (row ${row})` : id;
    if (known !== id) repeatedIds += 1;
    seen.add(known);
    return known;
  };
  await readRecords(
    file,
    (record) => {
      if (record.count !== width) {
        throw new UsageError(
          `${file.path}: ${placeOf(record)} has ${record.count} fields and the header has ${width}.`,
        );
      }
      rowNumbers.push(record.row);
      ids.add(idOf(record));
      for (const { field, column } of properties) addField(column, record, field);
      if (truthField !== undefined)
        truth.add(record.bytes.toString('utf8', record.from[truthField], record.to[truthField]).trim());
    },
    reading,
  );
  return {
    table: {
      objectType: plan.kind,
      rows: rowNumbers.length,
      ids: ids.build(),
      columns: new Map(properties.map(({ property, column }) => [property, column.build()])),
    },
    rowNumbers: Uint32Array.from(rowNumbers),
    ...(truthField !== undefined && { truth: truth.build() }),
    repeatedIds,
  };
}

/** An export puts an apostrophe in front of what a spreadsheet would carry out, such as the plus of a telephone number. */
function addField(column: ReturnType<typeof columnBuilder>, { bytes, from, to }: CsvRecord, field: number): void {
  const [begin, end] = [from[field] ?? 0, to[field] ?? 0];
  if (bytes[begin] === APOSTROPHE && end > begin) column.add(unguardFormula(bytes.toString('utf8', begin, end)));
  else column.addBytes(bytes, begin, end);
}
