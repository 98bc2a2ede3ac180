/** One request and its answer: what was said becomes a value or a typed error, and the quota learns of it. */

import type { Clock } from '../clock.ts';
import type { Fetch, HttpResponse } from '../fetch.ts';
import type { Call } from './call.ts';
import { untilAborted } from './call.ts';
import { codeOf, readErrorBody } from './error-bodies.ts';
import type { HubSpotErrorFields } from './errors.ts';
import { HubSpotError } from './errors.ts';
import type { Operation, OperationName } from './operations.ts';
import { OPERATIONS } from './operations.ts';
import type { Quota } from './quota.ts';
import { mayRepeat, retryAfterMs } from './retry.ts';
import type { Secrets } from './secrets.ts';
import type { Slot } from './window.ts';

/** A read that HubSpot has not answered by then is given up and may be sent again; a write has its whole deadline. */
export const READ_TIMEOUT_MS = 12_000;

export interface Message {
  readonly operation: OperationName;
  readonly url: string;
  readonly body?: string;
  readonly token: string;
}

export interface Outcome {
  /** The parsed body; undefined when HubSpot sent none. */
  readonly json?: unknown;
  readonly error?: HubSpotError;
  readonly status?: number;
  readonly correlationId?: string;
}

/** Sends one message once. It never rejects, it ends the slot, and it does not outlive the call's `sentSignal`. */
export type Exchange = (message: Message, slot: Slot, call: Call) => Promise<Outcome>;

export function createExchange(options: {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly quota: Quota;
  readonly secrets: Secrets;
}): Exchange {
  const { clock, quota, secrets } = options;

  const answered = (response: HttpResponse, operation: OperationName, slot: Slot): Outcome => {
    const { status, headers } = response;
    const outcome = readAnswer(response, operation, secrets, clock);
    quota.answered(OPERATIONS[operation].budget, slot, headers, outcome.error);
    const correlationId = outcome.error?.correlationId ?? correlationIdIn(headers, secrets);
    return { ...outcome, status, ...(correlationId ? { correlationId } : {}) };
  };

  const unanswered = (
    thrown: unknown,
    operation: OperationName,
    slot: Slot,
    sent: 'no' | 'maybe' = isNotSent(thrown) ? 'no' : 'maybe',
  ): Outcome => {
    slot.end(sent === 'no' ? 'not_sent' : 'lost');
    const { message, code } =
      thrown instanceof HubSpotError
        ? thrown
        : { message: `No answer from HubSpot: ${secrets.redact(wordsOf(thrown))}`, code: 'network' as const };
    return { error: failure(operation, message, { code, sent }) };
  };

  return async (message, slot, call) => {
    const { operation, body } = message;
    const attempt = new AbortController();
    const stop = () => attempt.abort(call.sentSignal.reason);
    const giveUp = () => attempt.abort(new Error(`nothing came for ${READ_TIMEOUT_MS / 1000} seconds`));
    if (call.signal.aborted) return unanswered(call.signal.reason, operation, slot, 'no');
    call.sentSignal.addEventListener('abort', stop, { once: true });
    const stopTimer = OPERATIONS[operation].meaning === 'read' ? clock.after(READ_TIMEOUT_MS, giveUp) : undefined;
    try {
      const sending = options.fetch({
        method: OPERATIONS[operation].method,
        url: message.url,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${message.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        signal: attempt.signal,
      });
      return answered(await untilAborted(attempt.signal, sending), operation, slot);
    } catch (thrown) {
      return unanswered(thrown, operation, slot);
    } finally {
      stopTimer?.();
      call.sentSignal.removeEventListener('abort', stop);
    }
  };
}

/** An error of one operation; what its repetition would mean decides whether it is called retryable. */
export function failure(
  operation: OperationName,
  message: string,
  fields: Omit<HubSpotErrorFields, 'retryable' | 'operation'>,
): HubSpotError {
  const { meaning }: Operation = OPERATIONS[operation];
  return new HubSpotError(message, { ...fields, operation, retryable: mayRepeat(fields, meaning) });
}

function readAnswer(response: HttpResponse, operation: OperationName, secrets: Secrets, clock: Clock): Outcome {
  const { status, headers, body } = response;
  const text = secrets.redact(typeof body === 'string' ? body : new TextDecoder().decode(body));
  const json = parsed(text);
  if (status >= 200 && status < 300) {
    if (text === '' || json !== undefined) return { json };
    const message = `HubSpot answered ${status} with a body that is not JSON.`;
    return { error: failure(operation, message, { code: 'bad_answer', sent: 'maybe', status }) };
  }
  const { message, fields } = readErrorBody(json);
  const said = message ?? `HubSpot answered ${status}${/<html/i.test(text) ? ' with an HTML page' : ''}.`;
  const wait = retryAfterMs(headers['retry-after'], status, clock.now());
  const correlationId = fields.correlationId ?? correlationIdIn(headers, secrets);
  const error = failure(operation, said, {
    ...fields,
    code: codeOf(status, said, fields),
    status,
    // After a server error nobody knows whether the request was acted on; every other answer is a refusal.
    sent: status >= 500 && status !== 501 ? 'maybe' : 'yes',
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(correlationId === undefined ? {} : { correlationId }),
  });
  return { error };
}

function correlationIdIn(headers: HttpResponse['headers'], secrets: Secrets): string | undefined {
  const id = headers['x-hubspot-correlation-id'];
  return id === undefined ? undefined : secrets.redact(id);
}

/** Ids that are too large for a number come as text: some of HubSpot's answers hold them as bare digits. */
function parsed(text: string): unknown {
  if (text === '') return undefined;
  const exact = /:\s*\d{16}/.test(text) ? text.replace(/("\w*id"\s*:\s*)(\d{16,})/gi, '$1"$2"') : text;
  try {
    return JSON.parse(exact);
  } catch {
    return undefined;
  }
}

function isNotSent(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'notSent' in thrown && thrown.notSent === true;
}

function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'the connection failed';
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` (${thrown.code})` : '';
  return `${thrown.message || thrown.name}${code}`.slice(0, 300);
}
