/** A portal of the measurements, whole in memory: clean, and open to faults. */

import type { PastValue, PortalData, PropertyFacts, Rules } from '../../src/enrich/anomalies/types.ts';
import { type TableBuilder, tableBuilder } from '../../src/enrich/table.ts';
import { cleanPortal, type Size } from './clean.ts';
import { dealPipelines, definitions, NOW, owners, ticketPipelines } from './definitions.ts';

export interface Portal {
  readonly records: Map<string, Map<string, Record<string, string>>>;
  readonly properties: Map<string, Map<string, PropertyFacts>>;
  readonly associations: Map<string, Map<string, readonly string[]>>;
  readonly history: Map<string, Map<string, readonly PastValue[]>>;
  rules: Rules;
}

const rules: Rules = {
  version: 1,
  naming: [{ objectType: 'deals', property: 'dealname', pattern: '.+ – .+', says: 'company – product' }],
};

export function makePortal(size: Size, seed: number): Portal {
  const portal: Portal = {
    records: new Map(),
    properties: definitions(),
    associations: new Map(),
    history: new Map(),
    rules,
  };
  cleanPortal(size, seed, {
    record: (objectType, id, values) => into(portal.records, objectType, id, values),
    link: (name, from, to) => into(portal.associations, name, from, to),
    past: (objectType, id, values) => into(portal.history, objectType, id, values),
  });
  return portal;
}

function into<T>(maps: Map<string, Map<string, T>>, name: string, key: string, value: T): void {
  const map = maps.get(name) ?? new Map<string, T>();
  maps.set(name, map);
  map.set(key, value);
}

/** A copy that a fault may change, without making all anew. */
export function copyOf(portal: Portal): Portal {
  return {
    records: copied(portal.records, (values) => ({ ...values })),
    properties: copied(portal.properties, (facts) => facts),
    associations: copied(portal.associations, (ids) => ids),
    history: copied(portal.history, (past) => past),
    rules: portal.rules,
  };
}

function copied<T>(maps: Map<string, Map<string, T>>, each: (value: T) => T): Map<string, Map<string, T>> {
  return new Map([...maps].map(([name, map]) => [name, new Map([...map].map(([key, value]) => [key, each(value)]))]));
}

const facts = {
  now: NOW,
  timeZone: 'Europe/Berlin',
  owners,
  pipelines: new Map([
    ['deals', dealPipelines],
    ['tickets', ticketPipelines],
  ]),
  currencies: ['EUR', 'USD'],
  country: 'DE',
} as const;

export function dataOf({ records, properties, associations, history, rules: kept }: Portal): PortalData {
  const tables = new Map(
    [...records].map(([objectType, byId]) => {
      const builder = tableBuilder(objectType, [...(properties.get(objectType)?.keys() ?? [])]);
      for (const [id, values] of byId) builder.add(id, values);
      return [objectType, builder.build()];
    }),
  );
  return { ...facts, tables, properties, associations, history, rules: kept };
}

/** Straight into tables, for sizes of which no copy in objects would fit. */
export function largeData(size: Size, seed: number): PortalData {
  const properties = definitions();
  const builders = new Map<string, TableBuilder>();
  const associations = new Map<string, Map<string, readonly string[]>>();
  const history = new Map<string, Map<string, readonly PastValue[]>>();
  cleanPortal(size, seed, {
    record(objectType, id, values) {
      const builder =
        builders.get(objectType) ?? tableBuilder(objectType, [...(properties.get(objectType)?.keys() ?? [])]);
      builders.set(objectType, builder);
      builder.add(id, values);
    },
    link: (name, from, to) => into(associations, name, from, to),
    past: (objectType, id, values) => into(history, objectType, id, values),
  });
  const tables = new Map([...builders].map(([objectType, builder]) => [objectType, builder.build()]));
  return { ...facts, tables, properties, associations, history, rules };
}
