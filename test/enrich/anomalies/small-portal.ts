/** Portals of a few records, as checks see them. */

import { checks } from '../../../src/enrich/anomalies/checks.ts';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';
import type { Finding, PortalData, PropertyFacts } from '../../../src/enrich/anomalies/types.ts';
import { type Table, tableBuilder } from '../../../src/enrich/table.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

export type Values = Readonly<Record<string, string>>;

export function daysAgo(days: number): string {
  return new Date(NOW - days * DAY).toISOString();
}

/** @param records with their `id`, or numbered from 101 on; each has every property that one of them has */
export function tableWith(objectType: string, records: readonly Values[], more: readonly string[] = []): Table {
  const properties = new Set([...more, ...records.flatMap((record) => Object.keys(record))]);
  properties.delete('id');
  const builder = tableBuilder(objectType, [...properties]);
  records.forEach((record, at) => builder.add(record['id'] ?? String(101 + at), record));
  return builder.build();
}

export function portalWith(
  records: Readonly<Record<string, readonly Values[]>>,
  rest: Partial<PortalData> = {},
): PortalData {
  const tables = new Map(Object.entries(records).map(([type, rows]) => [type, tableWith(type, rows)]));
  return {
    now: NOW,
    timeZone: 'Europe/Berlin',
    tables,
    properties: new Map(
      [...tables].map(([type, { columns }]) => [
        type,
        new Map([...columns.keys()].map((name) => [name, factsOf(name)])),
      ]),
    ),
    owners: [],
    pipelines: new Map(),
    currencies: ['EUR'],
    country: 'DE',
    associations: new Map(),
    history: new Map(),
    ...rest,
  };
}

export function factsOf(name: string, more: Partial<PropertyFacts> = {}): PropertyFacts {
  const type = name === 'createdate' || name === 'closedate' ? 'datetime' : 'string';
  return { name, label: name, type, fieldType: 'text', calculated: false, hubspotDefined: true, options: [], ...more };
}

/** What one check finds, by the first record of each finding; it fails where the check lacks something. */
export function findingsOf(check: string, data: PortalData): readonly Finding[] {
  const { findings, notRun } = runChecks(data, { checks: [check] });
  if (notRun.length > 0) throw new Error(`${check} lacks ${notRun[0]?.missing.join(', ') ?? ''}`);
  return findings.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ recordIds, evidence }: Finding): string {
  return `${recordIds[0] ?? ''} ${JSON.stringify(evidence)}`;
}

/** Ids of all records that one check finds. */
export function idsOf(check: string, data: PortalData): readonly string[] {
  return findingsOf(check, data)
    .flatMap(({ recordIds }) => recordIds)
    .sort();
}

export function checkOf(id: string) {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`There is no check ${id}.`);
  return found;
}

/** The rows of a fix that sets values, by record. */
export function proposals(finding: Finding | undefined): Readonly<Record<string, Values>> {
  const records = finding?.fix?.arguments['records'];
  if (!Array.isArray(records)) return {};
  return Object.fromEntries(records.map((row: { id: string; properties: Values }) => [row.id, row.properties]));
}
