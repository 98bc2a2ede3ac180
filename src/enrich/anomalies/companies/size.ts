/** Employees and revenue of companies. */

import { interned, numbers } from '../../interned.ts';
import { type Table, valueAt } from '../../table.ts';
import { columnOf, columnsOf, tableOf } from '../columns.ts';
import { examples } from '../draft.ts';
import { found } from '../found.ts';
import { normalTwoSided } from '../statistics/distributions.ts';
import { centre, robustZ } from '../statistics/robust.ts';
import type { Check, FindingDraft, Tested } from '../types.ts';

/** Companies before a middle says anything, and how far from it is too far. */
const FEWEST = 30;
const FAR = 4;

interface Sample {
  readonly name: string;
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/**
 * What lies too far from the middle of its sample. The test of a sample asks whether any of its values does: the p of
 * the farthest, times how many there are.
 */
function farOut(
  table: Table,
  samples: readonly Sample[],
  tell: (sample: Sample, rows: readonly number[]) => Pick<FindingDraft, 'evidence' | 'note'>,
): Tested {
  const drafts = samples.flatMap((sample): FindingDraft[] => {
    const middle = centre(sample.values);
    const zs = sample.values.map((value) => robustZ(value, middle));
    const far = sample.rows.filter((_, at) => Math.abs(zs[at] ?? 0) > FAR);
    if (far.length === 0) return [];
    const farthest = zs.reduce((most, z) => Math.max(most, Math.abs(z)), 0);
    const ordered = sample.rows
      .map((row, at) => ({ row, z: Math.abs(zs[at] ?? 0) }))
      .filter(({ z }) => z > FAR)
      .sort((a, b) => b.z - a.z)
      .map(({ row }) => row);
    return found(table, ordered, () => ({
      kind: sample.name,
      statistic: {
        name: 'robust z of the logarithm',
        value: round(farthest),
        threshold: FAR,
        n: sample.rows.length,
        p: Math.min(1, sample.rows.length * normalTwoSided(farthest)),
      },
      ...tell(sample, ordered),
    }));
  });
  return { drafts, tests: samples.length };
}

export const sizeOutlier: Check = {
  id: 'O05',
  version: 1,
  title: 'Employees or revenue far from the industry',
  about: `Robust z of log10 within the industry above ${FAR}, among ${FEWEST} companies at least.`,
  severity: 'medium',
  objectType: 'companies',
  needs: { companies: [] },
  uses: { companies: ['numberofemployees', 'annualrevenue', 'industry'] },
  statistical: true,
  run(data) {
    const table = tableOf(data, 'companies');
    const columns = columnsOf(table, ['numberofemployees', 'annualrevenue']);
    const results = columns.map(({ property, column }) => {
      const values = numbers(column);
      const samples = byIndustry(table, values).map((sample) => ({
        ...sample,
        name: `${property} ${sample.name}`.trim(),
      }));
      return farOut(table, samples, (sample, rows) => ({
        evidence: {
          property,
          'middle of the industry': Math.round(10 ** centre(sample.values).median),
          ...shiftOf(values, rows, centre(sample.values).median),
          ...examples(table, rows, 'name', property, 'industry'),
        },
        note: 'Figures so far from those of the industry are typing errors more often than not: zeros too many, another currency, thousands for units.',
      }));
    });
    return {
      drafts: results.flatMap(({ drafts }) => drafts),
      tests: results.reduce((sum, { tests }) => sum + tests, 0),
    };
  },
};

/** How many would be in place with three zeros less or more. */
function shiftOf(values: Float64Array, rows: readonly number[], middle: number): Record<string, number> {
  const fits = (row: number, factor: number) => Math.abs(Math.log10((values[row] ?? 1) * factor) - middle) < 1;
  const shifted = rows.filter((row) => fits(row, 0.001) || fits(row, 1000)).length;
  return shifted === 0 ? {} : { 'in place if multiplied or divided by 1,000': shifted };
}

function byIndustry(table: Table, values: Float64Array): Sample[] {
  const column = table.columns.get('industry');
  const view = column && interned(column);
  const samples = new Map<number, { name: string; rows: number[]; values: number[] }>();
  for (let row = 0; row < table.rows; row++) {
    const value = values[row] ?? Number.NaN;
    if (!(value > 0)) continue;
    const industry = view?.codes[row] ?? 0;
    let sample = samples.get(industry);
    if (sample === undefined) {
      sample = { name: view?.text(industry) ?? '', rows: [], values: [] };
      samples.set(industry, sample);
    }
    sample.rows.push(row);
    sample.values.push(Math.log10(value));
  }
  return [...samples.values()].filter(({ rows }) => rows.length >= FEWEST);
}

export const revenuePerHead: Check = {
  id: 'O06',
  version: 1,
  title: 'Revenue that so many employees cannot make',
  about: `Robust z of the logarithm of revenue per employee above ${FAR}, among ${FEWEST} companies at least.`,
  severity: 'low',
  objectType: 'companies',
  needs: { companies: ['numberofemployees', 'annualrevenue'] },
  statistical: true,
  run(data) {
    const table = tableOf(data, 'companies');
    const heads = numbers(columnOf(table, 'numberofemployees'));
    const revenue = numbers(columnOf(table, 'annualrevenue'));
    const sample = { name: 'all', rows: [] as number[], values: [] as number[] };
    for (let row = 0; row < table.rows; row++) {
      const ratio = (revenue[row] ?? Number.NaN) / (heads[row] ?? Number.NaN);
      if (!(ratio > 0) || ratio === Number.POSITIVE_INFINITY) continue;
      sample.rows.push(row);
      sample.values.push(Math.log10(ratio));
    }
    return farOut(table, sample.rows.length < FEWEST ? [] : [sample], ({ values }, rows) => ({
      evidence: {
        'middle, per employee': Math.round(10 ** centre(values).median),
        ...Object.fromEntries(
          rows
            .slice(0, 3)
            .map((row) => [
              `${valueAt(table, 'name', row)}, per employee`,
              Math.round((revenue[row] ?? 0) / (heads[row] ?? 1)),
            ]),
        ),
        ...examples(table, rows, 'numberofemployees', 'annualrevenue'),
      },
      note: 'One of the two figures is wrong, or they are of different years or parts of the group.',
    }));
  },
};

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
