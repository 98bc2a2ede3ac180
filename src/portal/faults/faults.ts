/** Lets requests go wrong as they do on the way to HubSpot and behind it. */

import { type Clock, type Random, sleep } from '../../clock.ts';
import type { HttpRequest, HttpResponse } from '../../fetch.ts';
import type { LimitPolicy, LimitReached } from '../limits.ts';
import { toResponse } from '../to-response.ts';
import { brokenAnswer } from './broken-answers.ts';
import { type Delivery, drip } from './delivery.ts';
import { type Fault, readFault } from './fault.ts';

export interface SetFault extends Fault {
  readonly id: string;
  /** How many requests matched it since it was set, and how many of them it struck. */
  readonly matched: number;
  readonly struck: number;
}

export interface Faults {
  /** Of several that are due for a request the one that was set first strikes; latencies add up. @throws BadFault */
  add(fault: Fault): SetFault;
  list(): readonly SetFault[];
  /** Takes one away, or all; whether there was one. */
  remove(id: string): boolean;
  clear(): void;
  /** Counts the request, and gives what it will meet. */
  meet(request: HttpRequest): Encounter;
}

/** What one request meets. */
export interface Encounter {
  /** Its kind, for the log. */
  readonly fault: Fault | undefined;
  /** The request's way to the portal, and the answer's way back. @throws the signal's reason */
  travel(): Promise<void>;
  /** Lets the portal `answer` or not, and spoils the answer. */
  deliver(answer: () => Promise<HttpResponse>): Promise<Delivery>;
}

const unharmed: Encounter = {
  fault: undefined,
  travel: () => Promise.resolve(),
  deliver: async (answer) => ({ kind: 'whole', response: await answer() }),
};

interface Entry {
  readonly id: string;
  readonly fault: Fault;
  readonly matches: (method: string, path: string) => boolean;
  matched: number;
  struck: number;
}

export function createFaults(options: {
  clock: Clock;
  random: Random;
  refusal: (policy: LimitPolicy) => LimitReached;
  /** Milliseconds; undefined for what the portal was opened with. */
  setIndexDelay: (ms: number | undefined) => void;
}): Faults {
  const { clock, random } = options;
  let entries: Entry[] = [];
  let last = 0;

  /** Whether it strikes the request that it has just counted. */
  const isDue = ({ fault, matched, struck }: Entry) =>
    matched >= (fault.nth ?? 1) && (fault.count === 'always' || struck < (fault.count ?? 1));

  const strike = (entry: Entry | undefined): Fault | undefined => {
    if (entry) entry.struck++;
    return entry?.fault;
  };

  return {
    add(said) {
      const fault = readFault(said);
      const entry = { id: String(++last), fault, matches: matcher(fault), matched: 0, struck: 0 };
      if (fault.kind === 'index-delay') {
        entries = entries.filter((other) => other.fault.kind !== 'index-delay');
        options.setIndexDelay(fault.ms);
      }
      entries.push(entry);
      return present(entry);
    },
    list: () => entries.map(present),
    remove(id) {
      const gone = entries.find((entry) => entry.id === id);
      entries = entries.filter((entry) => entry !== gone);
      if (gone?.fault.kind === 'index-delay') options.setIndexDelay(undefined);
      return gone !== undefined;
    },
    clear() {
      entries = [];
      options.setIndexDelay(undefined);
    },
    meet(request) {
      if (entries.length === 0) return unharmed;
      const path = URL.canParse(request.url, 'http://portal') ? new URL(request.url, 'http://portal').pathname : '/';
      const matching = entries.filter(({ fault, matches }) => {
        return fault.kind !== 'index-delay' && matches(request.method, path);
      });
      for (const entry of matching) entry.matched++;
      const due = matching.filter(isDue);
      const latencies = due.filter((entry) => entry.fault.kind === 'latency').flatMap((entry) => strike(entry) ?? []);
      const fault = strike(due.find((entry) => entry.fault.kind !== 'latency'));
      return {
        fault: fault ?? latencies[0],
        async travel() {
          if (latencies.length === 0) return;
          const ms = latencies.reduce((sum, each) => sum + (each.ms ?? 0) + random.float() * (each.jitterMs ?? 0), 0);
          await sleep(clock, ms, request.signal);
        },
        deliver: (answer) => deliver(fault, request, answer),
      };
    },
  };

  async function deliver(
    fault: Fault | undefined,
    { signal }: HttpRequest,
    answer: () => Promise<HttpResponse>,
  ): Promise<Delivery> {
    if (!fault) return { kind: 'whole', response: await answer() };
    if (fault.kind === 'invalid-json') return { kind: 'whole', response: halved(await answer()) };
    if (fault.kind === 'truncated') {
      const response = await answer();
      return response.body.length === 0 ? { kind: 'reset' } : { kind: 'truncated', response };
    }
    if (fault.kind === 'drip') {
      const response = await answer();
      return { kind: 'drip', response, pieces: drip(response, { clock, ms: fault.ms ?? 0, signal }) };
    }
    const effect = fault.kind.replace('apply-then-', '');
    if (effect !== fault.kind) await answer();
    if (effect === 'reset' || effect === 'drop') return { kind: 'reset' };
    if (effect === 'hang') return { kind: 'hang' };
    const correlationId = random.uuid();
    const broken = brokenAnswer(fault, Number(effect), correlationId, options.refusal);
    return { kind: 'whole', response: toResponse(broken, correlationId) };
  }
}

function present({ id, fault, matched, struck }: Entry): SetFault {
  return { id, ...fault, matched, struck };
}

function matcher({ method, path }: Fault): (method: string, path: string) => boolean {
  if (path === undefined) return (asked) => method === undefined || method === asked;
  const pattern = path
    .split(/(\*+)/)
    .map((part) =>
      part === '*' ? '[^/]*' : part.startsWith('**') ? '.*' : part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'),
    )
    .join('');
  const whole = new RegExp(`^${pattern}$`);
  return (asked, at) => (method === undefined || method === asked) && whole.test(at);
}

/** Its length is right and its JSON ends in the middle. */
function halved(response: HttpResponse): HttpResponse {
  const { body } = response;
  const half = Math.ceil(body.length / 2);
  return { ...response, body: typeof body === 'string' ? body.slice(0, half) : body.subarray(0, half) };
}
