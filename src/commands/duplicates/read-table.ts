import { interned } from '../../enrich/interned.ts';
import { type Column, type ColumnBuilder, columnBuilder, type Table, textAt } from '../../enrich/table.ts';
import { UsageError } from '../../option.ts';
import { unguardFormula } from '../../transfer/formula.ts';
import { counted } from '../demo/report.ts';
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
  const rowNumbers: number[] = [];
  await readRecords(
    file,
    (record) => {
      if (record.count !== width) throw new UsageError(`${file.path}: ${otherLength(record, width)}`);
      rowNumbers.push(record.row);
      addId(ids, record, idField);
      for (const { field, column } of properties) addField(column, record, field);
      if (truthField !== undefined)
        truth.add(record.bytes.toString('utf8', record.from[truthField], record.to[truthField]).trim());
    },
    reading,
  );
  const known = toldApart(ids.build(), rowNumbers);
  return {
    table: {
      objectType: plan.kind,
      rows: rowNumbers.length,
      ids: known.ids,
      columns: new Map(properties.map(({ property, column }) => [property, column.build()])),
    },
    rowNumbers: Uint32Array.from(rowNumbers),
    ...(truthField !== undefined && { truth: truth.build() }),
    repeatedIds: known.repeated,
  };
}

function otherLength(record: CsvRecord, width: number): string {
  const mend =
    record.count > width
      ? 'A field that holds what divides fields belongs in quotation marks.'
      : 'Give it those that are missing, be they empty.';
  return `${placeOf(record)} has ${counted(record.count, 'field')} and the header has ${width}. ${mend}`;
}

/** What the record is known by: its number, where nothing else is said. */
function addId(ids: ColumnBuilder, { row, bytes, from, to }: CsvRecord, field: number | undefined): void {
  const [begin, end] = field === undefined ? [0, 0] : [from[field] ?? 0, to[field] ?? 0];
  if (isShown(bytes[begin]) && isShown(bytes[end - 1]) && end > begin) ids.addBytes(bytes, begin, end);
  else ids.add(bytes.toString('utf8', begin, end).trim() || String(row));
}

/** Whether it is an ASCII character other than what is trimmed away. */
function isShown(byte = 0): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** Adds the row's number to ids that another row had before. */
function toldApart(ids: Column, rowNumbers: readonly number[]): { readonly ids: Column; readonly repeated: number } {
  if (interned(ids).size === rowNumbers.length) return { ids, repeated: 0 };
  const seen = new Set<string>();
  const apart = columnBuilder();
  let repeated = 0;
  for (const [at, row] of rowNumbers.entries()) {
    const said = textAt(ids, at);
    const id = seen.has(said) ? `${said} (row ${row})` : said;
    if (id !== said) repeated += 1;
    seen.add(id);
    apart.add(id);
  }
  return { ids: apart.build(), repeated };
}

/** An export puts an apostrophe in front of what a spreadsheet would carry out, such as the plus of a telephone number. */
function addField(column: ColumnBuilder, { bytes, from, to }: CsvRecord, field: number): void {
  const [begin, end] = [from[field] ?? 0, to[field] ?? 0];
  if (bytes[begin] === APOSTROPHE && end > begin) column.add(unguardFormula(bytes.toString('utf8', begin, end)));
  else column.addBytes(bytes, begin, end);
}
