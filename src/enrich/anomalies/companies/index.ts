import type { Check } from '../types.ts';

/** Checks of companies, in the catalogue's order. */
export const companyChecks: readonly Check[] = [];
