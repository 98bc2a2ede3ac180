/** The object type that a request's path names. */

import { notEmulated, PortalError } from './errors.ts';
import type { ObjectTypeFacts } from './facts/object-type.ts';
import type { Call } from './route.ts';

/**
 * The type of `{objectType}`, or of another segment of the path. The body without a category is HubSpot's.
 * @throws PortalError 400 for a name that means no type, 501 for a type that this portal does not serve
 */
export function objectTypeOf(call: Call, segment = call.params['objectType'] ?? ''): ObjectTypeFacts {
  const type = call.store.objectType(segment);
  if (!type) throw new PortalError(400, { message: `Unable to infer object type from: ${segment}` });
  if (!type.emulated) throw notEmulated(`the object type ${type.name}`);
  return type;
}

/** Reading and changing definitions of a type needs these; any one suffices. */
export const schemaScopes = {
  read: (call: Call) => objectTypeOf(call).schemaScopes.read,
  write: (call: Call) => objectTypeOf(call).schemaScopes.write,
};
