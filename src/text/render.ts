/**
 * A tool's output as a model reads it: `key: value` lines, and each table as a header line and rows with tabs between
 * the cells. Generic over outputs, and nothing is said twice. Tables come last, so that what is short is read first.
 */

type Cell = string | number | boolean | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * What strangers wrote, as `untrusted` says, stands between two marks with a word that is not in it, so that no text can
 * end it; all that the server says itself stands outside.
 * @param word makes one that nobody could foresee
 */
export function render(output: Readonly<Record<string, unknown>>, word: () => string): string {
  const { untrusted, ...rest } = output;
  const paths = typeof untrusted === 'object' && untrusted !== null ? Object.keys(untrusted) : [];
  const lines: Part[] = [];
  const tables: Part[] = [];
  renderInto(rest, '', lines, tables, paths);
  const part = (strange: boolean) =>
    [
      lines.filter((line) => line.strange === strange),
      ...tables.filter((table) => table.strange === strange).map((table) => [table]),
    ]
      .map((texts) => texts.map(({ text }) => text).join('\n'))
      .filter((text) => text !== '')
      .join('\n\n');
  const theirs = part(true);
  return [part(false), theirs === '' ? '' : marked(theirs, word)].filter((text) => text !== '').join('\n\n');
}

function marked(text: string, word: () => string): string {
  for (;;) {
    const name = `untrusted-${word()}`;
    if (!text.includes(name)) return `<${name}>\n${text}\n</${name}>`;
  }
}

interface Part {
  readonly text: string;
  /** There are words of strangers in it. */
  readonly strange: boolean;
}

/**
 * @param path of the object in the output, ending in a dot; empty for the output itself
 * @param untrusted the paths of what strangers wrote
 */
function renderInto(
  value: Readonly<Record<string, unknown>>,
  path: string,
  lines: Part[],
  tables: Part[],
  untrusted: readonly string[],
): void {
  const empty = isTable(value) && value.columns.length === 0 && value.rows.length === 0;
  if (isTable(value) && !empty) {
    const strange = value.columns.some((column) => untrusted.includes(path + column));
    tables.push({ text: named(path.slice(0, -1), renderTable(value)), strange });
  }
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined || (isTable(value) && (key === 'columns' || key === 'rows'))) continue;
    // An empty list says no more than its absence.
    if (Array.isArray(inner) && inner.length === 0) continue;
    const name = path + key;
    const strange = untrusted.some((each) => each === name || each.startsWith(`${name}.`));
    if (isCell(inner)) lines.push({ text: `${name}: ${renderCell(inner)}`, strange });
    else if (!Array.isArray(inner)) renderInto(Object(inner), `${name}.`, lines, tables, untrusted);
    else if (inner.every(isCell)) lines.push({ text: `${name}: ${JSON.stringify(inner)}`, strange });
    else tables.push({ text: named(name, renderTable(asTable(inner))), strange });
  }
}

const named = (name: string, table: string) => (name === '' ? table : `${name}:\n${table}`);

function renderTable({ columns, rows }: Table): string {
  // An empty line would look like the table's end, and what follows like another table.
  return [columns, ...rows].map((row) => row.map(renderCell).join('\t') || '""').join('\n');
}

/** Objects in a list, one a row; what a cell cannot hold is JSON in it. */
function asTable(items: readonly unknown[]): Table {
  const records = items.map(
    (item): Record<string, unknown> => (typeof item === 'object' && item !== null ? { ...item } : { value: item }),
  );
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) =>
    columns.map((column) => {
      const value = record[column];
      return isCell(value) ? value : value === undefined ? null : JSON.stringify(value);
    }),
  );
  return { columns, rows };
}

/** Plain as it stands; JSON where a tab, a line break, an edge of white space or a quotation mark would mislead. */
export function renderCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  return cell === '' || /[\t\n\r\u2028\u2029]|^[\s"]|\s$/u.test(cell) ? JSON.stringify(cell) : cell;
}

/** What {@link renderCell} was given, as text; `null` is an empty cell. */
export function parseCell(text: string): string | null {
  if (text === '') return null;
  if (!text.startsWith('"')) return text;
  const value: unknown = JSON.parse(text);
  return String(value);
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isTable(value: object): value is Table {
  return 'columns' in value && Array.isArray(value.columns) && 'rows' in value && Array.isArray(value.rows);
}
