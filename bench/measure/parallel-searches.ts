import { sleep, systemClock } from '../../src/clock.ts';
import { inPairs } from '../pairs.ts';
import { type Figure, sampleOf } from '../sample.ts';
import { OURS, type Server } from '../servers.ts';
import type { Sessions } from '../session.ts';
import type { Witness } from '../witness.ts';

const SEARCHES = 20;
/** HubSpot counts searches over one second; twice that gives every round an untouched quota. */
const QUOTA_BACK_MS = 2_000;

/** Twenty searches at once against a limit of five a second: what an eager agent does. */
export async function measureParallelSearches(
  sessions: Sessions,
  witness: Witness,
  rounds: number,
  onPair: () => void,
): Promise<Figure[]> {
  const pairs = await inPairs(rounds, (server) => searchAtOnce(server), onPair);
  const both = (pick: (outcome: Outcome) => number) => ({
    ours: sampleOf(pairs.map((pair) => pick(pair.ours))),
    theirs: sampleOf(pairs.map((pair) => pick(pair.theirs))),
  });
  const succeeded = both((outcome) => outcome.succeeded);
  const time = both((outcome) => outcome.ms);
  const tooMany = both((outcome) => outcome.tooMany);
  return [
    {
      measure: `${SEARCHES} parallel searches: succeeded`,
      unit: 'calls',
      ...succeeded,
      reach: { text: 'all 20', reached: succeeded.ours.min === SEARCHES },
    },
    {
      measure: `${SEARCHES} parallel searches: all answered`,
      unit: 'ms',
      ...time,
      reach: { text: '≤ 5,000', reached: time.ours.max <= 5_000 },
      note: 'An answer that says "rate limited" also counts as answered; see how many succeeded.',
    },
    {
      measure: `${SEARCHES} parallel searches: 429 from the portal`,
      unit: 'answers',
      ...tooMany,
      reach: { text: 'none', reached: tooMany.ours.max === 0 },
    },
  ];

  async function searchAtOnce(server: Server): Promise<Outcome> {
    await sleep(systemClock, QUOTA_BACK_MS);
    witness.reset();
    const session = server === OURS ? sessions.ours : sessions.theirs;
    const began = systemClock.elapsed();
    const calls = Array.from({ length: SEARCHES }, () => session.call(server.calls.search('customer')));
    const answers = await Promise.all(calls);
    return {
      ms: systemClock.elapsed() - began,
      succeeded: answers.filter((answer) => !answer.isError).length,
      tooMany: witness.testimony().tooMany,
    };
  }
}

interface Outcome {
  readonly ms: number;
  readonly succeeded: number;
  readonly tooMany: number;
}
