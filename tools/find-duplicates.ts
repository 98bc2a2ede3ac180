import * as z from 'zod';
import { cursorAt, placeOf } from '../src/crm/cursors.ts';
import type { ObjectType } from '../src/crm/index.ts';
import { idsOfRow } from '../src/crm/row-of-ids.ts';
import { membersNow } from '../src/quality/cluster-labels.ts';
import { readingNote, readingShape } from '../src/quality/reading-note.ts';
import type { DuplicateScan, FoundCluster } from '../src/quality/types.ts';
import { defineTool, type ToolContext } from '../src/tool.ts';

/** Below it two records rather are two. */
const LEAST = 0.5;
const PAGE = 20;
const MOST_ROWS = 50;
/** One batch read says whether the members still exist. */
const MOST_MEMBERS = 100;
/** A cluster of more is for a person to look at: its row says how many more there are. */
const MOST_IDS = 4;
/** Of the evidence in a row; the strongest is there in any case. */
const LONGEST_WHY = 45;
/** Pairs of one cluster whose evidence is told. */
const MOST_PAIRS = 5;

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

export const findDuplicates = defineTool({
  name: 'find_duplicates',
  title: 'Find duplicates',
  description: `Find records that are one and the same, the likeliest first, and why.
ids of a row: all evidence. Custom objects need keys.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string(),
    ids: z.array(z.string()).optional(),
    minProbability: z.number().max(1).optional(),
    keys: z.array(z.string()).optional(),
    limit: z.int().optional(),
    after: z.string().optional(),
  }),
  output: z.object({
    ...readingShape,
    total: z.int().optional(),
    certain: z.int().optional(),
    likely: z.int().optional(),
    possible: z.int().optional(),
    asOf: z.string().optional(),
    calls: z.int().optional(),
    adjudicated: z.int().optional(),
    dismissed: z.int().optional(),
    dismissedBy: z.array(z.string()).optional(),
    nextCursor: z.string().optional(),
    columns: table.shape.columns.optional(),
    rows: table.shape.rows.optional(),
    cluster: z.array(z.string()).optional(),
    pairs: z
      .array(
        z.object({
          ids: z.array(z.string()),
          p: z.number(),
          for: z.array(z.string()),
          against: z.array(z.string()),
          veto: z.string().optional(),
          evidence: table,
        }),
      )
      .optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectType, minProbability = LEAST, ids: named, keys, limit = PAGE, after }, { crm, quality }) {
    const ids = named?.length ? idsOfRow(named, MOST_MEMBERS) : undefined;
    const type = await crm.objectTypes.resolve(objectType);
    const question = [type.id, minProbability, keys ?? []];
    const [version, offset] = (after === undefined ? '-0' : placeOf(after, question)).split('-').map(Number);
    const found = await quality.duplicates(type, {
      minProbability,
      ...(keys && { keys }),
      last: after !== undefined || ids !== undefined,
    });
    if (found.state === 'reading') return readingNote(found, 'find_duplicates');
    const scan = found.result;
    if (ids !== undefined) return detail(scan, ids);
    const page = await pageOf(scan.clusters, offset ?? 0, Math.max(1, Math.min(MOST_ROWS, limit)), type, {
      crm,
      quality,
    });
    const counts = { certain: 0, likely: 0, possible: 0 };
    for (const { band } of scan.clusters) counts[band]++;
    const oversized = scan.scan.oversized.length;
    const notes = [
      ...scan.notes,
      ...(after !== undefined && version !== scan.version
        ? ['Records have changed since the page before: rows may be missing or twice.']
        : []),
      ...(page.gone > 0 ? [`Left out, as archived or merged since: ${page.gone} of their records.`] : []),
      ...(oversized > 0
        ? [`Compared in part only, as so many records share a value: those of ${oversized} of the values.`]
        : []),
    ];
    return {
      total: scan.clusters.length,
      ...counts,
      asOf: new Date(scan.upTo).toISOString(),
      calls: scan.calls,
      ...(scan.adjudicated > 0 ? { adjudicated: scan.adjudicated } : {}),
      ...(scan.dismissed > 0 ? { dismissed: scan.dismissed, dismissedBy: [...scan.dismissedBy] } : {}),
      ...(page.next === undefined ? {} : { nextCursor: cursorAt(`${scan.version}-${page.next}`, question) }),
      columns: ['p', 'band', 'ids', 'labels', 'why'],
      rows: page.clusters.map((cluster) => rowOf(scan, cluster, page.labels)),
      ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
      ...(page.clusters.length === 0
        ? {}
        : {
            next: 'plan_merge with the ids of a row; dismiss_finding with pair:<objectType>:<ids> where they are two.',
          }),
    };
  },
});

/** Clusters whose members still are there, as many as one request can say it of. */
async function pageOf(
  all: readonly FoundCluster[],
  from: number,
  limit: number,
  type: ObjectType,
  { crm, quality }: Pick<ToolContext, 'crm' | 'quality'>,
) {
  let members = 0;
  const wanted = all
    .slice(from, from + limit)
    .filter(({ ids }, i) => (members += ids.length) <= MOST_MEMBERS || i === 0);
  const next = from + wanted.length < all.length ? from + wanted.length : undefined;
  const { labels, gone } = await membersNow(
    crm,
    type,
    wanted.flatMap(({ ids }) => ids),
  );
  if (gone.length > 0) await quality.merged(type, gone);
  const lost = new Set(gone);
  const clusters = wanted
    .map((cluster) => ({ ...cluster, ids: cluster.ids.filter((id) => !lost.has(id)) }))
    .filter(({ ids, weakest }) => ids.length > 1 && weakest.every((id) => !lost.has(id)));
  return { clusters, labels, next, gone: gone.length };
}

function rowOf(
  scan: DuplicateScan,
  { ids, probability, band, weakest, review }: FoundCluster,
  labels: ReadonlyMap<string, string>,
) {
  const why = review ?? briefly(scan.explain(...weakest).forInShort);
  const names = weakest.map((id) => labels.get(id) ?? id);
  const more = ids.length > MOST_IDS ? [`+${ids.length - MOST_IDS}`] : [];
  const shown = [...ids.slice(0, MOST_IDS), ...more].join(':');
  return [rounded(probability), band, shown, names.join(' | '), why];
}

/** The strongest of the evidence, whole, and how much more there is. */
function briefly([strongest = '', ...others]: readonly string[]): string {
  let told = strongest;
  let left = others.length;
  for (const each of others) {
    if (told.length + each.length > LONGEST_WHY) break;
    told += `; ${each}`;
    left--;
  }
  return left === 0 ? told : `${told}; +${left} more`;
}

/** Never 1: nobody is that sure. */
const rounded = (probability: number) => Math.min(0.999, Math.round(probability * 1000) / 1000);

function detail(scan: DuplicateScan, ids: readonly string[]) {
  const cluster = scan.clusters.find((each) => ids.every((id) => each.ids.includes(id)));
  const all = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => [a, b] as const));
  const pairs = all.slice(0, MOST_PAIRS).map(([a, b]) => {
    const { probability, waterfall, veto, ...said } = scan.explain(a, b);
    return {
      ids: [a, b],
      p: rounded(probability),
      for: [...said.for],
      against: [...said.against],
      ...(veto !== undefined && { veto }),
      evidence: {
        columns: ['field', 'level', 'a', 'b', 'bits', 'rarity'],
        rows: waterfall
          .filter(({ bits }) => bits !== 0)
          .map((step) => [
            step.field,
            step.level,
            step.a ?? null,
            step.b ?? null,
            Math.round(step.bits * 10) / 10,
            step.rarity ?? null,
          ]),
      },
    };
  });
  const notes = [
    ...(cluster === undefined ? ['These records are no cluster of the last scan.'] : []),
    ...(all.length > MOST_PAIRS ? [`${all.length - MOST_PAIRS} more pairs: give fewer ids to see them.`] : []),
  ];
  return {
    ...(cluster && { cluster: [...cluster.ids] }),
    pairs,
    asOf: new Date(scan.upTo).toISOString(),
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    ...(cluster === undefined ? {} : { next: 'plan_merge with these ids.' }),
  };
}
