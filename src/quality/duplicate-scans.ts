/** Scans for duplicates: the last ones are kept as long as the copy stays what it was. */

import type { ObjectType } from '../crm/index.ts';
import { UserError } from '../crm/index.ts';
import { quote } from '../crm/words.ts';
import type { Cluster, Matcher } from '../enrich/duplicates/types.ts';
import { weighed } from '../enrich/openai/weigh.ts';
import { type Table, textAt } from '../enrich/table.ts';
import type { HubSpot } from '../hubspot/index.ts';
import type { Dismissal, StoredJudgement } from '../snapshot/types.ts';
import type { Compared } from './compared.ts';
import { broughtUpToDate, type CopyParts } from './copies.ts';
import { byWhom } from './dismissing.ts';
import { createHubSpotPairs } from './hubspot-pairs.ts';
import type { Task } from './joined.ts';
import { idsOfPair, pairFingerprint } from './pair-fingerprint.ts';
import { rowWith } from './row-with.ts';
import { sameKeys } from './same-keys.ts';
import { standing } from './standing.ts';
import type { DuplicateScan, FoundCluster } from './types.ts';

export interface DuplicateScans {
  scan(key: string, type: ObjectType, compared: Compared, task: Task): Promise<KeptScan>;
  last(key: string): KeptScan | undefined;
}

export interface KeptScan {
  readonly objectType: string;
  readonly matcher: Matcher;
  readonly version: number;
  readonly upTo: number;
  readonly calls: number;
  readonly proposed: number | undefined;
  readonly notes: readonly string[];
  /** Pairs of which a model's word counts. */
  readonly adjudicated: number;
  /** What was said of pairs before it. */
  readonly judged: ReadonlySet<string>;
}

export interface ScanParts extends CopyParts {
  readonly hubspot: HubSpot;
  readonly country: string | undefined;
}

/** Of a million records each holds some hundred megabytes. */
const KEPT = 2;

export function createDuplicateScans(parts: ScanParts): DuplicateScans {
  const kept = new Map<string, KeptScan>();
  const hubspotPairs = createHubSpotPairs(parts.hubspot, parts.clock);

  async function scan(key: string, type: ObjectType, compared: Compared, task: Task): Promise<KeptScan> {
    const fresh = await broughtUpToDate(type, compared.properties, task, parts);
    const snapshot = await parts.snapshot();
    const proposed = await hubspotPairs(type, task.signal);
    const [dismissals, judgements] = await Promise.all([
      snapshot.memory.dismissals(),
      snapshot.memory.judgements(type.name),
    ]);
    const dismissed = dismissals.map(({ fingerprint }) => fingerprint);
    const before = kept.get(key);
    const judged = new Set([...dismissed, ...judgements.map((said) => wordOf(type.name, said))]);
    const found = {
      objectType: type.name,
      version: fresh.version,
      upTo: fresh.upTo ?? 0,
      calls: fresh.calls + proposed.calls,
      proposed: proposed.pairs?.length,
      notes: notesOf(fresh.unaccounted, proposed.trouble),
      judged,
    };
    const same = before?.version === fresh.version && before.proposed === found.proposed;
    if (same && !mattersTo(before, judged))
      return keep(key, { ...found, matcher: before.matcher, judged: before.judged, adjudicated: before.adjudicated });
    const { findDuplicates } = await import('../enrich/duplicates/index.ts');
    const table = await snapshot.table(type, compared.properties);
    const said = weighed([
      ...standing(judgements, table, compared.kind),
      ...dismissed.flatMap((fingerprint) => different(type.name, fingerprint)),
    ]);
    const matcher = await findDuplicates(table, {
      kind: compared.kind,
      ...(compared.keys.length > 0 && { keys: compared.keys }),
      ...(parts.country !== undefined && { country: parts.country }),
      judgements: [...said, ...sameKeys(table, compared.keys)],
      ...(proposed.pairs && { proposed: proposed.pairs }),
      signal: task.signal,
      progress: (read, of) => task.tell({ step: 'Comparing', objectType: type.name, read, of }),
    });
    return keep(key, { ...found, matcher, adjudicated: said.filter(({ bits }) => bits !== undefined).length });
  }

  function keep(key: string, scanned: KeptScan): KeptScan {
    kept.delete(key);
    kept.set(key, scanned);
    for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    return scanned;
  }

  return { scan, last: (key) => kept.get(key) };
}

function notesOf(unaccounted: number, trouble: string | undefined): readonly string[] {
  return [
    ...(unaccounted === 0
      ? []
      : [
          `HubSpot's own count differs from the copy's by ${unaccounted}: records that were just made, archived or merged. What is shown was read again.`,
        ]),
    ...(trouble === undefined ? [] : ["HubSpot's own pairs could not be read just now, so they do not count here."]),
  ];
}

const wordOf = (objectType: string, { a, b, same, by, bits }: StoredJudgement) =>
  `${pairFingerprint(objectType, a, b)} ${same} ${by} ${bits ?? ''}`;

/** A pair of persons that somebody said are two. */
function different(objectType: string, fingerprint: string) {
  const pair = idsOfPair(objectType, fingerprint);
  return pair === undefined ? [] : [{ a: pair[0], b: pair[1], same: false, by: 'person' } as const];
}

/**
 * Whether what was said since, or taken back, would give other clusters: that a cluster of two is none needs no new scan,
 * unless one of the two has something in common with a third.
 */
function mattersTo({ judged, matcher, objectType }: KeptScan, now: ReadonlySet<string>): boolean {
  const own = (word: string) => word.startsWith(`pair:${objectType}:`);
  if ([...judged].some((word) => own(word) && !now.has(word))) return true;
  const fresh = [...now].filter((word) => own(word) && !judged.has(word));
  if (fresh.length === 0) return false;
  const { scan, table } = matcher;
  const links = new Map<number, number>();
  for (const { members } of scan.clusters) if (members.length > 2) for (const row of members) links.set(row, 2);
  for (const { a, b, probability, veto } of scan.pairs) {
    if (probability < LEAST || veto !== undefined) continue;
    for (const row of [a, b]) links.set(row, (links.get(row) ?? 0) + 1);
  }
  return fresh.some((word) => {
    const rows = idsOfPair(objectType, word)?.map((id) => rowWith(table, id) ?? -1);
    return rows === undefined || rows.some((row) => (links.get(row) ?? 0) > 1);
  });
}

/** A scan as one call sees it. @param dismissals of findings too */
export function shownScan(
  { matcher, objectType, upTo, version, calls, proposed, notes, adjudicated }: KeptScan,
  minProbability: number,
  dismissals: readonly Dismissal[],
): DuplicateScan {
  const own = dismissals.filter(({ fingerprint }) => fingerprint.startsWith(`pair:${objectType}:`));
  const dismissed = new Set(own.map(({ fingerprint }) => fingerprint));
  const { scan, table } = matcher;
  const all = minProbability > LEAST ? matcher.clustersFrom(minProbability) : scan.clusters;
  const clusters = all
    .map((cluster) => withDoubt(foundCluster(cluster, table), objectType, dismissed))
    .filter(
      ({ ids: [a = '', b = '', ...more] }) => more.length > 0 || !dismissed.has(pairFingerprint(objectType, a, b)),
    );
  return {
    scan,
    table,
    clusters,
    upTo,
    version,
    calls,
    notes,
    adjudicated,
    dismissed: own.length,
    dismissedBy: byWhom(own),
    ...(proposed !== undefined && { proposedByHubSpot: proposed }),
    explain: (a, b) => matcher.explain(rowOf(table, a), rowOf(table, b)),
  };
}

/** Below it two records rather are two. */
export const LEAST = 0.5;

/** Somebody said of two of them that they are two. */
function withDoubt(cluster: FoundCluster, objectType: string, dismissed: ReadonlySet<string>): FoundCluster {
  const { ids } = cluster;
  const doubted = ids.some((a, i) => ids.slice(i + 1).some((b) => dismissed.has(pairFingerprint(objectType, a, b))));
  return doubted ? { ...cluster, review: 'Two of them were said to be two.' } : cluster;
}

function foundCluster({ members, pairs, probability, band, review }: Cluster, table: Table): FoundCluster {
  const idAt = (row: number) => textAt(table.ids, row);
  const weakest = pairs.at(-1);
  const [a = 0, b = 0] = weakest === undefined ? members : [weakest.a, weakest.b];
  return {
    ids: members.map(idAt),
    probability,
    band,
    weakest: [idAt(a), idAt(b)],
    ...(review !== undefined && { review }),
  };
}

function rowOf(table: Table, id: string): number {
  const row = rowWith(table, id);
  if (row !== undefined) return row;
  throw new UserError('unknown_record', `${quote(id)} is none of the ${table.objectType} that were compared.`, {
    property: 'ids',
    next: 'It may be archived or merged, or newer than the last scan: find_duplicates without ids scans anew.',
  });
}
