import { describe, expect, it } from 'vitest';
import { type Moment, openScene } from '../jobs/kill.ts';
import { killDuringCreates, killDuringUpdates } from '../jobs/killed.ts';

/** Batches of a job of updates; each is a checkpoint. */
const BATCHES = 4;
const KILLS = 100;
/** On portals of their own. */
const AT_ONCE = 2;
/** That share a portal and a journal, which then has something to look through. */
const ROUNDS = 10;

/** Half before HubSpot did what it was asked, half after, over what the next step takes. */
const moments = (writes: number): readonly Moment[] =>
  Array.from({ length: KILLS }, (_, n) => ({ writes, when: n % 2 ? 'after' : 'before', afterMs: (n % 20) / 4 }));

/** Gives what came of each moment. */
async function each<Ended>(
  all: readonly Moment[],
  round: (scene: Awaited<ReturnType<typeof openScene>>, moment: Moment) => Promise<Ended>,
): Promise<readonly (readonly [Moment, Ended])[]> {
  const left = [...all];
  const ended: [Moment, Ended][] = [];
  const inTurn = async () => {
    while (left.length > 0) {
      const scene = await openScene();
      try {
        for (const moment of left.splice(0, ROUNDS)) ended.push([moment, await round(scene, moment)]);
      } finally {
        await scene.close();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn));
  return ended;
}

/** For the record. */
const told = (rounds: readonly (readonly [Moment, { applied: unknown; unknown?: number }])[]): string =>
  JSON.stringify({
    kills: rounds.length,
    applied: rounds.reduce((sum, [, { applied }]) => sum + Number(applied), 0),
    unknown: rounds.reduce((sum, [, { unknown = 0 }]) => sum + unknown, 0),
  });

describe('a job of a process that is killed 100 times', () => {
  it.for(Array.from({ length: BATCHES }, (_, n) => n + 1))(
    'around write %i leaves out nothing',
    async (writes, { annotate }) => {
      const rounds = await each(moments(writes), (scene, moment) => killDuringUpdates(scene, moment, 350));
      await annotate(told(rounds));
      expect(rounds.length).toBe(KILLS);
      expect(
        rounds.filter(([, { status, applied, wrong }]) => status !== 'done' || applied !== 350 || wrong.length),
      ).toEqual([]);
    },
  );

  it('makes no record twice, and says of which it does not know', async ({ annotate }) => {
    const spread = moments(1).map((moment, n) => ({ ...moment, writes: 1 + (n % 11) }));
    const rounds = await each(spread, (scene, moment) => killDuringCreates(scene, moment, 1_050));
    await annotate(told(rounds));
    expect(rounds.length).toBe(KILLS);
    const wrong = rounds.filter(
      ([, { status, made, applied, unknown, twice }]) =>
        status !== 'done' || twice.length > 0 || applied + unknown !== 1_050 || made < applied,
    );
    expect(wrong).toEqual([]);
  });
});
