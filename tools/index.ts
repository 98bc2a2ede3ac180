/** The tools, in reading order. Adding a tool is its file, one line here, and its test. */

import type { Tool } from '../src/tool.ts';
import { aggregateRecords } from './aggregate-records.ts';
import { getAccount } from './get-account.ts';
import { getRecords } from './get-records.ts';
import { listAssociations } from './list-associations.ts';
import { listObjectTypes } from './list-object-types.ts';
import { listOwners } from './list-owners.ts';
import { listPipelines } from './list-pipelines.ts';
import { listProperties } from './list-properties.ts';
import { searchRecords } from './search-records.ts';

export const tools: readonly Tool[] = [
  searchRecords,
  getRecords,
  listAssociations,
  aggregateRecords,
  listPipelines,
  listProperties,
  listObjectTypes,
  listOwners,
  getAccount,
];
