import { joined } from '../../interned.ts';
import { textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, tableOf } from '../columns.ts';
import { examples } from '../draft.ts';
import type { Check, FindingDraft } from '../types.ts';

const DEEPEST = 5;

export const companyFamily: Check = {
  id: 'O10',
  version: 1,
  title: 'Parents of companies in a circle, or in a long line',
  about: `A company that is its own parent, directly or through others; or more than ${DEEPEST} parents above one another.`,
  severity: 'medium',
  objectType: 'companies',
  needs: { companies: ['hs_parent_company_id'] },
  run(data) {
    const table = tableOf(data, 'companies');
    const parentOf = joined(columnOf(table, 'hs_parent_company_id'), table.ids);
    const { circles, depths } = climb(parentOf);
    const drafts = circles.map((rows): FindingDraft => {
      const [child = 0] = rows;
      return {
        ...affected(table, rows),
        kind: 'circle',
        evidence: examples(table, rows, 'name', 'hs_parent_company_id'),
        note: 'Revenue and contacts of a group are summed along its parents, which never ends here: take one of the links away.',
        fix: {
          tool: 'dissociate_records',
          arguments: {
            fromObjectType: 'companies',
            toObjectType: 'companies',
            pairs: [
              {
                from: textAt(table.ids, child),
                to: textAt(table.ids, parentOf[child] ?? child),
                labels: ['Parent Company'],
              },
            ],
          },
          reversible: true,
          note: "It takes one of the links; which one is wrong is a person's to say.",
        },
      };
    });
    const deep = [...depths.keys()].filter((row) => (depths[row] ?? 0) > DEEPEST);
    if (deep.length > 0) {
      drafts.push({
        ...affected(table, deep),
        subject: 'deep',
        evidence: {
          deepest: depths.reduce((most, depth) => Math.max(most, depth), 0),
          ...examples(table, deep, 'name'),
        },
        note: 'Few groups have so many levels: somebody has associated companies in a row instead of with their parent.',
      });
    }
    return drafts;
  },
};

/** Circles, each from its lowest row on, and how many parents stand above each company that is in none. */
function climb(parentOf: Int32Array): {
  readonly circles: readonly (readonly number[])[];
  readonly depths: Int32Array;
} {
  const circles: number[][] = [];
  const depths = new Int32Array(parentOf.length).fill(-1);
  const path: number[] = [];
  for (let start = 0; start < parentOf.length; start++) {
    path.length = 0;
    let row = start;
    while (row >= 0 && depths[row] === -1) {
      // On the path it is known by a depth that none can have.
      depths[row] = -2;
      path.push(row);
      row = parentOf[row] ?? -1;
    }
    if (row >= 0 && depths[row] === -2) {
      const circle = path.splice(path.indexOf(row));
      for (const member of circle) depths[member] = 0;
      const lowest = circle.indexOf(Math.min(...circle));
      circles.push([...circle.slice(lowest), ...circle.slice(0, lowest)]);
    }
    let above = row < 0 ? -1 : (depths[row] ?? 0);
    for (const member of path.toReversed()) depths[member] = ++above;
  }
  return { circles, depths };
}
