/** Asks the operator's own sources. What one of them does wrong is told, and disturbs nobody else. */

import { type Clock, within } from '../../clock.ts';
import type { PropertyFacts } from '../anomalies/types.ts';
import { acceptable } from './options.ts';
import type { Candidate, ProvidedValue, RecordToFill, ValueProvider } from './types.ts';

export interface AskedProviders {
  /** By record id, in the order of the providers. */
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
  /** What went wrong, one sentence of our own for each provider. */
  readonly notes: readonly string[];
}

export interface AskProviders {
  readonly providers: readonly ValueProvider[];
  readonly records: readonly RecordToFill[];
  readonly wanted: readonly string[];
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 5_000;
/** Records of one provider under way. */
const AT_ONCE = 4;
/** One that fails so often in a row is not asked for the rest. */
const GIVEN_UP_AFTER = 3;

export async function askProviders(asked: AskProviders): Promise<AskedProviders> {
  const candidates = new Map<string, Candidate[]>();
  const notes: string[] = [];
  const all = await Promise.all(asked.providers.map((provider) => askOne(provider, asked)));
  for (const { found, note } of all) {
    if (note !== undefined) notes.push(note);
    for (const [id, said] of found) candidates.set(id, [...(candidates.get(id) ?? []), ...said]);
  }
  return { candidates, notes };
}

async function askOne(provider: ValueProvider, asked: AskProviders) {
  const { objectTypes } = provider;
  const records = asked.records.filter(
    ({ objectType }) => objectTypes === undefined || objectTypes.includes(objectType),
  );
  const found = new Map<string, readonly Candidate[]>();
  let failures = 0;
  let inRow = 0;
  let refused = 0;
  let unasked = 0;
  const waiting = [...records];
  const work = async () => {
    for (let record = waiting.shift(); record !== undefined; record = waiting.shift()) {
      if (inRow >= GIVEN_UP_AFTER || asked.signal?.aborted) {
        unasked++;
        continue;
      }
      const said = await inTime(provider, record, asked);
      if (said === undefined) {
        failures++;
        inRow++;
        continue;
      }
      inRow = 0;
      const good = said.flatMap((value) => candidateOf(provider, value, asked));
      refused += said.length - good.length;
      found.set(record.id, good);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const troubles = [
    ...(failures > 0 ? [`failed for ${failures} of ${records.length} records`] : []),
    ...(unasked > 0 ? [`was not asked for ${unasked}`] : []),
    ...(refused > 0 ? [`said ${refused} values that the properties do not take`] : []),
  ];
  return { found, note: troubles.length === 0 ? undefined : `The provider ${provider.name} ${troubles.join(', ')}.` };
}

/** Undefined where it failed, or took too long; then its signal is aborted. */
async function inTime(
  { timeoutMs = TIMEOUT_MS, ...provider }: ValueProvider,
  { objectType, id, properties }: RecordToFill,
  { clock, wanted, signal }: AskProviders,
): Promise<readonly ProvidedValue[] | undefined> {
  const giveUp = new AbortController();
  const signals = signal === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, signal]);
  const ask = async (): Promise<unknown> =>
    provider.propose({ objectType, id, properties: { ...properties }, wanted }, signals);
  try {
    const said = await within(clock, timeoutMs, ask(), undefined);
    return Array.isArray(said) ? said.filter(isProvided) : undefined;
  } catch {
    // Whatever it threw is its own; that it failed is told by whoever asked.
    return undefined;
  } finally {
    giveUp.abort();
  }
}

function isProvided(said: unknown): said is ProvidedValue {
  if (typeof said !== 'object' || said === null) return false;
  const { property, value, confidence, evidence }: Partial<Record<keyof ProvidedValue, unknown>> = said;
  return (
    typeof property === 'string' &&
    typeof value === 'string' &&
    (confidence === undefined || (typeof confidence === 'number' && confidence >= 0 && confidence <= 1)) &&
    (evidence === undefined || typeof evidence === 'string')
  );
}

function candidateOf(
  { name }: ValueProvider,
  { property, value, confidence = 0.5, evidence }: ProvidedValue,
  { wanted, properties }: AskProviders,
): readonly Candidate[] {
  const facts = wanted.includes(property) ? properties.get(property) : undefined;
  const accepted = facts && acceptable(facts, value);
  if (accepted === undefined) return [];
  return [
    {
      property,
      value: accepted,
      source: `provider:${name}`,
      confidence,
      note: 'An outside provider says so.',
      ...(evidence !== undefined && { evidence: evidence.slice(0, 200) }),
    },
  ];
}
