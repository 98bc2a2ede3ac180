import type { Check } from '../types.ts';

/** Checks of the portal, its properties, and of time, in the catalogue's order. */
export const schemaChecks: readonly Check[] = [];
