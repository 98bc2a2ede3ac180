/** What the guard lets through of records and definitions. */

import type { HubSpotRecord, Property, Row, SearchAllOptions } from '../hubspot/index.ts';
import { inWords } from './guard-refusals.ts';
import { mask } from './mask.ts';
import type { PropertyAccess } from './policy.ts';

/** What the policy says of one object type's properties. */
export type Access = (property: string) => PropertyAccess;

export function shown(record: HubSpotRecord, access: Access): HubSpotRecord {
  const { propertiesWithHistory: history } = record;
  return {
    ...record,
    properties: seen(record.properties, access, (value) => (value === null ? null : mask(value))),
    ...(history && {
      propertiesWithHistory: seen(history, access, (versions) =>
        versions.map((version) => ({ ...version, value: mask(version.value) })),
      ),
    }),
  };
}

function seen<Value>(
  values: Readonly<Record<string, Value>>,
  access: Access,
  inPart: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const may = access(name);
      if (may === 'deny') return [];
      return [[name, may === 'mask' ? inPart(value) : value]];
    }),
  );
}

export function shownRows(rows: readonly Row<HubSpotRecord>[], access: Access): Row<HubSpotRecord>[] {
  return rows.map((row) =>
    row.outcome === 'applied'
      ? { ...row, value: shown(row.value, access) }
      : { ...row, error: inWords(row.error, access) },
  );
}

export function seeing(how: SearchAllOptions, access: Access): SearchAllOptions {
  if (how.onPage === undefined) return how;
  return {
    ...how,
    onPage: (records, done, total) =>
      how.onPage?.(
        records.map((record) => shown(record, access)),
        done,
        total,
      ),
  };
}

/** A formula tells what it is made of, and its property what it gives. */
export function shownDefinitions(all: readonly Property[], access: Access): readonly Property[] {
  return all.flatMap((property) => {
    const may = access(property.name);
    if (may === 'deny') return [];
    const { calculationFormula, ...rest } = property;
    const formula =
      calculationFormula === undefined || mentions(calculationFormula, access, 'deny') ? undefined : calculationFormula;
    return [
      {
        ...rest,
        ...(formula !== undefined && { calculationFormula: formula }),
        ...(may !== 'allow' && { restricted: may }),
      },
    ];
  });
}

function mentions(text: string, access: Access, ...what: readonly PropertyAccess[]): boolean {
  return (text.match(/\w+/g) ?? []).some((word) => what.includes(access(word)));
}
