import * as z from 'zod';
import { cursorAt, placeOf } from '../src/crm/cursors.ts';
import { quote } from '../src/crm/words.ts';
import { knownBy } from '../src/enrich/anomalies/fingerprint.ts';
import type { AnomalyReport, Finding, Severity } from '../src/enrich/anomalies/types.ts';
import { readingNote, readingShape } from '../src/quality/reading-note.ts';
import type { Memory } from '../src/snapshot/types.ts';
import { defineTool } from '../src/tool.ts';

const severities = ['low', 'medium', 'high'] as const satisfies readonly Severity[];
/** Enough to look at some; with fingerprints all that the finding has. */
const SHOWN_IDS = 3;
/** A longer call is told with fingerprints only. */
const LONGEST_FIX = 300;
const MOST_MISSING = 8;
const PAGE = 20;
const MOST_FINDINGS = 100;

const NEXT =
  'find_anomalies without fingerprints lists what is open; with the objectTypes and checks of the call that told of it, it is looked for among the same. What was dismissed comes back by dismiss_finding with restore.';

const value = z.union([z.string(), z.number()]);

export const findAnomalies = defineTool({
  name: 'find_anomalies',
  title: 'Find anomalies',
  description: `Find what is wrong, odd or stale, the gravest first, with fixes.
fingerprints: the first 50 records, whole fixes.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'read',
  scopes: [],
  input: z.object({
    objectTypes: z.array(z.string()).optional(),
    checks: z.array(z.string()).optional(),
    severity: z.enum(severities).optional().describe('At least'),
    fingerprints: z.array(z.string()).optional(),
    limit: z.int().optional(),
    after: z.string().optional(),
  }),
  output: z.object({
    ...readingShape,
    total: z.int().optional(),
    high: z.int().optional(),
    medium: z.int().optional(),
    low: z.int().optional(),
    dismissed: z.int().optional(),
    dismissedBy: z.array(z.string()).optional(),
    records: z.record(z.string(), z.int()).optional(),
    asOf: z.string().optional(),
    calls: z.int().optional(),
    nextCursor: z.string().optional(),
    findings: z
      .array(
        z.object({
          fingerprint: z.string(),
          check: z.string(),
          severity: z.enum(severities),
          objectType: z.string(),
          total: z.int(),
          ids: z.array(z.string()),
          statistic: z.string().optional(),
          evidence: z.record(z.string(), value).optional(),
          note: z.string(),
          fix: z
            .object({
              tool: z.string(),
              arguments: z.record(z.string(), z.unknown()).optional(),
              reversible: z.boolean(),
              note: z.string().optional(),
            })
            .optional(),
        }),
      )
      .optional(),
    notRun: z.array(z.object({ missing: z.string(), checks: z.array(z.string()) })).optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectTypes, checks, severity = 'low', fingerprints: named, limit = PAGE, after }, { quality }) {
    const fingerprints = named?.length ? named : undefined;
    const question = [objectTypes ?? [], checks ?? [], severity];
    const from = after === undefined ? 0 : Number(placeOf(after, question));
    const found = await quality.anomalies({
      ...(objectTypes?.length && { objectTypes }),
      ...(checks?.length && { checks }),
      last: after !== undefined || fingerprints !== undefined,
    });
    if (found.state === 'reading') return readingNote(found, 'find_anomalies');
    const { report, dismissed, dismissedBy, records, upTo, calls, notes } = found.result;
    const isGrave = (each: Finding) => severities.indexOf(each.severity) >= severities.indexOf(severity);
    const asked = report.findings.filter(
      fingerprints === undefined ? isGrave : (each) => knownBy(each).some((known) => fingerprints.includes(known)),
    );
    const page =
      fingerprints === undefined ? asked.slice(from, from + Math.max(1, Math.min(MOST_FINDINGS, limit))) : asked;
    const end = from + page.length;
    const milder = fingerprints === undefined ? report.findings.length - asked.length : 0;
    const unknown = fingerprints?.filter((said) => !asked.some((each) => knownBy(each).includes(said))) ?? [];
    const said = [
      ...notes,
      ...(milder > 0 ? [`Left out, as they are milder: ${milder} more.`] : []),
      ...(await whyNot(unknown, quality.memory)),
      ...(report.suppressed > 0 ? [`Left out, as they could be chance: ${report.suppressed} more.`] : []),
    ];
    return {
      total: asked.length,
      ...countsOf(asked),
      ...(dismissed > 0 ? { dismissed, dismissedBy: [...dismissedBy] } : {}),
      records: Object.fromEntries(records),
      asOf: new Date(upTo).toISOString(),
      calls,
      ...(fingerprints === undefined && end < asked.length ? { nextCursor: cursorAt(String(end), question) } : {}),
      findings: page.map((finding) => shown(finding, fingerprints !== undefined)),
      ...(report.notRun.length > 0 ? { notRun: byMissing(report.notRun) } : {}),
      ...(said.length > 0 ? { note: said.join(' ') } : {}),
      ...(unknown.length > 0 ? { next: NEXT } : {}),
    };
  },
});

/** Of what was asked for, on all pages. */
function countsOf(findings: readonly Finding[]) {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Why these fingerprints are of no finding that is shown. */
async function whyNot(unknown: readonly string[], memory: Pick<Memory, 'dismissals'>): Promise<readonly string[]> {
  if (unknown.length === 0) return [];
  const dismissals = new Map((await memory.dismissals()).map((each) => [each.fingerprint, each]));
  const hidden = unknown.flatMap((fingerprint) => dismissals.get(fingerprint) ?? []);
  const others = unknown.filter((fingerprint) => !dismissals.has(fingerprint));
  return [
    ...hidden.map(
      ({ fingerprint, by, at }) =>
        `${fingerprint} was dismissed by ${quote(by)} on ${new Date(at).toISOString().slice(0, 10)}.`,
    ),
    ...(others.length > 0
      ? [`No open finding has ${others.map(quote).join(', ')}: it was mended, or never was one.`]
      : []),
  ];
}

function shown(
  { recordIds, statistic, evidence, fix, amount: _amount, alsoKnownBy: _known, ...finding }: Finding,
  whole: boolean,
) {
  const small = fix !== undefined && JSON.stringify(fix.arguments).length <= LONGEST_FIX;
  return {
    ...finding,
    ids: recordIds.slice(0, whole ? undefined : SHOWN_IDS),
    ...(statistic && { statistic: inOneLine(statistic) }),
    ...(Object.keys(evidence).length > 0 && { evidence: { ...evidence } }),
    ...(fix && {
      fix: {
        tool: fix.tool,
        reversible: fix.reversible,
        ...((whole || small) && { arguments: { ...fix.arguments } }),
        ...(fix.note !== undefined && { note: fix.note }),
      },
    }),
  };
}

function inOneLine({ name, value: found, threshold, n, p }: NonNullable<Finding['statistic']>): string {
  return `${name}: ${short(found)}, limit ${short(threshold)}, n=${n}${p === undefined ? '' : `, p=${p.toPrecision(1)}`}`;
}

/** What is missing, and which checks wait for it: those that most wait for first. */
function byMissing(notRun: AnomalyReport['notRun']) {
  const waiting = new Map<string, string[]>();
  for (const { check, missing } of notRun) {
    const key = missing.join(', ');
    waiting.set(key, [...(waiting.get(key) ?? []), check]);
  }
  return [...waiting]
    .map(([missing, checks]) => ({ missing, checks }))
    .sort((a, b) => b.checks.length - a.checks.length)
    .slice(0, MOST_MISSING);
}

function short(number: number): number {
  return Number(number.toPrecision(3));
}
