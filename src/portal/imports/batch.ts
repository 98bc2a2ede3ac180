/** Some rows of an import's file. */

import type { PortalContext } from '../route.ts';
import type { StoredImport } from '../store/imports.ts';
import type { Lookups } from './lookups.ts';
import { type FilePlan, type ImportPlan, importRequest } from './request.ts';
import { importRow } from './row.ts';

/** The import after up to `most` more rows of the file; `problem` says why the file cannot be imported at all. */
export function importBatch(
  { store, clock, lookups }: Pick<PortalContext, 'store' | 'clock'> & { readonly lookups: Lookups },
  stored: StoredImport,
  plan: ImportPlan,
  file: FilePlan,
  rows: readonly (readonly string[])[],
  most: number,
): { readonly stored: StoredImport; readonly problem?: string } {
  const request = importRequest(stored.request, []);
  const header = file.hasHeader ? rows[0] : undefined;
  const positions = positionsOf(file, header);
  if (typeof positions === 'string') return { stored, problem: positions };
  const now = clock.now();
  const first = stored.next.row;
  const start = first + (file.hasHeader ? 1 : 0);
  const batch = rows.slice(start, start + most);
  const counters: Record<string, number> = { ...stored.counters };
  const count = (counter: string, by = 1) => {
    counters[counter] = (counters[counter] ?? 0) + by;
  };
  if (first === 0) {
    const mapped = file.columns.filter(({ kind }) => kind !== 'ignored').length;
    count('MAPPED_COLUMNS', mapped);
    count('UNMAPPED_COLUMNS', Math.max(0, (header?.length ?? file.columns.length) - mapped));
    count('TOTAL_ROWS', Math.max(0, rows.length - (file.hasHeader ? 1 : 0)));
  }
  const fileId = stored.files[file.position]?.id ?? '';
  for (const [i, row] of batch.entries()) {
    importRow(
      {
        store,
        now,
        importId: stored.id,
        plan,
        file,
        positions,
        marketable: request.marketableContactImport,
        lookups,
        count,
        report({ type, value, columnNumber, ...problem }) {
          count('ERRORS');
          store.imports.addError(stored.id, {
            ...problem,
            createdAt: now,
            fileId,
            lineNumber: start + i + 1,
            rowData: row,
            ...(type && { objectTypeId: type.id }),
            ...(value !== undefined && { invalidValue: value }),
            ...(columnNumber !== undefined && { columnNumber }),
          });
        },
      },
      row,
    );
  }
  const isDone = start + batch.length >= rows.length;
  const next = isDone ? { file: stored.next.file + 1, row: 0 } : { file: stored.next.file, row: first + batch.length };
  return { stored: { ...stored, counters, next, updatedAt: now } };
}

/** Where each column's cell stands; words where the file lacks a column. */
function positionsOf({ columns }: FilePlan, header: readonly string[] | undefined): readonly number[] | string {
  if (!header) return columns.map((_column, i) => i);
  const names = header.map((name) => name.trim());
  const taken = new Set<number>();
  const positions: number[] = [];
  for (const { name } of columns) {
    const position = names.findIndex((each, i) => each === name.trim() && !taken.has(i));
    if (position < 0) return `The file has no column named ${name}`;
    taken.add(position);
    positions.push(position);
  }
  return positions;
}
