/** JSON Lines: one object a line, in UTF-8. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface JsonlRow {
  /** The line, from 1. */
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Why the line cannot be used. */
  readonly broken?: string;
}

/** Every line that is not blank. Lists are joined by semicolons, as HubSpot stores several options. */
export async function* readJsonl(file: string, onBytes: (read: number) => void): AsyncGenerator<JsonlRow> {
  const source = createReadStream(file);
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  let row = 0;
  try {
    for await (const line of lines) {
      row += 1;
      onBytes(source.bytesRead);
      const text = row === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() !== '') yield { row, ...readLine(text) };
    }
  } finally {
    lines.close();
    source.destroy();
  }
}

function readLine(text: string): Omit<JsonlRow, 'row'> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    return { cells: {}, broken: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return { cells: {}, broken: 'it is no object' };
  const cells: Record<string, string> = {};
  for (const [name, value] of Object.entries(said)) {
    const cell = cellOf(value);
    if (cell === undefined)
      return { cells: {}, broken: `${JSON.stringify(name)} holds no text, number or list of them` };
    cells[name] = cell;
  }
  return text.includes('\uFFFD') ? { cells, broken: 'it is not UTF-8: save the file as UTF-8' } : { cells };
}

function cellOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(cellOf);
  return parts.includes(undefined) ? undefined : parts.join(';');
}
