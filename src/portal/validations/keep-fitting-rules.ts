/** Forgets the rules of a property that no longer go with it. */

import type { Property } from '../facts/definitions.ts';
import type { Store } from '../store/store.ts';
import { goesWith, ruleTypes } from './rule-types.ts';

/** To be called when a property was redefined. Guess: the rules that still go with it stay. */
export function keepFittingRules(store: Store, typeId: string, property: Property): void {
  const rules = store.validations.get(typeId, property.name);
  const kept = rules?.filter(({ ruleType }) => goesWith(ruleTypes[ruleType], property));
  if (kept && kept.length !== rules?.length) store.validations.put(typeId, property.name, kept);
}
