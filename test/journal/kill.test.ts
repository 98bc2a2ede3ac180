import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWriters, type Writers } from './kill.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await buildWriters();
});
afterAll(() => writers.remove());

const whole = (key: string) => [0, 1, 2].map((row) => `${key} ${row}`);

describe('real processes on one journal', () => {
  test('one that is killed loses nothing and repeats nothing, before and after each step that matters', async () => {
    const folder = writers.folder();
    const keys = ['new', 'sent 0', 'answered 1', 'told 2'].map((at) => ({ at, key: at.replaceAll(' ', '-') }));
    await Promise.all(
      keys.map(async ({ at, key }) => {
        await writers.write(folder, key, { at });
        await writers.write(folder, key);
      }),
    );
    expect(writers.made(folder).toSorted()).toEqual(keys.flatMap(({ key }) => whole(key)).toSorted());
  });

  test.each(['keyed', 'keyless'] as const)('of two that write the same (%s) at the same time one does', async (how) => {
    const folder = writers.folder();
    const said = await Promise.all([1, 2].map(() => writers.write(folder, 'k', undefined, how)));
    expect(said.filter((steps) => steps.includes('new'))).toHaveLength(1);
    expect(writers.made(folder)).toEqual(whole('k'));
  });
});
