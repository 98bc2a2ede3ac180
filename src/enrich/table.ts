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

/** Which of two rows' texts comes first, by bytes: below 0, 0 or above 0. Makes no texts. */
export function compareAt(column: Column, one: number, two: number): number {
  const [from, to] = [column.offsets[one] ?? 0, column.offsets[one + 1] ?? 0];
  const [start, end] = [column.offsets[two] ?? 0, column.offsets[two + 1] ?? 0];
  const bytes = bufferOf(column);
  return bytes.compare(bytes, start, end, from, to);
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
  /**
   * The same for a row that is UTF-8 already.
   * @param spans where the value of each property begins and ends in `bytes`, in the order of the table's properties
   */
  addBytes(id: string, bytes: Uint8Array, spans: Uint32Array): void;
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
    addBytes(id, bytes, spans) {
      ids.add(id);
      for (const [i, { column }] of columns.entries()) column.addBytes(bytes, spans[2 * i] ?? 0, spans[2 * i + 1] ?? 0);
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

/** Fills a column text by text. */
export interface ColumnBuilder {
  add(text: string): void;
  /** A text that is UTF-8 already: without a string in between, a file is read several times as fast. */
  addBytes(source: Uint8Array, from: number, to: number): void;
  build(): Column;
}

export function columnBuilder(): ColumnBuilder {
  let bytes = Buffer.allocUnsafe(1 << 12);
  let used = 0;
  let offsets = new Uint32Array(1 << 8);
  let rows = 0;
  const makeRoom = (most: number) => {
    if (most <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(most, 2 * bytes.length));
    bytes.copy(larger, 0, 0, used);
    bytes = larger;
  };
  const endRow = () => {
    if (rows + 1 >= offsets.length) {
      const longer = new Uint32Array(2 * offsets.length);
      longer.set(offsets);
      offsets = longer;
    }
    offsets[++rows] = used;
  };
  return {
    add(text: string): void {
      // No character takes more than three bytes for each of its UTF-16 units.
      makeRoom(used + 3 * text.length);
      if (text !== '') used += bytes.write(text, used);
      endRow();
    },
    addBytes(source: Uint8Array, from: number, to: number): void {
      makeRoom(used + to - from);
      // Most texts are so short that a call to copy them costs more than copying.
      if (to - from > 32) bytes.set(source.subarray(from, to), used);
      else for (let at = from, into = used; at < to; at++, into++) bytes[into] = source[at] ?? 0;
      used += to - from;
      endRow();
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
