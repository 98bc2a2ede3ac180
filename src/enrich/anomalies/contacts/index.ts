import type { Check } from '../types.ts';

/** Checks of contacts, in the catalogue's order. */
export const contactChecks: readonly Check[] = [];
