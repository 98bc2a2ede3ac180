/** What the parts of a row's import share. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { ChangeSource } from '../store/history.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Lookups } from './lookups.ts';
import type { Column, FilePlan, ImportPlan } from './request.ts';

/** What is wrong with a row. */
export interface RowProblem {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly type?: ObjectTypeFacts;
  readonly value?: string;
  /** Its place in the file, counted from 1. */
  readonly columnNumber?: number;
}

/** One file of an import at work, within one transaction. */
export interface Work {
  readonly store: Store;
  readonly now: number;
  readonly importId: string;
  readonly plan: ImportPlan;
  readonly file: FilePlan;
  /** Where the cell of each of the file's columns stands. */
  readonly positions: readonly number[];
  /** Whether its contacts become marketing contacts; undefined leaves that alone. */
  readonly marketable: boolean | undefined;
  readonly lookups: Lookups;
  count(counter: string, by?: number): void;
  report(problem: RowProblem): void;
}

/** Who writes what an import writes. */
export function importSource(importId: string): ChangeSource {
  return { sourceType: 'IMPORT', sourceId: importId };
}

/** A column with its cell in this row, which is not empty. */
export interface Cell {
  readonly column: Column;
  readonly text: string;
  readonly number: number;
}

/** A record that a row wrote. */
export interface Written {
  readonly record: StoredRecord;
  readonly created: boolean;
}

/** The records with that value of a property, by which records of the type are known. */
export function idsOf(
  { store, lookups }: Work,
  type: ObjectTypeFacts,
  property: string,
  value: string,
): readonly string[] {
  const unique = store.uniqueValues.keys(type.id, { [property]: value }).length > 0;
  if (!unique) return lookups.find(type, property, value);
  const holder = store.uniqueValues.holder(type.id, property, value);
  return holder === undefined ? [] : [holder];
}
