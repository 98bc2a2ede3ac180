/** Runs a script without ever waiting long for Redis. */

import type { Clock } from '../../clock.ts';
import { within } from '../../clock.ts';
import type { RedisLink } from './link.ts';
import type { ScriptName } from './scripts.ts';

/** Redis is on a network nearby: what takes longer is given up. */
const COMMAND_MS = 2_000;
const SECOND_LOOK_MS = 50;

/**
 * Gives what the script said; rejects when Redis does not answer in time, or refuses.
 * @param late is told of an answer that nobody waits for any more
 */
export type Ask = (
  script: ScriptName,
  keys: readonly string[],
  args: readonly (string | number)[],
  late?: (answer: readonly string[]) => void,
) => Promise<readonly string[]>;

export function createAsk(link: RedisLink, clock: Clock): Ask {
  return async (script, keys, args, late) => {
    let given: readonly string[] | undefined;
    let timely = true;
    const running = link.run(script, keys, args).then((answer) => {
      if (!Array.isArray(answer)) throw new Error('an answer that no script gives');
      given = answer.map(String);
      if (!timely) late?.(given);
      return given;
    });
    // Once the time is up nobody hears of a failure.
    const failure = running.then(
      () => undefined,
      (error: unknown) => error ?? new Error('no reason'),
    );
    const error = await patiently(clock, failure, new Error(`no answer within ${COMMAND_MS} ms`));
    if (given && error === undefined) return given;
    timely = false;
    throw error;
  };
}

/**
 * A process that was busy finds its timer due before it has looked what came over the network meanwhile. So when the time
 * is up, it looks once more.
 */
async function patiently<T>(clock: Clock, work: Promise<T>, otherwise: T): Promise<T> {
  const late: unique symbol = Symbol('late');
  const first = await within(clock, COMMAND_MS, work, late);
  return first === late ? within(clock, SECOND_LOOK_MS, work, otherwise) : first;
}
