import { keysOf, nameOf } from '../../src/hubspot/redis/keys.ts';
import { openRedisLink } from '../../src/hubspot/redis/link.ts';

/** Makes a new Redis look like one that has been in use for long and knows of no calls, so that nobody has to wait. */
export async function leaveMark(redisUrl: string, token: string): Promise<void> {
  const link = openRedisLink(redisUrl);
  const keys = keysOf(nameOf(token));
  const budgets = [keys.burst, keys.search, keys.associations];
  const names = [keys.day, keys.peers, ...budgets.flatMap(({ log, facts }) => [log, facts])];
  await link.run('meet', names, ['nobody', 1, 0, 0, 100, 10_000, 5, 1_000, 100, 10_000]);
  await link.close();
}
