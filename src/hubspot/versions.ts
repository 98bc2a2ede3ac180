/** Which dated version of HubSpot's API an operation is sent to. The only place that knows a version. */

import type { OperationName } from './operations.ts';

export const DEFAULT_API_VERSION = '2026-09';

/** HubSpot names versions by month; a beta is `2027-03-beta`. */
export const API_VERSION_PATTERN = /^20\d\d-\d\d(?:-beta)?$/;

/**
 * Endpoints that exist under one version only. A 404 is never answered by trying another version: it would make "no
 * such record" cost two calls and could write twice.
 * Source: HubSpot's published API descriptions of 2026-08-21, compared 2026-11-22.
 * Guess: the list of a record's associations is still missing from 2026-09 as released.
 */
const EXISTS_ONLY_UNDER: Partial<Record<OperationName, string>> = {
  'associations.list': '2026-03',
  'dataQuality.duplicatePairs': '2027-03-beta',
};

export function versionOf(operation: OperationName, apiVersion: string): string {
  return EXISTS_ONLY_UNDER[operation] ?? apiVersion;
}
