/** What people say is none: hidden from then on for everybody, told with every answer, and taken back by a word. */

import { createHash } from 'node:crypto';
import { ApprovalNeeded, type Consent } from '../approval/approval.ts';
import { UserError } from '../crm/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Dismissal, Memory } from '../snapshot/types.ts';
import { pairsNamed } from './pair-fingerprint.ts';
import type { Dismissing } from './types.ts';

/** Who dismisses, and whose word that needs. */
export interface Dismisser {
  readonly caller: string;
  readonly policy: Policy;
  readonly consent: Consent;
  /** The session has read text that people outside wrote. */
  readonly tainted: () => boolean;
}

/** As `fingerprintOf` makes them. */
const FINDING = /^[0-9a-f]{32}$/;
const SHOWN = 20;

/** @param wordsOf what a finding says, where it is known */
export function createDismissing(
  memory: Memory,
  { caller, policy, consent, tainted }: Dismisser,
  now: () => number,
  wordsOf: (fingerprint: string) => string | undefined,
): Dismissing {
  /** A text from outside may want its own finding hidden: then a person says whether it is. */
  function requirePerson(asked: readonly string[], fresh: readonly string[]): void {
    const decision = policy.decide({
      operation: 'dismiss',
      objectType: 'findings',
      properties: [],
      rows: fresh.length,
      tainted: tainted(),
      sandbox: false,
    });
    if (decision.verdict === 'refuse') throw new UserError(decision.code, decision.message, { next: decision.next });
    if (decision.verdict === 'allow' || (decision.withoutForm === 'allow' && !consent.canAsk)) return;
    const lines = fresh.slice(0, SHOWN).map((fingerprint) => {
      const words = wordsOf(fingerprint);
      return words === undefined ? fingerprint : `${fingerprint.slice(0, 8)} ${JSON.stringify(words)}`;
    });
    const hidden = fresh.length - lines.length;
    const request = {
      call: hashOf(['dismiss_finding', caller, [...asked].sort()]),
      digest: hashOf([...fresh].sort()),
      tool: 'dismiss_finding',
      reason: decision.reason,
      title: `Hide ${fresh.length} ${fresh.length === 1 ? 'finding' : 'findings'} from everybody`,
      lines: [...lines, ...(hidden > 0 ? [`… and ${hidden} more`] : [])],
      withoutForm: decision.withoutForm === 'allow' ? 'token' : decision.withoutForm,
    } as const;
    const given = consent.given(request);
    if (given !== 'yes') throw new ApprovalNeeded(request, given === 'no' ? undefined : given);
  }

  return {
    async dismiss(said, reason) {
      const all = named(said);
      const known = new Set((await memory.dismissals()).map(({ fingerprint }) => fingerprint));
      const fresh = all.filter((fingerprint) => !known.has(fingerprint));
      if (fresh.length > 0) requirePerson(all, fresh);
      const at = now();
      await memory.dismiss(
        fresh.map((fingerprint) => ({ fingerprint, by: caller, at, ...(reason !== undefined && { reason }) })),
      );
      return { fresh, already: all.length - fresh.length };
    },
    restore: async (said) => memory.restore(named(said)),
  };
}

function hashOf(said: object): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

function named(said: readonly string[]): readonly string[] {
  const meant = said.flatMap((fingerprint) => {
    const pairs = FINDING.test(fingerprint) ? [fingerprint] : pairsNamed(fingerprint);
    if (pairs !== undefined) return pairs;
    throw new UserError(
      'unknown_finding',
      `${JSON.stringify(fingerprint.slice(0, 80))} is neither the fingerprint of a finding nor a pair of records. Nothing was done.`,
      {
        next: 'Give fingerprints as find_anomalies lists them, or pair:<objectType>:<id>:<id> for records that are two.',
      },
    );
  });
  return [...new Set(meant)];
}

/** Who dismissed how many, the most first: `claude-ai/1.0: 12, last 2026-11-22`. */
export function byWhom(dismissals: readonly Dismissal[]): readonly string[] {
  const each = new Map<string, Dismissal[]>();
  for (const dismissal of dismissals) each.set(dismissal.by, [...(each.get(dismissal.by) ?? []), dismissal]);
  return [...each]
    .sort(([, x], [, y]) => y.length - x.length)
    .slice(0, MOST_NAMED)
    .map(([by, all]) => {
      const last = new Date(Math.max(...all.map(({ at }) => at))).toISOString().slice(0, 10);
      return `${by}: ${all.length}, last ${last}`;
    });
}

const MOST_NAMED = 3;
