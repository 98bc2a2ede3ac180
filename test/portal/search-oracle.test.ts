import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { expectedPage, type OracleRecord } from './search-oracle.ts';
import { ofPresence, ofSystem, requests, rules } from './search-requests.ts';
import { openWorld, perform, readAll, search, write } from './search-world.ts';
import { at } from './talk.ts';

describe('search and a plain oracle', () => {
  test('agree on 10,000 random searches, while records are written, merged, archived and restored', async () => {
    const clock = fakeClock();
    const world = await openWorld(200, { clock });
    const { records, companies } = world;
    const system = ofSystem(
      records.map(({ id }) => id),
      [...records.slice(0, 5).map(({ createdAt }) => createdAt), '2026-11-22T00:00:10Z', String(clock.now() + 60_000)],
      companies,
    );
    const searches = array(requests(system), { minLength: 20, maxLength: 20 });
    let count = 0;
    await assert(
      asyncProperty(
        array(write, { maxLength: 2 }),
        integer({ min: 0, max: 5_000 }),
        searches,
        async (writes, ms, asked) => {
          await clock.advance(ms);
          for (const one of writes) await perform(world, one);
          if (writes.length > 0) world.records = await readAll(world.talk);
          const answers = [];
          for (const request of asked) {
            const { total, found } = await search(world.talk, request);
            answers.push({ request, total, ids: found.map((row) => at(row, 'id')) });
          }
          expect(answers).toEqual(
            asked.map((request) => ({ request, ...expectedPage(world.records, rules, request) })),
          );
          count += answers.length;
        },
      ),
      // What one run writes the next one finds, so a shorter failure would not be the same one.
      { numRuns: 500, endOnFailure: true },
    );
    expect(count).toBe(10_000);
  }, 60_000);

  test('agree on the past, as long as it takes until writes are indexed', async () => {
    const step = record({
      writes: array(write, { maxLength: 2 }),
      ms: constantFrom(0, 400, 1_000, 3_000),
      delay: oneof(
        { weight: 5, arbitrary: constant(undefined) },
        { weight: 1, arbitrary: constantFrom(0, 1_000, 5_000) },
      ),
    });
    let asked = 0;
    await assert(
      asyncProperty(array(tuple(step, requests(ofPresence)), { minLength: 20, maxLength: 20 }), async (steps) => {
        const clock = fakeClock();
        const world = await openWorld(12, { clock });
        let delay = 0;
        /** What search knows, and what it will know once its time has come. */
        let known = world.records;
        let waiting: { at: number; records: readonly OracleRecord[] }[] = [];
        const settle = () => {
          for (const { records } of waiting.filter((one) => one.at + delay <= clock.now())) known = records;
          waiting = waiting.filter((one) => one.at + delay > clock.now());
        };
        for (const [{ writes, ms, delay: next }, request] of steps) {
          if (next !== undefined) {
            delay = next;
            world.talk.portal.control.faults.add({ kind: 'index-delay', ms: delay });
            settle();
          }
          for (const one of writes) {
            await perform(world, one);
            world.records = await readAll(world.talk);
            // Nobody writes what a restored snapshot brings back.
            if (one.kind === 'restore') [known, waiting] = [world.records, []];
            else waiting.push({ at: clock.now(), records: world.records });
            settle();
          }
          await clock.advance(ms);
          settle();
          const { total, found } = await search(world.talk, request);
          const ids = found.map((row) => at(row, 'id'));
          expect({ request, total, ids }).toEqual({ request, ...expectedPage(known, rules, request) });
          for (const row of found) {
            const then = known.find(({ id }) => id === at(row, 'id'));
            expect(at(row, 'properties', 'o_text') ?? undefined).toBe(then?.properties['o_text']);
          }
          asked += 1;
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(asked).toBe(400);
  }, 60_000);
});
