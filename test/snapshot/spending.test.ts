import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createMemory, MEMORY_SCHEMA, MEMORY_VERSION } from '../../src/snapshot/memory.ts';
import { sharedFile } from '../../src/snapshot/shared-file.ts';

const remembered = () =>
  sharedFile({
    clock: systemClock,
    version: MEMORY_VERSION,
    schema: MEMORY_SCHEMA,
    damaged: 'aside',
    log: () => undefined,
  });

describe('Money that is remembered', () => {
  it('never passes its cap, whatever is reserved and settled at once', async () => {
    const usd = fc.oneof(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.constantFrom(Number.NaN, -1, 1e-12));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(usd, usd), { maxLength: 20 }), async (wanted) => {
        const file = remembered();
        const memory = createMemory(file);
        await Promise.all(
          wanted.map(async ([most, real]) => {
            const held = await memory.reserve(most, { since: 0, cap: 1, at: 10 });
            expect(await memory.spentSince(0)).toBeLessThanOrEqual(1);
            if (held !== undefined) await memory.settle(held, real);
          }),
        );
        expect(await memory.spentSince(0)).toBeLessThanOrEqual(1);
        await file.close();
      }),
      { numRuns: 30 },
    );
  });

  it('counts for its time, and what was never settled as spent', async () => {
    const file = remembered();
    const memory = createMemory(file);
    const first = await memory.reserve(0.6, { since: 0, cap: 1, at: 10 });
    expect(await memory.reserve(0.6, { since: 0, cap: 1, at: 11 })).toBeUndefined();
    await memory.settle(first ?? 0, 0.25);
    expect(await memory.reserve(0.6, { since: 0, cap: 1, at: 12 })).toBeDefined();
    expect(await memory.spentSince(0)).toBe(0.85);
    expect(await memory.reserve(0.9, { since: 12, cap: 1, at: 20 })).toBeDefined();
    expect(await memory.spentSince(12)).toBe(0.9);
    await file.close();
  });
});
