import * as z from 'zod';
import { failed, filterGroupsAsInSearch } from '../src/crm/schemas.ts';
import type { Proposal } from '../src/enrich/values/types.ts';
import { numbered } from '../src/quality/numbered.ts';
import { defineTool } from '../src/tool.ts';

const NEXT =
  'Write what a person agrees to with update_records, as example does for the first record: expected holds `now` of each row, "" for none. What a person says no to: dismiss_finding with value:<objectType>:<id>:<property>:<value>.';

export const suggestValues = defineTool({
  name: 'suggest_values',
  title: 'Suggest values',
  description: `Propose values for empty or unclean properties, with reasons.
Writes nothing.`,
  toolset: 'quality',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string(),
    ids: z.array(z.string()).max(100).optional(),
    filterGroups: filterGroupsAsInSearch.optional(),
    properties: z.array(z.string()).optional(),
    useModel: z.boolean().optional(),
    overwrite: z.boolean().optional(),
  }),
  output: z.object({
    objectType: z.string(),
    /** How many were looked at. */
    records: z.int(),
    asOf: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.null()]))),
    /** What `why` of a row stands for. */
    reasons: z
      .array(z.object({ why: z.string(), source: z.string(), confidence: z.number(), note: z.string() }))
      .optional(),
    /** How the proposals of one record are written. */
    example: z
      .object({
        tool: z.string(),
        arguments: z.object({
          objectType: z.string(),
          records: z.array(
            z.object({
              id: z.string(),
              properties: z.record(z.string(), z.string()),
              expected: z.record(z.string(), z.string()),
            }),
          ),
        }),
      })
      .optional(),
    usd: z.number().optional(),
    failed: failed.optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectType, ...said }, { crm, quality: { enrichment } }) {
    const enriching = await import('../src/quality/suggest-values.ts');
    const type = await crm.objectTypes.resolve(objectType);
    const { proposals, failed: lost, records, notes, usd } = await enriching.suggestValues(crm, type, enrichment, said);
    return {
      objectType: type.name,
      records,
      asOf: new Date(enrichment.clock.now()).toISOString(),
      ...tableOf(proposals),
      ...(proposals.length > 0 && { example: exampleOf(type.name, proposals), next: NEXT }),
      ...(usd !== undefined && { usd }),
      ...(lost.length > 0 && { failed: [...lost] }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
    };
  },
});

/** Most proposals have one of a few reasons: a row has its number. */
function tableOf(proposals: readonly Proposal[]) {
  const reasons = numbered<Pick<Proposal, 'source' | 'confidence' | 'note'>>();
  const beside = {
    evidence: proposals.some(({ evidence }) => evidence !== undefined),
    others: proposals.some(({ others }) => others.length > 0),
  };
  const rows = proposals.map(({ id, property, now, value, source, confidence, note, evidence, others }) => [
    id,
    property,
    now === '' ? null : now,
    value,
    reasons.of({ source, confidence, note }),
    ...(beside.evidence ? [evidence ?? null] : []),
    ...(beside.others ? [others.map(inWords).join(' | ') || null] : []),
  ]);
  return {
    columns: [
      'id',
      'property',
      'now',
      'value',
      'why',
      ...(beside.evidence ? ['evidence'] : []),
      ...(beside.others ? ['others'] : []),
    ],
    rows,
    ...(rows.length > 0 && { reasons: reasons.all().map(({ number: why, thing }) => ({ why, ...thing })) }),
  };
}

function inWords({ value, source, confidence }: Proposal['others'][number]): string {
  return `${value} (${source} ${confidence})`;
}

/** A call for the first record, which is refused where somebody was faster. */
function exampleOf(objectType: string, proposals: readonly Proposal[]) {
  const [first] = proposals;
  const own = proposals.filter(({ id }) => id === first?.id);
  const record = {
    id: first?.id ?? '',
    properties: Object.fromEntries(own.map(({ property, value }) => [property, value])),
    expected: Object.fromEntries(own.map(({ property, now }) => [property, now])),
  };
  return { tool: 'update_records', arguments: { objectType, records: [record] } };
}
