/** When two calls ask for the same. */

import { createHash } from 'node:crypto';
import type { Plan } from './change.ts';

/** Equal for calls of one caller on one portal that ask for the same, whatever the order of their arguments' keys. */
export function fingerprintOf({ tool, input }: Pick<Plan, 'tool' | 'input'>, caller: string, portalId: number): string {
  const { dryRun: _dryRun, idempotencyKey: _key, approvalToken: _token, digest: _digest, ...asked } = input;
  return createHash('sha256')
    .update(canonical([caller, portalId, tool, asked]))
    .digest('base64');
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
