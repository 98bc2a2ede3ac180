/** What can be asked to go wrong, and when. */

import type { HttpMethod } from '../../fetch.ts';
import type { LimitPolicy } from '../limits.ts';

const serverErrors = [500, 502, 503, 504, 521, 522, 523, 524] as const;
const refusals = [423, 429, 477] as const;

export type ServerError = (typeof serverErrors)[number];
export type Refusal = (typeof refusals)[number];

/**
 * `apply-then-…`: the portal does what is asked, its caller does not hear of it. All others but `truncated`,
 * `invalid-json`, `drip` and `latency`, which spoil or delay the true answer, leave the request undone.
 */
export type FaultKind =
  | `apply-then-${ServerError}`
  | `${ServerError}`
  | `${Refusal}`
  | 'apply-then-reset'
  | 'apply-then-hang'
  | 'drop'
  | 'hang'
  | 'truncated'
  | 'invalid-json'
  | 'drip'
  | 'latency'
  | 'index-delay';

/** Which requests a fault strikes. Everything omitted: the next one. */
export interface Fault {
  readonly kind: FaultKind;
  readonly method?: HttpMethod;
  /** As it stands in the URL, without the query; `*` is anything within a segment, `**` anything at all. */
  readonly path?: string;
  /** The first one that it strikes of those that match, counted from 1. */
  readonly nth?: number;
  /** How many it strikes, one after the other; 1 if omitted. */
  readonly count?: number | 'always';
  /** 429, 423, 477 and 5xx: the header `Retry-After`, as it is sent. Omitted: none, but an hour for 477. */
  readonly retryAfter?: number | string;
  /** 429: which limit is said to be reached; `TEN_SECONDLY_ROLLING` if omitted. */
  readonly policy?: LimitPolicy;
  /** 5xx and 429: a proxy's page or HubSpot's own body. Omitted: `html` for 5xx, `json` for 429. */
  readonly body?: 'html' | 'json';
  /** `drip`: how long the body takes. `latency`: how long each way takes. `index-delay`: until a write is found. */
  readonly ms?: number;
  /** `latency`: up to this much more, by chance, each way. */
  readonly jitterMs?: number;
}

/** A fault that cannot be, in words for whoever asked for it. */
export class BadFault extends Error {
  override readonly name = 'BadFault';
}

const policies: readonly LimitPolicy[] = [
  'TEN_SECONDLY_ROLLING',
  'SECONDLY',
  'SEARCH',
  'DAILY',
  'ASSOCIATIONS',
  'ASSOCIATIONS_DAILY',
];
const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const faultKinds: readonly FaultKind[] = [
  ...serverErrors.map((status) => `apply-then-${status}` as const),
  ...serverErrors.map((status) => `${status}` as const),
  ...refusals.map((status) => `${status}` as const),
  'apply-then-reset',
  'apply-then-hang',
  'drop',
  'hang',
  'truncated',
  'invalid-json',
  'drip',
  'latency',
  'index-delay',
];

/** Which kinds know a member; those that are not here belong to all. */
const owners: Readonly<Partial<Record<keyof Fault, RegExp>>> = {
  retryAfter: /\d{3}$/,
  policy: /^429$/,
  body: /(429|5\d\d)$/,
  ms: /^(drip|latency|index-delay)$/,
  jitterMs: /^latency$/,
};

/** Reads one fault, from JSON or from code. @throws BadFault */
export function readFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadFault(
      'A fault is an object such as {"kind":"apply-then-502","method":"POST","path":"/crm/**","nth":2}.',
    );
  }
  const said = new Map<string, unknown>(Object.entries(value).filter(([, member]) => member !== undefined));
  const kind = choice('kind', said.get('kind'), faultKinds);
  if (kind === undefined) throw new BadFault(`A fault needs a kind: ${faultKinds.join(', ')}.`);
  const members = ['kind', 'method', 'path', 'nth', 'count', 'retryAfter', 'policy', 'body', 'ms', 'jitterMs'];
  for (const name of said.keys()) {
    if (!members.includes(name))
      throw new BadFault(`${name} means nothing in a fault; there are ${members.join(', ')}.`);
  }
  for (const [name, kinds] of Object.entries(owners)) {
    if (said.has(name) && !kinds.test(kind)) throw new BadFault(`${name} means nothing for ${kind}.`);
  }
  if (kind === 'index-delay') {
    for (const name of ['method', 'path', 'nth', 'count']) {
      if (said.has(name))
        throw new BadFault(`${name} means nothing for index-delay, which holds until it is set again.`);
    }
  }
  const ms = milliseconds('ms', said.get('ms'));
  if (ms === undefined && owners.ms?.test(kind)) throw new BadFault(`${kind} needs ms, in milliseconds.`);
  const method = choice('method', said.get('method'), methods);
  const path = text('path', said.get('path'));
  if (path !== undefined && !/^[/*]/.test(path))
    throw new BadFault('path starts with / or *, as in "/crm/*/objects/**".');
  const nth = whole('nth', said.get('nth'));
  const count = said.get('count') === 'always' ? 'always' : whole('count', said.get('count'), ' or "always"');
  const retryAfter = readRetryAfter(said.get('retryAfter'));
  const policy = choice('policy', said.get('policy'), policies);
  const body = choice('body', said.get('body'), ['html', 'json'] as const);
  const jitterMs = milliseconds('jitterMs', said.get('jitterMs'));
  return {
    kind,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(nth !== undefined && { nth }),
    ...(count !== undefined && { count }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(policy !== undefined && { policy }),
    ...(body !== undefined && { body }),
    ...(ms !== undefined && { ms }),
    ...(jitterMs !== undefined && { jitterMs }),
  };
}

function choice<const T extends string>(name: string, value: unknown, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((each) => each === value);
  if (found === undefined) throw new BadFault(`${name} is one of ${choices.join(', ')}.`);
  return found;
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new BadFault(`${name} is a text.`);
}

function whole(name: string, value: unknown, otherwise = ''): number | undefined {
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1)) return value;
  throw new BadFault(`${name} is a whole number from 1${otherwise}.`);
}

function milliseconds(name: string, value: unknown): number | undefined {
  if (value === undefined || (typeof value === 'number' && value >= 0 && value <= 86_400_000)) return value;
  throw new BadFault(`${name} is a number of milliseconds, at most a day.`);
}

function readRetryAfter(value: unknown): string | number | undefined {
  if (value === undefined || (typeof value === 'number' && value >= 0)) return value;
  // What stands in a header must be fit for one.
  if (typeof value === 'string' && /^[\x20-\x7e]+$/.test(value)) return value;
  throw new BadFault('retryAfter is a number or the text of the header.');
}
