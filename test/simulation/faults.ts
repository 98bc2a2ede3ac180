/** Which of the portal's faults strike, and when. */

import type { Random } from '../../src/clock.ts';
import type { Fault } from '../../src/portal/faults/fault.ts';
import type { Faults } from '../../src/portal/faults/faults.ts';

/** Every kind there is; those after which it is not clear what was done are the most. */
const KINDS: readonly Fault['kind'][] = [
  'apply-then-500',
  'apply-then-502',
  'apply-then-503',
  'apply-then-504',
  'apply-then-521',
  'apply-then-522',
  'apply-then-523',
  'apply-then-524',
  'apply-then-reset',
  'apply-then-reset',
  'apply-then-hang',
  '500',
  '502',
  '503',
  '504',
  '521',
  '522',
  '523',
  '524',
  '423',
  '429',
  '477',
  'drop',
  'hang',
  'truncated',
  'invalid-json',
  'drip',
  'latency',
];

const PATHS = ['/crm/**/batch/**', '/crm/objects/**', '/crm/associations/**', '**'];

const MOST_FAULTS = 9;

export function planFaults(faults: Faults, random: Random): void {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random.float() * list.length)];
  faults.add({ kind: 'index-delay', ms: Math.floor(random.float() * 10_000) });
  const many = Math.floor(random.float() * (MOST_FAULTS + 1));
  for (let place = 0; place < many; place += 1) {
    const kind = pick(KINDS);
    const path = pick(PATHS);
    if (kind === undefined || path === undefined) continue;
    faults.add({
      kind,
      path,
      nth: 1 + Math.floor(random.float() * 25),
      count: 1 + Math.floor(random.float() ** 2 * 4),
      ...(kind === '429' && { policy: 'TEN_SECONDLY_ROLLING' as const }),
      ...(kind === '477' && { retryAfter: 1 }),
      ...((kind === 'drip' || kind === 'latency') && { ms: Math.floor(random.float() * 8_000) }),
    });
  }
}
