/** The judge behind the wire: a server on this machine that is right in most cases, and the real way to it. */

import { type Random, seededRandom, systemClock } from '../../src/clock.ts';
import type { Judgement, Matcher } from '../../src/enrich/duplicates/types.ts';
import { isTrue, type Truth } from '../../src/enrich/measures/truth.ts';
import type { JudgedKind } from '../../src/enrich/openai/allowed.ts';
import { createModel } from '../../src/enrich/openai/create-model.ts';
import { judgeTable, pairsToJudge } from '../../src/enrich/openai/judge-table.ts';
import { pairContent } from '../../src/enrich/openai/pair-content.ts';
import type { Judging } from '../../src/enrich/openai/types.ts';
import { worthAsking } from '../../src/enrich/openai/worth-asking.ts';
import { judging, openaiServer } from '../../test/openai-server.ts';

/** US dollars per million tokens. */
const PRICES = { input: 0.4, output: 1.6 };

export async function judgedOverWire(
  matcher: Matcher,
  truth: Truth,
  kind: JudgedKind,
  accuracy: number,
  seed: number,
): Promise<{ readonly judgements: readonly Judgement[]; readonly judging: Judging }> {
  const says = wordsOf(matcher, truth, kind, accuracy, seededRandom(seed));
  const server = await openaiServer(
    judging(({ pairId }) => says.get(pairId) ?? 'unsure'),
    { prices: PRICES, maxUsd: 100, maxPairs: 100_000, redaction: 'none' },
  );
  try {
    const model = createModel({ options: server.options, clock: systemClock, log: () => undefined });
    const cache = { cached: () => Promise.resolve(undefined), cache: () => Promise.resolve() };
    return await judgeTable(matcher, { model, cache, clock: systemClock }, { kind, maxUsd: 100 });
  } finally {
    await server.close();
  }
}

/** What it says of each pair, by the id that the pair has on the wire. */
function wordsOf(matcher: Matcher, truth: Truth, kind: JudgedKind, accuracy: number, random: Random) {
  const open = worthAsking(matcher.scan);
  const pairs = pairsToJudge(matcher, open, kind);
  return new Map(
    open.map((pair, nth) => {
      const sent = pairs[nth];
      const same = isTrue(truth, pair.a, pair.b) === random.float() < accuracy;
      return [sent === undefined ? '' : pairContent(sent, kind, 'none').pairId, same ? 'same' : 'different'] as const;
    }),
  );
}
