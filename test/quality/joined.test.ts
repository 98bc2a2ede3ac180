import { describe, expect, it } from 'vitest';
import { createJoining, type Task } from '../../src/quality/joined.ts';
import { fakeClock } from '../fake-clock.ts';

/** Work that is told from outside how far it is. */
async function begun() {
  const clock = fakeClock();
  const advance = (ms: number) => clock.advance(ms);
  const joining = createJoining<string>(clock);
  let task: Task | undefined;
  const work = (given: Task) => {
    task = given;
    return new Promise<string>(() => undefined);
  };
  const look = async () => {
    const joined = joining.join('key', work, { ms: 10 });
    await Promise.resolve();
    await advance(10);
    return joined;
  };
  await look();
  return {
    look,
    advance,
    tell: (read: number, step?: string) =>
      task?.tell({ objectType: 'contacts', read, of: 1000, ...(step && { step }) }),
  };
}

describe('When it is worth asking again', () => {
  it('is told by how fast it goes, not by what was there before', async () => {
    const { look, advance, tell } = await begun();
    tell(500);
    await advance(10_000);
    tell(600);
    const { secondsLeft } = Object(await look());
    expect(secondsLeft).toBeGreaterThanOrEqual(40);
    expect(secondsLeft).toBeLessThan(42);
  });

  it('is not told while nothing goes on, such as where another process had begun and was killed', async () => {
    const { look, advance, tell } = await begun();
    tell(500);
    await advance(30_000);
    tell(500);
    expect(await look()).not.toHaveProperty('secondsLeft');
  });

  it('is counted anew for what is done after it', async () => {
    const { look, advance, tell } = await begun();
    tell(0);
    await advance(100_000);
    tell(1000);
    tell(0);
    await advance(1_000);
    tell(100);
    const { secondsLeft } = Object(await look());
    expect(secondsLeft).toBeLessThanOrEqual(10);
  });
});
