import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene } from '../jobs/kill.ts';
import { killDuringCreates, killDuringUpdates } from '../jobs/killed.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

describe('a job of a process that is killed', () => {
  it.each([
    { writes: 1, when: 'before', afterMs: 0 },
    { writes: 4, when: 'after', afterMs: 2 },
  ] as const)(
    'at write %o leaves out nothing',
    async (moment) => {
      expect(await killDuringUpdates(scene, moment, 450)).toMatchObject({ status: 'done', applied: 450, wrong: [] });
    },
    60_000,
  );

  it('makes no record twice, and says of which it does not know', async () => {
    const moment = { writes: 6, when: 'after', afterMs: 1 } as const;
    const { status, made, applied, unknown, twice } = await killDuringCreates(scene, moment, 1_050);
    expect({ status, twice, sum: applied + unknown }).toEqual({ status: 'done', twice: [], sum: 1_050 });
    expect(made).toBeGreaterThanOrEqual(applied);
  }, 60_000);
});
