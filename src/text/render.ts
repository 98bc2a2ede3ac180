/**
 * A tool's output as a model reads it: `key: value` lines, and each table as a header line and rows with tabs between
 * the cells. Generic over outputs, and nothing is said twice. Tables come last, so that what is short is read first.
 */

type Cell = string | number | boolean | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export function render(output: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  const tables: string[] = [];
  renderInto(output, '', lines, tables);
  return [lines.join('\n'), ...tables].filter((part) => part !== '').join('\n\n');
}

/** @param path of the object in the output, ending in a dot; empty for the output itself */
function renderInto(value: Readonly<Record<string, unknown>>, path: string, lines: string[], tables: string[]): void {
  const empty = isTable(value) && value.columns.length === 0 && value.rows.length === 0;
  if (isTable(value) && !empty) tables.push(named(path.slice(0, -1), renderTable(value)));
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined || (isTable(value) && (key === 'columns' || key === 'rows'))) continue;
    // An empty list says no more than its absence.
    if (Array.isArray(inner) && inner.length === 0) continue;
    const name = path + key;
    if (isCell(inner)) lines.push(`${name}: ${renderCell(inner)}`);
    else if (!Array.isArray(inner)) renderInto(Object(inner), `${name}.`, lines, tables);
    else if (inner.every(isCell)) lines.push(`${name}: ${JSON.stringify(inner)}`);
    else tables.push(named(name, renderTable(asTable(inner))));
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

function isTable(value: object): value is Table {
  return 'columns' in value && Array.isArray(value.columns) && 'rows' in value && Array.isArray(value.rows);
}
