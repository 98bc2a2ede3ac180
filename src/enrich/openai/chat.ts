/** One request to an endpoint that speaks Chat Completions, and what came of it. The package is loaded with the first. */

import type { APIError as ApiFailure, OpenAI } from 'openai';
import { lazy } from '../../lazy.ts';

export interface ChatRequest {
  readonly name: string;
  readonly instructions: string;
  readonly text: string;
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number;
}

export type Reply =
  | {
      readonly kind: 'answered';
      readonly text: string;
      /** `length` where it was cut off. */
      readonly finish: string;
      readonly refused: boolean;
      /** Absent where the server does not say. */
      readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
    }
  | {
      readonly kind: 'failed';
      readonly status?: number;
      /** OpenAI's own, such as `insufficient_quota`. */
      readonly code?: string;
      /** Whether it may have been worked on, and so be billed. */
      readonly billed: boolean;
      readonly retryAfterMs?: number;
    };

export interface Chat {
  send(request: ChatRequest, signal: AbortSignal | undefined): Promise<Reply>;
}

export interface ChatOptions {
  readonly apiKey?: string | undefined;
  readonly baseUrl: string;
  readonly model: string;
  readonly timeoutMs: number;
  /** Wall time in milliseconds. */
  readonly now: () => number;
}

/** What some endpoints refuse to be sent: it is then left out, or said otherwise. */
const ADAPTABLE = ['temperature', 'store', 'max_tokens', 'max_completion_tokens'] as const;
type Adaptable = (typeof ADAPTABLE)[number];

export function createChat({ apiKey = 'none', baseUrl, model, timeoutMs, now }: ChatOptions): Chat {
  const atOpenAI = /(^|\.)openai\.com$/.test(new URL(baseUrl).hostname);
  const refused = new Set<Adaptable>();
  const library = lazy(() => import('openai'));
  const client = lazy(async () => {
    const { OpenAI } = await library.get();
    return new OpenAI({
      apiKey,
      baseURL: baseUrl,
      timeout: timeoutMs,
      // Every try has to be paid for, so none is made behind the back of the cap.
      maxRetries: 0,
      logLevel: 'off',
      // Otherwise the package would look for them in the environment.
      organization: null,
      project: null,
      webhookSecret: null,
      // What was meant for one host goes to no other.
      fetchOptions: { redirect: 'error' },
    });
  });

  function bodyOf({ name, instructions, text, jsonSchema, maxOutputTokens }: ChatRequest) {
    // OpenAI has renamed it; most others know the old name only, and pass over the new one without a word.
    const renamed = atOpenAI ? !refused.has('max_completion_tokens') : refused.has('max_tokens');
    return {
      model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: text },
      ],
      response_format: { type: 'json_schema', json_schema: { name, strict: true, schema: { ...jsonSchema } } },
      ...(renamed ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens }),
      ...(refused.has('temperature') ? {} : { temperature: 0 }),
      ...(refused.has('store') ? {} : { store: false }),
    } satisfies OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;
  }

  /** Models that think take no temperature, and strict servers no field that they do not know. */
  function adapted(error: ApiFailure): boolean {
    if (error.status !== 400 && error.status !== 422) return false;
    const said = `${error.param ?? ''} ${error.message}`;
    // OpenAI is never asked without saying that nothing is to be kept.
    const named = ADAPTABLE.filter((each) => new RegExp(`\\b${each}\\b`).test(said) && !(atOpenAI && each === 'store'));
    const fresh = named.filter((each) => !refused.has(each)).slice(0, 1);
    for (const each of fresh) refused.add(each);
    return fresh.length > 0;
  }

  async function send(request: ChatRequest, signal: AbortSignal | undefined): Promise<Reply> {
    const [{ APIError }, openai] = await Promise.all([library.get(), client.get()]);
    try {
      const answer = await openai.chat.completions.create(bodyOf(request), signal && { signal });
      return readAnswer(answer);
    } catch (error) {
      if (!(error instanceof APIError)) {
        // Not even HTTP, or not JSON.
        return { kind: 'failed', billed: true };
      }
      if (adapted(error)) return send(request, signal);
      return failureOf(error, now());
    }
  }

  return { send };
}

/** Servers that only nearly speak it leave things out: what is read is looked at, whatever the package's types promise. */
function readAnswer(answer: unknown): Reply {
  const choice = at(at(answer, 'choices'), 0);
  const message = at(choice, 'message');
  const content = at(message, 'content');
  const finish = at(choice, 'finish_reason');
  const refusal = at(message, 'refusal');
  const inputTokens = at(at(answer, 'usage'), 'prompt_tokens');
  const outputTokens = at(at(answer, 'usage'), 'completion_tokens');
  return {
    kind: 'answered',
    text: typeof content === 'string' ? content : '',
    finish: typeof finish === 'string' ? finish : '',
    refused: (typeof refusal === 'string' && refusal !== '') || finish === 'content_filter',
    ...(isCount(inputTokens) && isCount(outputTokens) && { usage: { inputTokens, outputTokens } }),
  };
}

function at(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function failureOf({ status, code, headers }: ApiFailure, now: number): Reply {
  const wait = retryAfter(headers, now);
  return {
    kind: 'failed',
    ...(status !== undefined && { status }),
    ...(typeof code === 'string' && { code }),
    // A request that was refused costs nothing; one that broke off may have been worked on.
    billed: status === undefined || status >= 500 || status === 408,
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const said = headers?.get('retry-after');
  if (said === null || said === undefined) return undefined;
  const wait = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
