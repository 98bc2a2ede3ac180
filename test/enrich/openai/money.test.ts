import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createModel } from '../../../src/enrich/openai/create-model.ts';
import { judgePairs } from '../../../src/enrich/openai/judge-pairs.ts';
import { bothOf, costOf, createLedger, mostOf } from '../../../src/enrich/openai/money.ts';
import { apiError, judging, openaiServer } from '../../openai-server.ts';
import { memoryCache, pairsOf } from './pairs.ts';

const usd = fc.oneof(
  fc.double({ min: 0, max: 0.01, noNaN: true }),
  fc.constantFrom(0, 1e-12, Number.NaN, Number.POSITIVE_INFINITY, -1),
);

describe('A cap in money', () => {
  it('is never passed, whoever reserves and settles what in which order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 0.05, noNaN: true }),
        fc.scheduler(),
        fc.array(fc.tuple(usd, usd), { maxLength: 40 }),
        async (cap, scheduler, wanted) => {
          const inner = createLedger(cap);
          const outer = createLedger(0.02);
          const ledger = bothOf(inner, outer);
          let highest = 0;
          const all = wanted.map(async ([most, real]) => {
            const held = await scheduler.schedule(ledger.reserve(most));
            highest = Math.max(highest, inner.spentUsd / Math.max(cap, 1e-12), outer.spentUsd / 0.02);
            await scheduler.schedule(Promise.resolve());
            await held?.settle(real);
            await held?.settle(-1);
          });
          await scheduler.waitAll();
          await Promise.all(all);
          expect(highest).toBeLessThanOrEqual(1);
          expect(inner.spentUsd).toBeLessThanOrEqual(cap);
          expect(outer.spentUsd).toBe(inner.spentUsd);
        },
      ),
    );
  });

  it('is reserved for whatever a request can cost', () => {
    const prices = { input: 0.4, output: 1.6 };
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(5_000), fc.double({ min: 0, max: 1, noNaN: true }), (bytes, most, share) => {
        // No tokeniser makes more tokens than there are bytes.
        const real = costOf(prices, Math.floor(bytes * share), Math.floor(most * share));
        expect(real).toBeLessThanOrEqual(mostOf(prices, bytes, most));
      }),
    );
  });

  const usage = fc.oneof(
    fc.record({ prompt_tokens: fc.nat(5_000), completion_tokens: fc.nat(2_000) }),
    fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() }),
    fc.constantFrom(
      null,
      {},
      'many',
      { prompt_tokens: -5, completion_tokens: -5 },
      { prompt_tokens: '9', completion_tokens: 1.5 },
    ),
  );

  it('holds for real requests, many at once, whatever the server says that they cost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.0005, max: 0.02, noNaN: true }),
        fc.double({ min: 0.0005, max: 0.02, noNaN: true }),
        fc.array(usage, { minLength: 1, maxLength: 10 }),
        fc.array(fc.constantFrom(200, 200, 200, 500), { minLength: 1, maxLength: 5 }),
        async (operator, run, usages, statuses) => {
          const day = createLedger(operator);
          const server = await openaiServer(
            (asked, nth) =>
              statuses[nth % statuses.length] === 500
                ? apiError(500, 'server_error')
                : judging(() => 'same', { usage: usages[nth % usages.length] })(asked),
            { maxUsd: operator },
          );
          const clock = { ...systemClock, after: (_ms: number, task: () => void) => systemClock.after(0, task) };
          try {
            const model = createModel({ options: server.options, clock, ledger: day, log: () => undefined });
            const judge = () =>
              judgePairs(pairsOf(80), { model, cache: memoryCache(), clock }, { kind: 'contacts', maxUsd: run });
            const [one, other] = await Promise.all([judge(), judge()]);
            expect(one.spent.usd).toBeLessThanOrEqual(run);
            expect(other.spent.usd).toBeLessThanOrEqual(run);
            expect(day.spentUsd).toBeLessThanOrEqual(operator);
            expect(one.spent.usd + other.spent.usd).toBeLessThanOrEqual(operator + 1e-8);
            const complete = one.verdicts.length === 80;
            expect(one.complete).toBe(complete);
          } finally {
            await server.close();
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('stops before it would be passed, and says so', async () => {
    const server = await openaiServer(
      judging(() => 'same'),
      { maxUsd: 1 },
    );
    const model = createModel({ options: server.options, clock: systemClock, log: () => undefined });
    const parts = { model, cache: memoryCache(), clock: systemClock };
    const { spent, note, complete, verdicts } = await judgePairs(pairsOf(200), parts, {
      kind: 'contacts',
      maxUsd: 0.01,
    });
    await server.close();
    expect(spent.usd).toBeLessThanOrEqual(0.01);
    expect(spent.usd).toBeGreaterThan(0.005);
    expect(verdicts.length).toBeLessThan(200);
    expect(complete).toBe(false);
    expect(note).toContain('cap in money');
  });

  it('of nothing sends nothing', async () => {
    const server = await openaiServer(
      judging(() => 'same'),
      { maxUsd: 0 },
    );
    const model = createModel({ options: server.options, clock: systemClock, log: () => undefined });
    await judgePairs(pairsOf(20), { model, cache: memoryCache(), clock: systemClock }, { kind: 'contacts', maxUsd: 5 });
    await server.close();
    expect(server.asked).toEqual([]);
  });
});
