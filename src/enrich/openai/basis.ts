import { createHash } from 'node:crypto';

/** Of all that a model may see of two records, in a fixed order: it changes whenever its word might. */
export function basisHash(values: readonly (readonly string[])[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
}
