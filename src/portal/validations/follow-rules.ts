/** Holds a value to the rules of its property. */

import type { Property } from '../facts/definitions.ts';
import type { Store } from '../store/store.ts';
import { ruleTypes } from './rule-types.ts';

/** The value to keep, or why it is refused; the same shape as ../values/normalize.ts gives. */
export type Followed = { readonly value: string } | { readonly error: string; readonly message: string };

/**
 * `value` is not empty and is already in the form in which it is kept; `now` in milliseconds since the epoch. Rules that
 * normalize do so first, then all must pass.
 * Guess: the code and the words for a value that breaks a rule.
 */
export function followRules(store: Store, typeId: string, property: Property, value: string, now: number): Followed {
  const rules = store.validations.get(typeId, property.name) ?? [];
  let kept = value;
  for (const { ruleType, ruleArguments, shouldApplyNormalization } of rules) {
    if (!shouldApplyNormalization) continue;
    const normalize = ruleTypes[ruleType]?.normalize ?? ((said: string) => said.trim());
    kept = normalize(kept, ruleArguments);
  }
  for (const { ruleType, ruleArguments } of rules) {
    const rule = ruleTypes[ruleType];
    if (!rule || rule.passes(kept, ruleArguments, now)) continue;
    const message = ruleType === 'REGEX' ? rule.says(ruleArguments) : `${value} must be ${rule.says(ruleArguments)}`;
    return { error: `FAILED_${ruleType}_VALIDATION`, message };
  }
  return { value: kept };
}
