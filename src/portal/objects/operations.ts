/** What may be done with a type of records. */

import { PortalError } from '../errors.ts';
import type { ObjectTypeFacts, Operation } from '../facts/object-type.ts';
import { objectTypeOf } from '../object-type-of.ts';
import type { Call } from '../route.ts';

/** The request's object type. @throws PortalError 405 when HubSpot has no such endpoint for it (Guess: the words). */
export function typeAllowing(call: Call, operation: Operation): ObjectTypeFacts {
  const type = objectTypeOf(call);
  if (!type.operations.has(operation)) {
    throw new PortalError(405, { message: `${type.fullyQualifiedName} does not support ${operation}` });
  }
  return type;
}
