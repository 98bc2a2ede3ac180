/** Whether a value may stand in a portal file: what a write would refuse of it, in words for a person. */

import type { Property } from '../../facts/definitions.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { normalize } from '../../values/normalize.ts';

/** The value as HubSpot keeps it, or what is wrong with it. Calculated and read-only values are not looked at. */
export function checkValue(store: Store, property: Property, raw: string): { value: string } | { problem: string } {
  if (property.calculated || property.modificationMetadata.readOnlyValue) return { value: raw };
  const checked = normalize(property, raw);
  if ('error' in checked) {
    const { options } = property;
    const allowed = options.length > 0 ? ` Use one of ${options.map(({ value }) => value).join(', ')}.` : '';
    return { problem: `${checked.message}${checked.message.endsWith('.') ? '' : '.'}${allowed}` };
  }
  if (property.referencedObjectType === 'OWNER' && !store.owners.get(PORTAL, checked.value)) {
    return { problem: `there is no owner ${checked.value}: put one into "owners".` };
  }
  return checked;
}
