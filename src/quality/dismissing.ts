/** What people say is none: hidden from then on for everybody, told with every answer, and taken back by a word. */

import { createHash } from 'node:crypto';
import { ApprovalNeeded, type Consent } from '../approval/approval.ts';
import type { Clock } from '../clock.ts';
import { type Crm, UserError } from '../crm/index.ts';
import { quote } from '../crm/words.ts';
import { proposalFingerprint } from '../enrich/values/compete.ts';
import type { Policy } from '../policy/index.ts';
import type { Dismissal, Memory } from '../snapshot/types.ts';
import { pairNamed, pairsOf } from './pair-fingerprint.ts';
import type { Dismissing } from './types.ts';

/** Who dismisses, and whose word that needs. */
export interface Dismisser {
  readonly caller: string;
  readonly policy: Policy;
  readonly consent: Consent;
  /** The session has read text that people outside wrote. */
  readonly tainted: () => boolean;
}

/** As `fingerprintsOf` makes them. */
const FINDING = /^[0-9a-f]{32}$/;
/** A value that was proposed: `value:contacts:101:industry:BANKING`. */
const VALUE = /^value:([^:]{1,150}):(\d{1,18}):(\w{1,150}):([^]+)$/;
const SHOWN = 20;

interface DismissingParts {
  readonly memory: Memory;
  readonly by: Dismisser;
  readonly clock: Pick<Clock, 'now'>;
  readonly objectTypes: Crm['objectTypes'];
  /** What a finding says, where it is known. */
  readonly wordsOf: (fingerprint: string) => string | undefined;
}

export function createDismissing({ memory, by, clock, objectTypes, wordsOf }: DismissingParts): Dismissing {
  const { caller, policy, consent, tainted } = by;

  /** A text from outside may want its own finding hidden: then a person says whether it is. */
  function requirePerson(named: ReadonlyMap<string, string>, fresh: readonly string[]): void {
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
      return words === undefined
        ? (named.get(fingerprint) ?? fingerprint)
        : `${fingerprint.slice(0, 8)} ${JSON.stringify(words)}`;
    });
    const hidden = fresh.length - lines.length;
    const request = {
      call: hashOf(['dismiss_finding', caller, [...named.keys()].sort()]),
      at: consent.at,
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

  /**
   * By the fingerprints under which they are kept, how a person may know them.
   * @throws UserError `unknown_finding`, `unknown_object_type`
   */
  async function named(said: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const each of said) {
      for (const fingerprint of await meantBy(each.trim()))
        found.set(fingerprint, FINDING.test(fingerprint) ? quote(each) : fingerprint);
    }
    return found;
  }

  const typeNamed = async (said: string) => (await objectTypes.resolve(said)).name;

  async function meantBy(said: string): Promise<readonly string[]> {
    if (FINDING.test(said)) return [said];
    const [, of, id = '', property = '', value = ''] = VALUE.exec(said) ?? [];
    if (of !== undefined) return [proposalFingerprint({ objectType: await typeNamed(of), id }, property, value)];
    const pairs = pairNamed(said);
    if (pairs !== undefined) return pairsOf(await typeNamed(pairs.objectType), pairs.ids);
    throw new UserError(
      'unknown_finding',
      `${quote(said)} is neither the fingerprint of a finding nor a pair of records or a value. Nothing was done.`,
      {
        next: 'Give fingerprints as find_anomalies lists them, pair:<objectType>:<id>:<id> for records that are two, or value:<objectType>:<id>:<property>:<value> as suggest_values lists them.',
      },
    );
  }

  return {
    async dismiss(said, reason) {
      const all = await named(said);
      const known = new Set((await memory.dismissals()).map(({ fingerprint }) => fingerprint));
      const fresh = [...all.keys()].filter((fingerprint) => !known.has(fingerprint));
      if (fresh.length > 0) requirePerson(all, fresh);
      const at = clock.now();
      await memory.dismiss(
        fresh.map((fingerprint) => ({ fingerprint, by: caller, at, ...(reason !== undefined && { reason }) })),
      );
      return { fresh, already: all.size - fresh.length };
    },
    restore: async (said) => memory.restore([...(await named(said)).keys()]),
  };
}

function hashOf(said: object): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
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
