/** Duplicates and anomalies for every call of a process: one copy of the portal, one scan at a time of each kind. */

import type { Clock, Random } from '../clock.ts';
import { type Crm, UserError } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Memory, Snapshot } from '../snapshot/types.ts';
import { pairsNamed } from './pair-fingerprint.ts';
import type { Quality } from './types.ts';

export interface QualityOptions {
  readonly clock: Clock;
  /** As the operator's policy lets it be seen: what it hides never comes into the copy. */
  readonly hubspot: HubSpot;
  /** Where the copy is kept; in memory where there is none. */
  readonly folder: () => Promise<string | undefined>;
  readonly random: Random;
  /** For the operator. */
  readonly log: (message: string) => void;
}

/** What one call brings. */
export interface QualityCall {
  /** As the call's own policy lets it be seen. */
  readonly crm: Crm;
  readonly options: CallOptions;
  readonly caller: string;
  progress(done: number, total?: number, message?: string): void;
}

export interface QualityService {
  forCall(call: QualityCall): Quality;
  /** Stops reading at the end of a page; the next process goes on there. */
  close(): Promise<void>;
}

export function createQuality({ clock, hubspot, folder, random, log }: QualityOptions): QualityService {
  let opened: Promise<Snapshot> | undefined;
  const snapshot = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  async function open(): Promise<Snapshot> {
    const [{ openSnapshot }, place] = await Promise.all([import('../snapshot/index.ts'), folder()]);
    return openSnapshot({ hubspot, clock, owner: random.uuid(), log, ...(place !== undefined && { folder: place }) });
  }
  const memory = lateMemory(async () => (await snapshot()).memory);

  return {
    forCall: ({ caller }) => ({
      memory,
      duplicates: async () => Promise.reject(new UserError('not_possible', 'The matcher is not there yet.')),
      anomalies: async () => Promise.reject(new UserError('not_possible', 'The checks are not there yet.')),
      dismiss: (fingerprints, reason) => dismiss(memory, fingerprints, reason, caller, clock.now()),
      async merged(type, ids) {
        await (await snapshot()).forget(type, ids);
      },
    }),
    async close() {
      await (await opened)?.close();
    },
  };
}

function lateMemory(get: () => Promise<Memory>): Memory {
  return {
    dismissals: async () => (await get()).dismissals(),
    dismiss: async (dismissals) => (await get()).dismiss(dismissals),
    told: async (fingerprints) => (await get()).told(fingerprints),
    tell: async (fingerprints, at) => (await get()).tell(fingerprints, at),
    judgements: async (objectType) => (await get()).judgements(objectType),
    judge: async (objectType, judgements) => (await get()).judge(objectType, judgements),
    cached: async (key) => (await get()).cached(key),
    cache: async (key, answer, at) => (await get()).cache(key, answer, at),
  };
}

/** As `fingerprintOf` makes them. */
const FINDING = /^[0-9a-f]{32}$/;

async function dismiss(
  memory: Memory,
  said: readonly string[],
  reason: string | undefined,
  by: string,
  at: number,
): Promise<readonly string[]> {
  const meant = said.flatMap((fingerprint) => {
    const pairs = FINDING.test(fingerprint) ? [fingerprint] : pairsNamed(fingerprint);
    if (pairs !== undefined) return pairs;
    throw new UserError(
      'unknown_finding',
      `${JSON.stringify(fingerprint.slice(0, 80))} is neither the fingerprint of a finding nor a pair of records. Nothing was dismissed.`,
      {
        next: 'Give fingerprints as find_anomalies lists them, or pair:<objectType>:<id>:<id> for records that are two.',
      },
    );
  });
  const known = new Set((await memory.dismissals()).map(({ fingerprint }) => fingerprint));
  const fresh = [...new Set(meant)].filter((fingerprint) => !known.has(fingerprint));
  await memory.dismiss(fresh.map((fingerprint) => ({ fingerprint, by, at, ...(reason !== undefined && { reason }) })));
  return fresh;
}
