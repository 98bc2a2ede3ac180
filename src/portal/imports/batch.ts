/** Some rows of an import's file. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { PortalContext } from '../route.ts';
import type { StoredImport } from '../store/imports.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type FilePlan, type ImportPlan, importRequest } from './request.ts';
import { importRow } from './row.ts';

/** The import after up to `most` more rows of the file; `problem` says why the file cannot be imported at all. */
export function importBatch(
  { store, clock }: Pick<PortalContext, 'store' | 'clock'>,
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
  const finder = lookups(store);
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
        ...finder,
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

/** Records by values that need not be unique; what the batch writes is found too. */
function lookups(store: Store) {
  const known = new Map<string, Map<string, Set<string>>>();
  const tableOf = (typeId: string, property: string) => {
    const key = `${typeId}/${property}`;
    const made = known.get(key) ?? new Map<string, Set<string>>();
    if (!known.has(key)) {
      known.set(key, made);
      for (const { id, value } of store.records.values(typeId, property)) if (value !== undefined) add(made, value, id);
    }
    return made;
  };
  return {
    lookup: (type: ObjectTypeFacts, property: string, value: string): readonly string[] => [
      ...(tableOf(type.id, property).get(value.toLowerCase()) ?? []),
    ],
    noted(record: StoredRecord) {
      for (const [key, table] of known) {
        const [typeId, property = ''] = key.split('/');
        const value = record.properties[property];
        if (typeId === record.typeId && value !== undefined) add(table, value, record.id);
      }
    },
  };
}

function add(table: Map<string, Set<string>>, value: string, id: string): void {
  const key = value.toLowerCase();
  table.set(key, (table.get(key) ?? new Set()).add(id));
}
