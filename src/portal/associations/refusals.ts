/**
 * What links are refused with whose records or types are not there, whether they are made by themselves or with a new record.
 * Recorded by public clients: HubSpot/hubspot-api-nodejs#646 and answers to PUT /crm/v4/objects/…/associations/….
 */

import { invalid, type PortalError } from '../errors.ts';
import type { AssociationTypeId } from '../store/association-types.ts';
import type { Store } from '../store/store.ts';

const MESSAGE = 'One or more associations are invalid';

/** What refusals call an association type. Guess: the digit before the id of one that is not HubSpot's own. */
export function definitionId({ category, typeId }: AssociationTypeId): string {
  return `${category === 'HUBSPOT_DEFINED' ? 0 : 1}-${typeId}`;
}

/** 400 for an association type that the portal does not have. */
export function wrongType({ category, typeId }: AssociationTypeId): PortalError {
  const spec = `${category}=${typeId}`;
  return invalid(MESSAGE, {
    context: {
      associationSpec: [spec],
      INVALID_ASSOCIATION_TYPE_ID: [`${spec} is not a valid association definition id`],
    },
  });
}

/** 400 for a record of that type which is not there, or archived. */
export function wrongRecord(store: Store, typeId: string, id: string): PortalError {
  const name = store.objectType(typeId)?.fullyQualifiedName ?? typeId;
  return invalid(MESSAGE, {
    context: { INVALID_OBJECT_IDS: [`${name}=${id} is not valid`], objectId: [id], objectType: [name] },
  });
}
