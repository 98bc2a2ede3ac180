/** A process that asks a Redis for one slot and says what it hears. */

import { systemClock, systemRandom } from '../../../src/clock.ts';
import { openRedisLedger } from '../../../src/hubspot/redis/index.ts';

const [, , url = ''] = process.argv;
const ledger = openRedisLedger({
  url,
  token: 'pat-na1-x',
  clock: systemClock,
  random: systemRandom,
  log: (message) => void process.stdout.write(`${message}\n`),
});
await ledger.take('search', { even: false, requestMs: 1_000 });
await ledger.close();
