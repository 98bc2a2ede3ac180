/** A server on this machine that speaks OpenAI's Chat Completions: what a test lets it say, in the shapes that OpenAI's has. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ModelOptions } from '../src/enrich/openai/types.ts';

/** A request as it came in. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What stands between the marks. */
  readonly data: unknown;
  /** Of `data`, where it is pairs. */
  readonly pairs: readonly AskedPair[];
}

export interface AskedPair {
  readonly pairId: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly b?: Readonly<Record<string, string>>;
}

export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text goes as it is. */
  readonly body?: unknown;
  /** Ends the connection instead of answering, or never answers. */
  readonly instead?: 'hang' | 'break';
}

export interface OpenaiServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Requests under way at one time, at most. */
  readonly mostAtOnce: number;
  readonly options: ModelOptions;
  close(): Promise<void>;
}

/** @param answer what it says to each request; `nth` from 0 */
export async function openaiServer(
  answer: (asked: Asked, nth: number) => Said | Promise<Said>,
  options: Partial<ModelOptions> = {},
): Promise<OpenaiServer> {
  const asked: Asked[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    try {
      const each = await read(request);
      asked.push(each);
      const { status = 200, headers = {}, body, instead } = await answer(each, asked.length - 1);
      if (instead === 'hang') return;
      if (instead === 'break') return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    } finally {
      atOnce--;
    }
  }
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`;
  return {
    url,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    options: {
      apiKey: 'sk-test',
      baseUrl: url,
      model: 'gpt-test',
      redaction: 'none',
      maxUsd: 1,
      maxPairs: 500,
      prices: { input: 0.4, output: 1.6 },
      ...options,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let raw = '';
  for await (const chunk of request) raw += String(chunk);
  const body = JSON.parse(raw);
  const text = String(body.messages?.[1]?.content ?? '');
  const data = JSON.parse(/^<data>\n([\s\S]*)\n<\/data>$/.exec(text)?.[1] ?? 'null');
  return { path: request.url ?? '', headers: request.headers, raw, body, data, pairs: data?.pairs ?? [] };
}

export interface CompletionOptions {
  readonly usage?: unknown;
  readonly finish?: string;
  readonly refusal?: string;
}

/** An answer as OpenAI gives it. */
export function completion(content: unknown, { usage, finish = 'stop', refusal }: CompletionOptions = {}): Said {
  return {
    body: {
      id: 'chatcmpl-CExample1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'gpt-test-2026-01-01',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: refusal === undefined ? (typeof content === 'string' ? content : JSON.stringify(content)) : null,
            refusal: refusal ?? null,
            annotations: [],
          },
          logprobs: null,
          finish_reason: finish,
        },
      ],
      usage: usage === undefined ? { prompt_tokens: 900, completion_tokens: 300, total_tokens: 1200 } : usage,
      service_tier: 'default',
      system_fingerprint: 'fp_1',
    },
  };
}

/** An error as OpenAI gives it. */
export function apiError(
  status: number,
  code: string | null,
  {
    headers = {},
    param = null,
    message = 'No.',
  }: { headers?: Record<string, string>; param?: string | null; message?: string } = {},
): Said {
  return { status, headers, body: { error: { message, type: 'invalid_request_error', param, code } } };
}

/** What a judge says of one pair. */
export function verdictOn(pairId: string, verdict: string, confidence = 0.9) {
  return { pairId, decisiveFields: ['name'], contradiction: '', verdict, confidence };
}

/** A judge that answers as it should. */
export function judging(say: (pair: AskedPair) => string, options: CompletionOptions = {}) {
  return ({ pairs }: Asked): Said =>
    completion({ verdicts: pairs.map((pair) => verdictOn(pair.pairId, say(pair))) }, options);
}
