/** The gist of an audit in a few sentences: by a template, or on request by a model, checked; of figures and ids alone. */

import type { Severity } from '../enrich/anomalies/types.ts';
import type { Summary, SummaryFacts, SummaryFinding } from '../enrich/openai/summary.ts';
import type { Enrichment } from './types.ts';

/** What a summary may be made of: nothing that stands in a record. */
export interface AuditFigures {
  /** Of all; absent where there is nothing to grade. */
  readonly letter?: string | undefined;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly types: readonly TypeFigures[];
  /** The gravest first. */
  readonly findings: readonly FindingFigures[];
}

export interface TypeFigures {
  readonly objectType: string;
  readonly records: number;
  readonly letter?: string | undefined;
  /** Groups by band; absent where none were looked for. */
  readonly duplicates?: { readonly certain: number; readonly likely: number; readonly possible: number } | undefined;
}

export interface FindingFigures {
  readonly fingerprint: string;
  /** Of its check: words of ours. */
  readonly title: string;
  readonly severity: Severity;
  readonly objectType: string;
  readonly total: number;
}

export interface AuditSummary extends Summary {
  /** `template` or `model:<name>`. */
  readonly by: string;
  /** What asking came to, in US dollars; absent where no model was asked. */
  readonly usd?: number;
  /** Why the template stands, where a model was wanted. */
  readonly note?: string;
}

const SENT_FINDINGS = 20;
const TEMPLATE_FINDINGS = 3;

/** @param asking absent where the model is off */
export async function writtenByModel(figures: AuditFigures, asking: Enrichment['asking']): Promise<AuditSummary> {
  const template = templateOf(figures);
  const stands = (note: string): AuditSummary => ({ ...template, by: 'template', note });
  if (asking === undefined) return stands('No model was asked: whoever runs this server has not turned one on.');
  const facts = factsOf(figures);
  if (facts.findings.length === 0) return stands('No model was asked: there is nothing to sum up.');
  const { writeSummary } = await import('../enrich/openai/summary.ts');
  return asking(async (run, { model }) => {
    const { summary, by, note } = await writeSummary(facts, template, run);
    return {
      ...summary,
      by: by === 'model' ? `model:${model}` : by,
      usd: run.spent.usd,
      ...(note !== undefined && { note }),
    };
  });
}

export function templateSummary(figures: AuditFigures): AuditSummary {
  return { ...templateOf(figures), by: 'template' };
}

/** No amounts of money: that of a finding about one deal would be the deal's. */
function factsOf({ letter, severities, types, findings }: AuditFigures): SummaryFacts {
  return {
    totals: {
      ...(letter !== undefined && { grade: letter }),
      'findings of high severity': severities.high,
      'findings of medium severity': severities.medium,
      'findings of low severity': severities.low,
      ...Object.fromEntries(
        types.flatMap(({ objectType, records, letter: grade }) => [
          [`records of ${objectType}`, records],
          ...(grade === undefined ? [] : [[`grade of ${objectType}`, grade]]),
        ]),
      ),
    },
    findings: [
      ...findings.slice(0, SENT_FINDINGS).map(
        ({ fingerprint, title, severity, objectType, total }): SummaryFinding => ({
          id: fingerprint,
          title,
          severity,
          figures: { objectType, affected: total },
        }),
      ),
      ...types.flatMap(({ objectType, duplicates }) => {
        if (duplicates === undefined || groupsIn(duplicates) === 0) return [];
        // By name: whoever calls may hold more than counts.
        const { certain, likely, possible } = duplicates;
        const found: SummaryFinding = {
          id: duplicatesId(objectType),
          title: 'Groups of records that may be one and the same',
          severity: certain > 0 ? 'high' : 'medium',
          figures: { objectType, certain, likely, possible },
        };
        return [found];
      }),
    ],
  };
}

/** Short lines: long ones would be taken for somebody else's. */
function templateOf({ letter, severities, types, findings }: AuditFigures): Summary {
  const { high, medium, low } = severities;
  const grade = letter === undefined ? '' : `Grade ${letter}: `;
  const doubles = types.flatMap(({ objectType, duplicates }) =>
    duplicates === undefined || groupsIn(duplicates) === 0 ? [] : [{ objectType, groups: groupsIn(duplicates) }],
  );
  return {
    headline:
      high + medium + low === 0 && doubles.length === 0
        ? `${grade}nothing was found.`
        : `${grade}${shown(high)} grave findings, ${shown(medium + low)} others.`,
    bullets: [
      ...findings.slice(0, TEMPLATE_FINDINGS).map(({ fingerprint, title, total }) => ({
        text: `${title}: ${shown(total)}`,
        findingIds: [fingerprint],
      })),
      ...(doubles.length === 0
        ? []
        : [
            {
              text: `Duplicates: ${doubles.map(({ objectType, groups }) => `${objectType} ${shown(groups)}`).join(', ')}`,
              findingIds: doubles.map(({ objectType }) => duplicatesId(objectType)),
            },
          ]),
    ],
  };
}

/** Where find_duplicates stands for a finding. */
const duplicatesId = (objectType: string) => `duplicates-${objectType}`;

function groupsIn({ certain, likely, possible }: NonNullable<TypeFigures['duplicates']>): number {
  return certain + likely + possible;
}

const shown = (count: number) => count.toLocaleString('en-US');
