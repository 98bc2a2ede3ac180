import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moment, openScene } from '../jobs/kill.ts';
import { killDuringCreates, killDuringUpdates } from '../jobs/killed.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Batches of a job of updates; each is a checkpoint. */
const BATCHES = 4;
const KILLS = 100;

/** Half before HubSpot did what it was asked, half after, over what the next step takes. */
const moments = (writes: number): readonly Moment[] =>
  Array.from({ length: KILLS }, (_, n) => ({ writes, when: n % 2 ? 'after' : 'before', afterMs: (n % 20) / 4 }));

describe('a job of a process that is killed 100 times', () => {
  it.each(Array.from({ length: BATCHES }, (_, n) => n + 1))('around write %i leaves out nothing', async (writes) => {
    for (const moment of moments(writes)) {
      const ended = await killDuringUpdates(scene, moment, 350);
      expect([moment, ended]).toEqual([moment, { status: 'done', applied: 350, wrong: [] }]);
    }
  });

  it('makes no record twice, and says of which it does not know', async () => {
    for (const moment of moments(1).map((each, n) => ({ ...each, writes: 1 + (n % 11) }))) {
      const { status, made, applied, unknown, twice } = await killDuringCreates(scene, moment, 1_050);
      expect([moment, { status, twice, sum: applied + unknown }]).toEqual([
        moment,
        { status: 'done', twice: [], sum: 1_050 },
      ]);
      expect(made).toBeGreaterThanOrEqual(applied);
    }
  });
});
