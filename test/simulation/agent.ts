/** An agent that wants one deed done: it asks, loses answers, and asks again until it knows, as agents and clients do. */

import * as z from 'zod';
import type { Outcome } from '../../src/call.ts';
import { type Clock, type Random, sleep, within } from '../../src/clock.ts';
import type { Deed } from './deeds.ts';
import { DEADLINE_MS, type Process } from './process.ts';

/** What the agent believes of a row in the end; `unasked`: it never got an answer. */
export type Belief = 'applied' | 'failed' | 'unknown' | 'unasked';

export interface Story {
  readonly deed: Deed;
  readonly beliefs: readonly Belief[];
  /** How often it asked. */
  readonly asked: number;
  /** Something that must never be, in words. */
  readonly broken: readonly string[];
}

export interface AgentParts {
  readonly clock: Clock;
  readonly random: Random;
  /** A living process, by chance; waits for one. */
  process(): Promise<Process>;
}

const MOST_ASKED = 6;
/** A call that outlives its deadline by this much never ends. */
const PATIENCE_MS = DEADLINE_MS + 10_000;

const report = z.object({
  failed: z.array(z.object({ index: z.number(), message: z.string(), retryable: z.boolean() })),
  unknown: z.array(z.object({ index: z.number(), message: z.string(), next: z.string().optional() })),
});

type Ending = { readonly kind: 'answer'; readonly outcome: Outcome } | { readonly kind: 'gone' | 'killed' | 'endless' };

export async function pursue(deed: Deed, { clock, random, process }: AgentParts): Promise<Story> {
  const broken: string[] = [];
  let beliefs: readonly Belief[] = Array.from({ length: deed.rows }, () => 'unasked');
  let asked = 0;
  while (asked < MOST_ASKED) {
    asked += 1;
    const ending = await askOnce(deed, await process(), clock, random);
    if (ending.kind === 'endless') broken.push(`${deed.mark}: a call of ${deed.tool} never ended.`);
    if (ending.kind === 'answer') {
      const { outcome } = ending;
      if (outcome.ok) {
        const said = report.parse(outcome.data);
        beliefs = beliefsOf(said, deed.rows);
        for (const { index, next, message } of said.unknown) {
          // A reason that rows share is told once.
          if (!next && !/^As index \d+/.test(message))
            broken.push(`${deed.mark}: row ${index} is unknown, and nothing says how to check.`);
        }
        // A caller that saw the answer asks no more, unless the answer was lost on its way.
        const hopes = beliefs.includes('unknown') || said.failed.some(({ retryable }) => retryable);
        if (!hopes && random.float() > 0.2) break;
      } else if (outcome.error.code === 'internal') {
        broken.push(`${deed.mark}: ${outcome.error.message}`);
      } else if (!outcome.error.retryable && outcome.error.code !== 'in_flight_elsewhere') {
        if (outcome.error.code !== 'deadline')
          beliefs = beliefs.map((known) => (known === 'unasked' ? 'failed' : known));
        break;
      }
    }
    await sleep(clock, Math.ceil(random.float() * 15_000));
  }
  return { deed, beliefs, asked, broken };
}

async function askOnce(deed: Deed, process: Process, clock: Clock, random: Random): Promise<Ending> {
  const leaving = new AbortController();
  const left = new Promise<void>((resolve) =>
    leaving.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  if (random.float() < 0.2) clock.after(Math.ceil(random.float() * 3_000), () => leaving.abort());
  const caller = { caller: 'agent', session: deed.mark, signal: leaving.signal };
  const endings: Promise<Ending>[] = [
    process.call(deed.tool, deed.args, caller).then((outcome) => ({ kind: 'answer', outcome })),
    process.died.then(() => ({ kind: 'killed' })),
    left.then(() => ({ kind: 'gone' })),
  ];
  return within(clock, PATIENCE_MS, Promise.race(endings), { kind: 'endless' } as const);
}

/** What is in none of the two lists was written, or is so already. */
function beliefsOf({ failed, unknown }: z.output<typeof report>, rows: number): Belief[] {
  const beliefs: Belief[] = Array.from({ length: rows }, () => 'applied');
  for (const { index } of failed) beliefs[index] = 'failed';
  for (const { index } of unknown) beliefs[index] = 'unknown';
  return beliefs;
}
