/** The checks, in the catalogue's order. Adding one is its file, and its line in the list of its room. */

import { companyChecks } from './companies/index.ts';
import { contactChecks } from './contacts/index.ts';
import { dealChecks } from './deals/index.ts';
import { namingConvention } from './naming.ts';
import { schemaChecks } from './schema/index.ts';
import { ticketChecks } from './tickets/index.ts';
import type { Check } from './types.ts';

export const checks: readonly Check[] = [
  ...contactChecks,
  ...companyChecks,
  ...dealChecks,
  ...ticketChecks,
  ...schemaChecks,
  namingConvention,
];
