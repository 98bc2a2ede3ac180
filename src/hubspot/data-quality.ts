/**
 * Pairs of records that HubSpot itself holds for duplicates, a beta.
 * Source: developers.hubspot.com/docs/api-reference/2027-03-beta/crm/data-quality/get-duplicate-pairs, compared 2026-11-22.
 */

import { expectPage } from './answers.ts';
import type { Client } from './client.ts';
import { isObject } from './error-bodies.ts';
import { HubSpotError } from './errors.ts';
import type { DataQuality } from './hubspot.ts';
import type { ProposedPair } from './types.ts';

const MAX_PAGE = 200;

export function createDataQuality(client: Client): DataQuality {
  return {
    duplicatePairs: async (objectType, after, options) => {
      try {
        const query = { objectType, limit: MAX_PAGE, after };
        const answer = await client.once('dataQuality.duplicatePairs', { query }, options);
        const { results, next } = expectPage('dataQuality.duplicatePairs', answer, isObject);
        const pairs = results.flatMap((result) => pairOf(result) ?? []);
        return { results: pairs, ...(next !== undefined && { next }) };
      } catch (error) {
        if (error instanceof HubSpotError && ABSENT.has(error.status ?? 0)) return undefined;
        throw error;
      }
    },
  };
}

/** What a portal answers that does not have the beta, or a type that it does not compare. */
const ABSENT = new Set([400, 403, 404, 405, 501]);

/** Guess: the documentation shows no answer. A pair has the ids of two records, under whatever names. */
function pairOf(result: Readonly<Record<string, unknown>>): ProposedPair | undefined {
  const listed = Object.values(result).find((value): value is unknown[] => Array.isArray(value) && value.length === 2);
  const named = Object.entries(result)
    .filter(([name]) => /(?:object|record)_?id\d?$/i.test(name))
    .map(([, value]) => value);
  const [a, b] = [...(named.length >= 2 ? named : (listed ?? []))].map(idOf);
  return a === undefined || b === undefined || a === b ? undefined : { a, b };
}

function idOf(value: unknown): string | undefined {
  const id = isObject(value) ? (value.objectId ?? value.id) : value;
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && /^\d{1,20}$/.test(text) ? text : undefined;
}
