import type { PropertyFacts, ValueSource } from './types.ts';
import { comparable } from './valid.ts';

/** One entry of HubSpot's history of a property. `timestamp` is ISO 8601. */
interface Version {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
}

/**
 * When a property came to mean what it says now, and by whom: writing the same again, or the same in other spelling, is
 * no change.
 * @param versions as HubSpot gives them, the newest first; undefined when there are none
 */
export function valueSource(property: PropertyFacts, versions: readonly Version[]): ValueSource | undefined {
  const [newest] = versions;
  if (newest === undefined) return undefined;
  const now = comparable(property, newest.value);
  let first = newest;
  for (const version of versions) {
    if (comparable(property, version.value) !== now) break;
    first = version;
  }
  return { at: Date.parse(first.timestamp), type: first.sourceType };
}
