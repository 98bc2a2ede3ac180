import type { Check, PortalData } from './types.ts';

/** Names of properties by object type, and associations as `deals>line_items`. */
export interface DataNeeds {
  readonly properties: ReadonlyMap<string, readonly string[]>;
  readonly associations: readonly string[];
  readonly history: ReadonlyMap<string, readonly string[]>;
}

/**
 * What a snapshot has to read so that the checks can run: of each property only what the portal has.
 * @param portal its definitions by object type, and the rules file if there is one
 */
export function needsOf(checks: readonly Check[], portal: Pick<PortalData, 'properties' | 'rules'>): DataNeeds {
  const properties = new Map<string, Set<string>>();
  const history = new Map<string, Set<string>>();
  const associations = new Set<string>();
  const add = (to: Map<string, Set<string>>, wanted: Readonly<Record<string, readonly string[]>> = {}) => {
    for (const [objectType, names] of Object.entries(wanted)) {
      const defined = portal.properties.get(objectType);
      if (defined === undefined) continue;
      const known = to.get(objectType) ?? new Set();
      to.set(objectType, known);
      for (const name of names) if (defined.has(name)) known.add(name);
    }
  };
  for (const check of checks) {
    if (check.rules === true && portal.rules === undefined) continue;
    add(properties, check.needs);
    add(properties, check.uses);
    add(properties, check.reads?.(portal));
    add(history, check.history);
    for (const name of check.associations ?? []) associations.add(name);
  }
  return { properties: sorted(properties), associations: [...associations].sort(), history: sorted(history) };
}

function sorted(sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  return new Map([...sets].map(([objectType, names]) => [objectType, [...names].sort()]));
}

/** What a check lacks: `contacts`, `contacts.email`, `deals>line_items`, `history of deals.dealstage`, `rules file`. */
export function missingFor(check: Check, data: PortalData): readonly string[] {
  const missing = [];
  for (const [objectType, names] of Object.entries(check.needs)) {
    const table = data.tables.get(objectType);
    if (table === undefined) missing.push(objectType);
    else for (const name of names) if (!table.columns.has(name)) missing.push(`${objectType}.${name}`);
  }
  for (const name of check.associations ?? []) if (!data.associations.has(name)) missing.push(name);
  for (const [objectType, names] of Object.entries(check.history ?? {}))
    if (!data.history.has(objectType)) missing.push(`history of ${objectType}.${names.join(', ')}`);
  if (check.rules === true && data.rules === undefined) missing.push('rules file');
  return missing;
}
