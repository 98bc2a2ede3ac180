/** What the API would refuse of a portal file is refused in its words. */

import { PortalError } from '../../errors.ts';
import { type Place, PortalFileError } from './read.ts';

/** @throws PortalFileError for what `check` throws as an answer of the API */
export function asked<T>(place: Place, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    throw new PortalFileError(place, error.message, { cause: error });
  }
}
