/** The labelled files that are measured, each with the kind its rows are of: nothing else is said of them. */

import type { Kind } from '../../src/enrich/duplicates/types.ts';

export interface LabelledFile {
  readonly name: string;
  /** Below the folder of data. */
  readonly file: string;
  readonly type: Kind;
  readonly truth: string;
}

export const SETS: readonly LabelledFile[] = [
  { name: 'FEBRL 3', file: 'persons/febrl3.csv', type: 'persons', truth: 'cluster' },
  { name: 'fake_1000', file: 'persons/fake_1000.csv', type: 'persons', truth: 'cluster' },
  {
    name: 'Chicago early childhood',
    file: 'organisations/chicago_early_childhood.csv',
    type: 'organisations',
    truth: 'True Id',
  },
  { name: 'contacts 20k', file: 'crm/contacts_20k_seed42.csv', type: 'contacts', truth: 'cluster' },
];

/** Pairs of names, and whether both are of one. */
export const NAMES = { file: 'names/opensanctions_name_bench.csv' };
