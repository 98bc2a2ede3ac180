/** Copies of object types, brought up to date for a scan. */

import { type Clock, sleep } from '../clock.ts';
import type { Crm, ObjectType } from '../crm/index.ts';
import { checks, needsOf } from '../enrich/anomalies/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';
import { knownProperties } from '../enrich/duplicates/kinds/known-properties.ts';
import type { Refreshed, Snapshot } from '../snapshot/types.ts';
import { seenIn } from './compared.ts';
import type { Task } from './joined.ts';
import { propertyFacts } from './portal-facts.ts';

export interface CopyParts {
  readonly clock: Clock;
  readonly snapshot: () => Promise<Snapshot>;
  /** Reads as the operator's policy lets it be seen, after everybody else, until the signal ends it. */
  readonly crm: (signal: AbortSignal) => Crm;
  /** @throws UserError `invalid_rules` */
  readonly rules: () => Promise<Rules | undefined>;
}

const OTHER_READER_MS = 2_000;

/**
 * Reads what is new of a type: whatever any scan wants of it at once, so that one reading of everything does for all.
 * While another process reads, it waits for that.
 * @param more properties besides
 */
export async function broughtUpToDate(
  type: ObjectType,
  more: readonly string[],
  { signal, tell }: Task,
  parts: CopyParts,
): Promise<Refreshed> {
  const { clock, snapshot, crm } = parts;
  const rules = await parts.rules();
  const index = await crm(signal).properties.of(type);
  const seen = seenIn(index);
  const kind = type.name in knownProperties ? Object.entries(knownProperties).find(([name]) => name === type.name) : [];
  const compared = (kind?.[1] ?? []).map(({ property }) => property);
  const portal = { properties: new Map([[type.name, propertyFacts(index)]]), ...(rules && { rules }) };
  const checked = needsOf(checks, portal).properties.get(type.name) ?? [];
  const wanted = [...new Set([...compared, ...checked, ...more])].filter((name) => seen.has(name));
  const copy = await snapshot();
  for (;;) {
    const found = await copy.refresh(type, {
      properties: wanted,
      signal,
      progress: (read, of) => tell({ objectType: type.name, read, ...(of !== undefined && { of }) }),
    });
    if (found.reading === undefined) return found;
    tell({ objectType: type.name, ...found.reading });
    await sleep(clock, OTHER_READER_MS, signal);
  }
}
