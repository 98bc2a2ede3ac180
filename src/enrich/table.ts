/**
 * Records by column, packed: each property's texts stand one behind the other as UTF-8 in shared memory. A million
 * contacts take a fraction of what as many objects would, and worker threads read them without a copy.
 */

/** One property of every record. An absent value is the empty text, as in HubSpot. */
export interface Column {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Where each row's text begins; one more than there are rows, so that the last one says where all ends. */
  readonly offsets: Uint32Array<SharedArrayBuffer>;
}

export interface Table {
  /** HubSpot's name of the object type, or the kind of a file's rows. */
  readonly objectType: string;
  readonly rows: number;
  /** Record ids, unique. */
  readonly ids: Column;
  /** By property. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** A row's text; `''` where there is none. */
export function textAt(column: Column, row: number): string {
  const from = column.offsets[row] ?? 0;
  const to = column.offsets[row + 1] ?? from;
  return from === to ? '' : bufferOf(column).toString('utf8', from, to);
}

/** The text of a property, `''` where the table does not have it. */
export function valueAt(table: Table, property: string, row: number): string {
  const column = table.columns.get(property);
  return column === undefined ? '' : textAt(column, row);
}

/** Whether the row has no text, without making one. */
export function isEmptyAt(column: Column, row: number): boolean {
  return column.offsets[row] === column.offsets[row + 1];
}

/** Fills a table row by row. */
export interface TableBuilder {
  /** @param values by property; other properties than the table's are passed over, `null` and undefined are no value */
  add(id: string, values: Readonly<Record<string, string | null | undefined>>): void;
  build(): Table;
}

export function tableBuilder(objectType: string, properties: readonly string[]): TableBuilder {
  const ids = columnBuilder();
  const columns = properties.map((property) => ({ property, column: columnBuilder() }));
  let rows = 0;
  return {
    add(id, values) {
      ids.add(id);
      for (const { property, column } of columns) column.add(values[property] ?? '');
      rows++;
    },
    build: () => ({
      objectType,
      rows,
      ids: ids.build(),
      columns: new Map(columns.map(({ property, column }) => [property, column.build()])),
    }),
  };
}

function columnBuilder() {
  let bytes = Buffer.allocUnsafe(1 << 12);
  let used = 0;
  let offsets = new Uint32Array(1 << 8);
  let rows = 0;
  return {
    add(text: string): void {
      // No character takes more than three bytes for each of its UTF-16 units.
      const most = used + 3 * text.length;
      if (most > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(most, 2 * bytes.length));
        bytes.copy(larger, 0, 0, used);
        bytes = larger;
      }
      if (text !== '') used += bytes.write(text, used);
      if (rows + 1 >= offsets.length) {
        const longer = new Uint32Array(2 * offsets.length);
        longer.set(offsets);
        offsets = longer;
      }
      offsets[++rows] = used;
    },
    build(): Column {
      const packed = new Uint8Array(new SharedArrayBuffer(used));
      packed.set(bytes.subarray(0, used));
      const ends = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
      ends.set(offsets.subarray(0, rows + 1));
      return { bytes: packed, offsets: ends };
    },
  };
}

/** Buffers over the same memory: making one for each text would cost more than reading it. */
const buffers = new WeakMap<Column, Buffer>();

function bufferOf(column: Column): Buffer {
  const found = buffers.get(column);
  if (found !== undefined) return found;
  const { buffer, byteOffset, byteLength } = column.bytes;
  const made = Buffer.from(buffer, byteOffset, byteLength);
  buffers.set(column, made);
  return made;
}
