import * as z from 'zod';
import { cutText } from '../src/crm/record-table.ts';
import { aboutOf } from '../src/enrich/anomalies/about.ts';
import type { Finding } from '../src/enrich/anomalies/types.ts';
import type { Grade } from '../src/enrich/grade/index.ts';
import type { AuditFigures } from '../src/quality/audit-summary.ts';
import { doubles, gradeOfAudit } from '../src/quality/grade-of-audit.ts';
import { ifReadable } from '../src/quality/portal-facts.ts';
import { readingNote, readingShape } from '../src/quality/reading-note.ts';
import type { AnomalyRun, DuplicateScan } from '../src/quality/types.ts';
import type { PastAudit } from '../src/snapshot/types.ts';
import { defineTool } from '../src/tool.ts';

const MOST_CHECKS = 8;
const MOST_FINDINGS = 4;
const LONGEST_ABOUT = 60;
const LEGEND =
  'In percent: sound, records that no high or medium finding names; single, 100 less 10 for each percent of records that merging would save; filled, key properties with a value. Score: 50, 25 and 25 percent of these; A from 90, B 80, C 70, D 60. In all: the mean.';

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

/** What is remembered of an audit: the figures of each type. */
const figures = z.record(
  z.string(),
  z.object({ score: z.number(), high: z.number(), medium: z.number(), doubles: z.number() }),
);
type Figures = z.output<typeof figures>;

export const auditPortal = defineTool({
  name: 'audit_portal',
  title: 'Audit the portal',
  description: `Grade the data of each object type from A to F: what is wrong, double or empty, and the trend.
find_anomalies and find_duplicates tell more. Nothing is changed.`,
  toolset: 'quality',
  effect: 'read',
  scopes: [],
  input: z.object({
    objectTypes: z.array(z.string()).optional(),
    useModel: z.boolean().optional().describe('writes a summary'),
  }),
  output: z.object({
    ...readingShape,
    summary: z
      .object({
        by: z.string(),
        headline: z.string(),
        bullets: z.array(z.object({ text: z.string(), findingIds: z.array(z.string()) })),
        usd: z.number().optional(),
        note: z.string().optional(),
      })
      .optional(),
    grade: z.string().optional(),
    score: z.int().optional(),
    high: z.int().optional(),
    medium: z.int().optional(),
    low: z.int().optional(),
    asOf: z.string().optional(),
    calls: z.int().optional(),
    types: table.optional(),
    checks: table.optional(),
    findings: z
      .array(
        z.object({
          fingerprint: z.string(),
          check: z.string(),
          severity: z.string(),
          objectType: z.string(),
          total: z.int(),
          about: z.string().optional(),
          note: z.string(),
        }),
      )
      .optional(),
    trend: table.extend({ since: z.string() }).optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectTypes, useModel = false }, { crm, quality }) {
    const found = await quality.anomalies(objectTypes?.length ? { objectTypes } : {});
    if (found.state === 'reading') return readingNote(found, 'audit_portal');
    const wanted = objectTypes?.length
      ? await Promise.all(objectTypes.map(async (name) => (await crm.objectTypes.resolve(name)).name))
      : await quality.usualTypes();
    const records = new Map([...found.result.records].filter(([name]) => wanted.includes(name)));
    const run = { ...found.result, records };
    const scans = new Map<string, DuplicateScan>();
    for (const name of records.keys()) {
      // What they are compared by may be hidden from this caller; the rest can be graded all the same.
      const scan = await ifReadable(async () => quality.duplicates(await crm.objectTypes.resolve(name)));
      if (scan === undefined) continue;
      if (scan.state === 'reading') return readingNote(scan, 'audit_portal');
      scans.set(name, scan.result);
    }
    const grade = gradeOfAudit(run, scans);
    const at = Math.min(run.upTo, ...[...scans.values()].map(({ upTo }) => upTo));
    const question = [...records.keys()].sort().join(' ');
    const before = await quality.memory.auditBefore(question, at);
    const now = figuresOf(grade, run, scans);
    await quality.memory.rememberAudit(question, { at, figures: JSON.stringify(now) });
    const { checks } = await import('../src/enrich/anomalies/index.ts');
    const audited = { grade, run, scans, now, at, before, titles: new Map(checks.map(({ id, title }) => [id, title])) };
    if (!useModel) return told(audited);
    const { writtenByModel } = await import('../src/quality/audit-summary.ts');
    const { bullets, ...summary } = await writtenByModel(summedUp(audited), quality.enrichment.asking);
    return {
      summary: { ...summary, bullets: bullets.map(({ text, findingIds }) => ({ text, findingIds: [...findingIds] })) },
      ...told(audited),
    };
  },
});

function figuresOf(grade: Grade | undefined, run: AnomalyRun, scans: ReadonlyMap<string, DuplicateScan>): Figures {
  return Object.fromEntries(
    (grade?.types ?? []).map(({ objectType, score }) => {
      const { high, medium } = counted(run.report.findings.filter((each) => each.objectType === objectType));
      const scan = scans.get(objectType);
      return [objectType, { score: percent(score), high, medium, doubles: scan === undefined ? 0 : doubles(scan) }];
    }),
  );
}

interface Audited {
  readonly grade: Grade | undefined;
  readonly run: AnomalyRun;
  readonly scans: ReadonlyMap<string, DuplicateScan>;
  readonly now: Figures;
  readonly at: number;
  readonly before: PastAudit | undefined;
  /** Of the checks, by id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Figures and fingerprints: nothing else may be put into the words of a summary. */
function summedUp({ grade, run, scans, titles }: Audited): AuditFigures {
  const { findings } = run.report;
  return {
    letter: grade?.letter,
    severities: counted(findings),
    types: [...run.records].map(([objectType, records]) => {
      const scan = scans.get(objectType);
      return {
        objectType,
        records,
        letter: grade?.types.find((each) => each.objectType === objectType)?.letter,
        duplicates: scan && countedBands(scan.clusters),
      };
    }),
    findings: findings.map(({ fingerprint, check, severity, objectType, total }) => ({
      fingerprint,
      title: titles.get(check) ?? check,
      severity,
      objectType,
      total,
    })),
  };
}

function countedBands(clusters: DuplicateScan['clusters']) {
  const counts = { certain: 0, likely: 0, possible: 0 };
  for (const { band } of clusters) counts[band]++;
  return counts;
}

function told({ grade, run, scans, now, at, before, titles }: Audited) {
  const { report, notes, records } = run;
  const calls = run.calls + [...scans.values()].reduce((sum, scan) => sum + scan.calls, 0);
  const trend = before && trendOf(now, before);
  const said = [
    ...(grade === undefined ? ['There are no records to grade.'] : [LEGEND]),
    ...(report.notRun.length > 0 ? [`Not run for want of what they need: ${report.notRun.length} of the checks.`] : []),
    ...notes,
  ];
  return {
    ...(grade && { grade: grade.letter, score: percent(grade.score) }),
    ...counted(report.findings),
    asOf: new Date(at).toISOString(),
    calls,
    types: {
      columns: ['type', 'grade', 'score', 'records', 'sound', 'single', 'filled', 'high', 'medium', 'doubles'],
      rows: (grade?.types ?? []).map(({ objectType, letter, parts }) => [
        objectType,
        letter,
        now[objectType]?.score ?? null,
        records.get(objectType) ?? null,
        ...(['sound', 'single', 'filled'] as const).map((name) => shareOf(parts, name)),
        now[objectType]?.high ?? null,
        now[objectType]?.medium ?? null,
        scans.has(objectType) ? (now[objectType]?.doubles ?? null) : null,
      ]),
    },
    checks: checkTable(report.findings, titles),
    findings: report.findings
      .slice(0, MOST_FINDINGS)
      .map(({ fingerprint, check, severity, objectType, total, evidence, note }) => {
        const about = cutText(aboutOf(evidence).join('; '), LONGEST_ABOUT);
        return { fingerprint, check, severity, objectType, total, ...(about !== '' && { about }), note };
      }),
    ...(trend && { trend }),
    note: said.join(' '),
    ...(report.findings.length > 0 && {
      next: 'find_anomalies with a fingerprint, or with checks, tells records and fixes.',
    }),
  };
}

function shareOf(parts: Grade['types'][number]['parts'], wanted: string): number | null {
  const part = parts.find(({ name }) => name === wanted);
  return part === undefined ? null : percent(part.share);
}

/** The checks that found most of what is grave; of a check's findings the largest, as one record may be in several. */
function checkTable(findings: readonly Finding[], titles: ReadonlyMap<string, string>) {
  const byCheck = new Map<string, Finding[]>();
  for (const finding of findings) byCheck.set(finding.check, [...(byCheck.get(finding.check) ?? []), finding]);
  const rows = [...byCheck].map(([check, found]) => [
    check,
    titles.get(check) ?? null,
    found[0]?.severity ?? null,
    found.length,
    Math.max(...found.map(({ total }) => total)),
  ]);
  return { columns: ['check', 'title', 'severity', 'findings', 'largest'], rows: rows.slice(0, MOST_CHECKS) };
}

/** What changed since then, as this audit's figure less that one's; types that one of them lacks are left out. */
function trendOf(now: Figures, { at, figures: stored }: PastAudit) {
  const before = figures.parse(JSON.parse(stored));
  const rows = Object.entries(now).flatMap(([type, each]) => {
    const past = before[type];
    if (past === undefined) return [];
    return [[type, ...(['score', 'high', 'medium', 'doubles'] as const).map((name) => each[name] - past[name])]];
  });
  return { since: new Date(at).toISOString(), columns: ['type', 'score', 'high', 'medium', 'doubles'], rows };
}

function counted(findings: readonly Pick<Finding, 'severity'>[]) {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Downwards: 100 is only where nothing at all was found. */
const percent = (share: number) => Math.floor(100 * share + 1e-9);
