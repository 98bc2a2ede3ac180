/** What an audit tells, as the JSON has it; the page and the Markdown are made of nothing else. */

import * as z from 'zod';

const severity = z.enum(['high', 'medium', 'low']);
const band = z.enum(['certain', 'likely', 'possible']);
const count = z.int().min(0);
const strangers = z.string().describe('text of records, cleaned of what cannot be seen');

const finding = z.object({
  fingerprint: z.string().describe('the same in a later audit; what dismiss_finding takes'),
  check: z.string(),
  title: z.string(),
  severity,
  objectType: z.string(),
  total: count.describe('records, or what else is counted'),
  recordIds: z.array(z.string()).describe('50 at most'),
  amount: z.number().optional().describe('money at stake, in the home currency'),
  statistic: z
    .object({
      name: z.string(),
      value: z.number(),
      threshold: z.number(),
      n: z.number(),
      p: z.number().optional(),
    })
    .optional(),
  evidence: z.record(z.string(), z.union([strangers, z.number()])),
  note: z.string().describe('what is wrong and why it matters'),
  fix: z
    .object({
      says: z.string().describe('in words'),
      tool: z.string(),
      arguments: z.record(z.string(), z.unknown()).optional().describe('left out where they are very long'),
      reversible: z.boolean(),
      note: z.string().optional(),
    })
    .optional(),
});

const cluster = z.object({
  ids: z.array(z.string()),
  labels: z.array(strangers),
  probability: z.number().min(0).max(1),
  band,
  for: z.array(z.string()),
  against: z.array(z.string()),
  review: z.string().optional().describe('why a person has to look whatever the probability'),
});

export const auditReport = z.object({
  kind: z.literal('hubspot-crm-mcp audit'),
  version: z.literal(1),
  account: z.object({
    portalId: z.int(),
    kind: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    records: z.string().optional().describe('where a record is shown: {objectTypeId} and {id} stand for its own'),
  }),
  asOf: z.iso.datetime().describe('changes up to then are in it'),
  summary: z
    .object({
      by: z.string().describe('template, or model:<name>'),
      headline: z.string(),
      bullets: z.array(
        z.object({
          text: z.string(),
          findingIds: z.array(z.string()).describe('fingerprints, or duplicates-<objectType>'),
        }),
      ),
      usd: z.number().optional().describe('what asking a model cost; left out where none was asked'),
      note: z.string().optional().describe('why the template stands, where a model was asked for'),
    })
    .optional(),
  grade: z
    .object({
      letter: z.string(),
      score: z.number(),
      formula: z.string(),
      types: z.array(
        z.object({
          objectType: z.string(),
          letter: z.string(),
          score: z.number(),
          parts: z.array(z.object({ name: z.string(), share: z.number(), weight: z.number() })),
        }),
      ),
    })
    .optional(),
  objectTypes: z.array(
    z.object({
      objectType: z.string(),
      objectTypeId: z.string(),
      label: z.string(),
      records: count,
      findings: z.object({ high: count, medium: count, low: count }),
    }),
  ),
  findings: z.array(finding).describe('the gravest first'),
  findingsLeftOut: count.describe('beyond the first 500'),
  severities: z.object({ high: count, medium: count, low: count }),
  checks: count.describe('that ran'),
  notRun: z.array(z.object({ check: z.string(), missing: z.array(z.string()) })),
  suppressed: count.describe('left out by the control of false discoveries'),
  dismissed: count,
  duplicates: z.array(
    z.object({
      objectType: z.string(),
      certain: count,
      likely: count,
      possible: count,
      extra: count.describe('records that would go if every cluster were one record'),
      clusters: z.array(cluster).describe('the likeliest 200'),
      oversized: count.describe('values that too many records share to be compared one by one'),
      proposedByHubSpot: count.optional(),
    }),
  ),
  fill: z.array(
    z.object({
      objectType: z.string(),
      property: z.string(),
      label: strangers,
      calculated: z.literal(true).optional().describe('HubSpot sets it'),
      rate: z.number().min(0).max(1),
    }),
  ),
  series: z.array(
    z.object({
      objectType: z.string(),
      firstDay: z.string(),
      counts: z.array(count),
      expected: z.array(z.number()),
      alarms: z.array(z.string()),
    }),
  ),
  ageing: z.object({
    ages: z.array(z.number()).describe('days; the last count of a stage is of older deals'),
    stages: z.array(z.object({ pipeline: strangers, stage: strangers, deals: z.array(count), amount: z.number() })),
  }),
  notes: z.array(z.string()),
});

export type AuditReport = z.output<typeof auditReport>;
export type ReportFinding = AuditReport['findings'][number];
export type ReportCluster = AuditReport['duplicates'][number]['clusters'][number];
export type Severity = z.output<typeof severity>;
export type Band = z.output<typeof band>;
