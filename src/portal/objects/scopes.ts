/** The scopes of a request on records: those of its object type. */

import { objectTypeOf } from '../object-type-of.ts';
import type { Call } from '../route.ts';

export const objectScopes = {
  read: (call: Call) => objectTypeOf(call).scopes.read,
  write: (call: Call) => objectTypeOf(call).scopes.write,
};
