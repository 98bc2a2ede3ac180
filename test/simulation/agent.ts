/** An agent that wants one deed done: it asks, loses answers, and asks again until it knows, as agents and clients do. */

import * as z from 'zod';
import type { Outcome } from '../../src/calls/toolbox.ts';
import { type Clock, type Random, sleep, within } from '../../src/clock.ts';
import { tools } from '../../tools/index.ts';
import type { Deed } from './deeds.ts';
import { DEADLINE_MS, type Process } from './process.ts';

/** What the agent believes of a row in the end; `unasked`: it never got an answer. */
export type Belief = 'applied' | 'failed' | 'unknown' | 'unasked';

export interface Story {
  readonly deed: Deed;
  readonly beliefs: readonly Belief[];
  /** What the journal calls it, where it was told. */
  readonly callId?: string;
  /** The job that it became. */
  readonly jobId?: string;
  /** How often it asked. */
  readonly asked: number;
  /** Calls that had no end, in words. */
  readonly endless: readonly string[];
  /** What else must never be, in words. */
  readonly broken: readonly string[];
}

export interface AgentParts {
  readonly clock: Clock;
  readonly random: Random;
  /** A living process, by chance; waits for one. */
  readonly process: () => Promise<Process>;
}

const MOST_ASKED = 6;
/** A bulk call is asked for its preview first, and then for its end. */
const MOST_ASKED_OF_BULK = 10;
/** Ten minutes after the first time a call without a key would be another one. */
const LATEST_MS = 550_000;
/** A call that outlives its deadline by this much never ends. */
const PATIENCE_MS = DEADLINE_MS + 10_000;

const job = z.object({
  jobId: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  failures: z
    .object({ rows: z.array(z.tuple([z.string(), z.int(), z.enum(['failed', 'unknown'])]).rest(z.unknown())) })
    .optional(),
});

const failure = z.object({
  index: z.number(),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  next: z.string().optional(),
});
const report = z.object({
  callId: z.string().optional(),
  failed: z.array(failure.omit({ next: true })),
  unknown: z.array(failure.pick({ index: true, message: true, next: true })),
  preview: z.object({ digest: z.string().optional() }).optional(),
  job: job.optional(),
});
type Report = z.output<typeof report>;

type Ending = { readonly kind: 'answer'; readonly outcome: Outcome } | { readonly kind: 'gone' | 'killed' | 'endless' };

export async function pursue(deed: Deed, parts: AgentParts): Promise<Story> {
  const { clock, random, process } = parts;
  const told = { broken: [] as string[], endless: [] as string[] };
  let beliefs: readonly Belief[] = Array.from({ length: deed.rows }, () => 'unasked');
  const isOneCall = isTakenForOne(deed);
  /** Some call of it had no answer, and may have written. */
  let lost = false;
  let asked = 0;
  let callId: string | undefined;
  let jobId: string | undefined;
  let { args } = deed;
  const begun = clock.elapsed();
  while (asked < (deed.ids ? MOST_ASKED_OF_BULK : MOST_ASKED) && clock.elapsed() - begun < LATEST_MS) {
    asked += 1;
    const ending = await askOnce(deed, args, await process(), parts);
    if (ending.kind === 'endless') told.endless.push(`${deed.mark}: a call of ${deed.tool} never ended.`);
    if (ending.kind === 'answer' && ending.outcome.ok) {
      const said = report.parse(ending.outcome.data);
      callId = said.callId ?? callId;
      jobId = said.job?.jobId ?? jobId;
      told.broken.push(...hiddenUnknowns(deed, said));
      if (deed.refusal !== undefined && said.failed.length < deed.rows)
        told.broken.push(`${deed.mark}: ${deed.tool} was not refused with ${deed.refusal}.`);
      if (said.preview?.digest !== undefined) {
        args = { ...deed.args, digest: said.preview.digest };
        continue;
      }
      const heard = said.job === undefined ? beliefsOf(said, deed.rows) : beliefsOfJob(said.job, deed);
      beliefs = isOneCall ? heard : heard.map((now, row) => afterBoth(beliefs[row], now, lost));
      // A caller that saw the answer asks no more, unless the answer was lost on its way.
      if (!hasHopes(said, heard) && random.float() > 0.2) break;
    } else if (ending.kind === 'answer' && !ending.outcome.ok) {
      const { error } = ending.outcome;
      if (error.code === 'internal') told.broken.push(`${deed.mark}: ${error.message}`);
      if (error.code === deed.refusal) break;
      if (!error.retryable && !WORTH_ANOTHER_TRY.has(error.code)) {
        if (error.code !== 'deadline' && (isOneCall || !lost))
          beliefs = beliefs.map((known) => (known === 'unasked' ? 'failed' : known));
        break;
      }
    }
    if (ending.kind !== 'answer' || (!ending.outcome.ok && ending.outcome.error.code === 'deadline')) {
      lost = true;
      // What failed before may have been written now.
      beliefs = beliefs.map((known) => (known === 'failed' ? 'unknown' : known));
    }
    await sleep(clock, untilNext(random.float()));
  }
  return {
    deed,
    beliefs,
    asked,
    ...told,
    ...(callId !== undefined && { callId }),
    ...(jobId !== undefined && { jobId }),
  };
}

/** Seconds mostly, and now and then minutes: longer than HubSpot's index, or any request, takes. */
function untilNext(chance: number): number {
  const late = chance - (1 - LATE_SHARE);
  return Math.ceil(late < 0 ? (chance / (1 - LATE_SHARE)) * 15_000 : (late / LATE_SHARE) * 400_000);
}
const LATE_SHARE = 0.05;

/** Another process may be at it still, and a journal may be put right. */
const WORTH_ANOTHER_TRY = new Set(['in_flight_elsewhere', 'job_elsewhere', 'journal_unusable', 'unauthorized']);

/** Whether the server takes whatever asks for it again for the same call, so that each answer speaks for all of them. */
function isTakenForOne({ tool, args, ids }: Deed): boolean {
  return 'idempotencyKey' in args || ids !== undefined || effects.get(tool) === 'add';
}

const effects = new Map(tools.map(({ name, effect }) => [name, effect]));

/** Of calls that are each their own: one that failed wrote nothing, and says nothing of those before it. */
function afterBoth(before: Belief | undefined, now: Belief, lost: boolean): Belief {
  if (before === 'applied') return before;
  return now === 'failed' && (lost || before === 'unknown') ? 'unknown' : now;
}

async function askOnce(
  deed: Deed,
  args: Deed['args'],
  process: Process,
  { clock, random }: AgentParts,
): Promise<Ending> {
  const leaving = new AbortController();
  const left = new Promise<void>((resolve) =>
    leaving.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  if (random.float() < 0.2) clock.after(Math.ceil(random.float() * 3_000), () => leaving.abort());
  const caller = { caller: 'agent', session: deed.mark, signal: leaving.signal };
  const call = (answered?: string): Promise<Ending> => {
    const endings: Promise<Ending>[] = [
      process.call(deed.tool, args, caller, answered).then((outcome) => ({ kind: 'answer', outcome })),
      process.died.then(() => ({ kind: 'killed' })),
      left.then(() => ({ kind: 'gone' })),
    ];
    return within(clock, PATIENCE_MS, Promise.race(endings), { kind: 'endless' } as const);
  };
  const first = await call();
  if (first.kind !== 'answer' || first.outcome.ok || first.outcome.question === undefined) return first;
  // The person says yes.
  return call(first.outcome.question.state);
}

/** Asks for as long as it takes and hears every answer, as an operator in quiet times does. */
export async function resume(
  process: Process,
  id: string,
  deed: Deed | undefined,
): Promise<readonly Belief[] | string> {
  const operator = { caller: 'operator', session: 'last' };
  for (let tries = 0; tries < MOST_ASKED_OF_BULK; tries += 1) {
    const outcome = await process.call('resume_job', { jobId: id }, operator);
    if (!outcome.ok) return `Job ${id} could not be gone on with: ${outcome.error.code} ${outcome.error.message}`;
    const said = job.parse(outcome.data['job']);
    if (said.status === 'done' || said.status === 'cancelled' || said.status === 'failed')
      return deed === undefined ? [] : beliefsOfJob(said, deed);
  }
  return `Job ${id} was gone on with, and never ended.`;
}

function hiddenUnknowns({ mark }: Deed, { unknown }: Report): string[] {
  return unknown.flatMap(({ index, next, message }) =>
    // A reason that rows share is told once.
    next || /^As index \d+/.test(message) ? [] : [`${mark}: row ${index} is unknown, and nothing says how to check.`],
  );
}

function hasHopes({ failed, job: asJob }: Report, beliefs: readonly Belief[]): boolean {
  if (asJob !== undefined) return asJob.status === 'running' || asJob.status === 'interrupted';
  return beliefs.includes('unknown') || failed.some(({ retryable, code }) => retryable || WORTH_ANOTHER_TRY.has(code));
}

/** What is in none of the two lists was written, or is so already. */
function beliefsOf({ failed, unknown }: Report, rows: number): Belief[] {
  const beliefs: Belief[] = Array.from({ length: rows }, () => 'applied');
  for (const { index } of failed) beliefs[index] = 'failed';
  for (const { index } of unknown) beliefs[index] = 'unknown';
  return beliefs;
}

function beliefsOfJob({ status, failures }: z.output<typeof job>, { rows, ids = [] }: Deed): Belief[] {
  const beliefs: Belief[] = Array.from({ length: rows }, () => (status === 'done' ? 'applied' : 'unasked'));
  for (const [id, , outcome] of failures?.rows ?? []) beliefs[ids.indexOf(id)] = outcome;
  return beliefs;
}
