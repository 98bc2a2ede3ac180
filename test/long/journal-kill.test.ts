import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWriters, STEPS, type Writers } from '../journal/kill.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await buildWriters();
});
afterAll(() => writers.remove());

/** The moment after a step, spread over what the next one takes. */
const MOMENTS = 100;
const AT_ONCE = 4;

test.each(STEPS)(
  'a process that is killed 100 times around "%s" loses nothing and repeats nothing',
  { timeout: 600_000 },
  async (at) => {
    const folder = writers.folder();
    const keys = Array.from({ length: MOMENTS }, (_, i) => ({ key: `k${i}`, afterMs: (i % 20) / 5 }));
    for (let from = 0; from < MOMENTS; from += AT_ONCE) {
      await Promise.all(
        keys.slice(from, from + AT_ONCE).map(async ({ key, afterMs }) => {
          await writers.write(folder, key, { at, afterMs });
          await writers.write(folder, key);
        }),
      );
    }
    const expected = keys.flatMap(({ key }) => [0, 1, 2].map((row) => `${key} ${row}`));
    expect(writers.made(folder).toSorted()).toEqual(expected.toSorted());
  },
);
