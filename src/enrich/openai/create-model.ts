/** The model behind its caps: money reserved before each request, few at once, tries again, and leaves off in time. */

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Clock, sleep } from '../../clock.ts';
import { type ChatRequest, createChat, type Reply } from './chat.ts';
import { dataBlock } from './clean.ts';
import { bothOf, costOf, createLedger, mostOf } from './money.ts';
import type { Answer, Held, Ledger, Model, ModelOptions, Question, Run, Spent } from './types.ts';

export interface ModelParts {
  readonly options: ModelOptions;
  readonly clock: Clock;
  /** The operator's cap, over all runs. Of this process, if omitted. */
  readonly ledger?: Ledger;
  /** For the operator: what was sent, by its hash alone. */
  readonly log: (message: string) => void;
  /** Of one request; 60 s if omitted. */
  readonly timeoutMs?: number;
}

const AT_ONCE = 4;
const TRIES = 3;
/** An answer that cannot be used is asked for once more. */
const REJECTIONS = 2;
const FAILURES = 3;
const PAUSE_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 500;

type Failure = Extract<Answer<unknown>, { ok: false }>;

export function createModel({ options, clock, ledger, log, timeoutMs = 60_000 }: ModelParts): Model {
  const { prices } = options;
  const host = new URL(options.baseUrl).host;
  const chat = createChat({ ...options, timeoutMs, now: () => clock.now() });
  const all = ledger ?? createLedger(options.maxUsd);
  const slots = createSlots(AT_ONCE);
  /** In a row; at three nobody asks for a minute, and after it one failure is enough. */
  let failures = 0;
  let openUntil = Number.NEGATIVE_INFINITY;

  const paused = () => clock.elapsed() < openUntil;
  const failed = (least = failures + 1) => {
    failures = Math.max(failures + 1, least);
    if (failures < FAILURES) return;
    openUntil = clock.elapsed() + PAUSE_MS;
    failures = FAILURES - 1;
  };

  function run(maxUsd: number, signal?: AbortSignal): Run {
    const money = bothOf(createLedger(Math.min(maxUsd, options.maxUsd)), all);
    const spent = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, rejected: 0 };
    let distrusted: Failure | undefined;

    async function paid(request: ChatRequest): Promise<Reply | Failure> {
      const most = mostOf(prices, bytesOf(request), request.maxOutputTokens);
      const held = await money.reserve(most);
      if (held === undefined)
        return note('budget', 'The cap in money is reached, as far as it can be without passing it.');
      const body = createHash('sha256').update(`${request.instructions}\n${request.text}`).digest('hex');
      log(
        `Sent to ${options.model} at ${host}: ${request.name}, ${bytesOf(request)} bytes, sha256 ${body.slice(0, 32)}.`,
      );
      spent.calls++;
      const reply = await sent(request, held, most);
      await settle(reply, held, most);
      return reply;
    }

    /** Whoever fails on our side has nevertheless sent something. */
    async function sent(request: ChatRequest, held: Held, most: number): Promise<Reply> {
      try {
        return await chat.send(request, signal);
      } catch (error) {
        spent.usd += most;
        await held.settle(most);
        throw error;
      }
    }

    async function settle(reply: Reply, held: Held, most: number): Promise<void> {
      let usd = reply.kind === 'failed' && !reply.billed ? 0 : most;
      if (reply.kind === 'answered' && reply.usage !== undefined) {
        const { inputTokens, outputTokens } = reply.usage;
        const said = costOf(prices, inputTokens, outputTokens);
        spent.inputTokens += inputTokens;
        spent.outputTokens += outputTokens;
        usd = Math.min(most, said);
        // Who counts more tokens than there can be is not asked again: the cap would stand on a wrong count.
        if (said > most) distrusted = note('unavailable', `${host} counts more tokens than were sent and allowed.`);
      }
      spent.usd += usd;
      await held.settle(usd);
    }

    async function ask<T>(question: Question<T>): Promise<Answer<T>> {
      const request = requestOf(question);
      let rejections = 0;
      for (let attempt = 1; ; attempt++) {
        const stop = distrusted ?? refusal(signal);
        if (stop !== undefined) return stop;
        const reply = await paid(request);
        if (!('kind' in reply)) return reply;
        if (signal?.aborted) return stopped;
        if (reply.kind === 'failed') {
          const wait = waitAfter(reply, attempt);
          // Being asked to wait is no failure until it is given up.
          if (reply.status !== 429 || wait === undefined) failed(isFinal(reply) ? FAILURES : undefined);
          if (wait === undefined) return note('unavailable', unavailable(reply, host));
          if (!(await waited(wait, signal))) return stopped;
          continue;
        }
        const value = valueOf(reply, question.schema);
        if (value.ok) {
          failures = 0;
          return value;
        }
        spent.rejected++;
        failed();
        if (++rejections === REJECTIONS) return value;
        // What was cut off needs more room.
        if (reply.finish === 'length') request.maxOutputTokens *= 2;
      }
    }

    return {
      spent: spent satisfies Spent,
      async ask(question) {
        const done = await slots.take();
        try {
          return await ask(question);
        } finally {
          done();
        }
      },
    };
  }

  function refusal(signal: AbortSignal | undefined): Failure | undefined {
    if (signal?.aborted) return stopped;
    return paused()
      ? note('unavailable', `${host} has failed ${FAILURES} times in a row: it is left alone for a minute.`)
      : undefined;
  }

  async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      await sleep(clock, ms, signal);
      return true;
    } catch (error) {
      if (signal?.aborted) return false;
      throw error;
    }
  }

  return {
    options,
    run,
    bound(question) {
      const request = requestOf(question);
      return mostOf(prices, bytesOf(request), request.maxOutputTokens);
    },
  };
}

const note = (why: Failure['why'], said: string): Failure => ({ ok: false, why, note: said });

const stopped: Failure = { ok: false, why: 'stopped', note: 'It was stopped before the end.' };

/** Milliseconds until the same is worth another try; undefined when it is not. */
function waitAfter(reply: Extract<Reply, { kind: 'failed' }>, attempt: number): number | undefined {
  if (isFinal(reply) || attempt >= TRIES) return undefined;
  const wait = reply.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
  return wait > LONGEST_WAIT_MS ? undefined : wait;
}

/** A wrong key, a model that is not there, no money left: the next request would hear the same. */
function isFinal({ status, code }: Extract<Reply, { kind: 'failed' }>): boolean {
  if (code === 'insufficient_quota') return true;
  return status !== undefined && status < 500 && ![408, 409, 425, 429].includes(status);
}

function unavailable({ status, code }: Extract<Reply, { kind: 'failed' }>, host: string): string {
  if (status === undefined) return `${host} gave no answer.`;
  const known = code !== undefined && /^\w{1,40}$/.test(code) ? ` (${code})` : '';
  return `${host} answered ${status}${known}.`;
}

function requestOf({ name, instructions, data, schema, maxOutputTokens }: Question<unknown>) {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema);
  return { name, instructions, text: dataBlock(data), jsonSchema, maxOutputTokens };
}

function bytesOf({ name, instructions, text, jsonSchema }: ChatRequest): number {
  return Buffer.byteLength(name + instructions + text + JSON.stringify(jsonSchema));
}

function valueOf<T>({ text, finish, refused }: Extract<Reply, { kind: 'answered' }>, schema: z.ZodType<T>): Answer<T> {
  if (refused) return note('rejected', 'The model refused to answer.');
  if (finish === 'length') return note('rejected', "The model's answer was cut off.");
  const read = schema.safeParse(parsed(text));
  return read.success
    ? { ok: true, value: read.data }
    : note('rejected', "The model's answer was not of the form that was asked for.");
}

/** Undefined for what is no JSON. Models that are not held to a schema like to put a fence around it. */
function parsed(text: string): unknown {
  const bare = text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1');
  try {
    return JSON.parse(bare);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** So many at once; the others wait their turn. */
function createSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    async take(): Promise<() => void> {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
