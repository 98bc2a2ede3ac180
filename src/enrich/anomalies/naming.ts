import { RE2JS } from 're2js';
import { isEmptyAt } from '../table.ts';
import { affected } from './affected.ts';
import { rowsWithText } from './columns.ts';
import { examples } from './draft.ts';
import type { Check, FindingDraft } from './types.ts';

export const namingConvention: Check = {
  id: 'R01',
  version: 1,
  title: 'Against a naming convention of the rules file',
  about:
    'The value of a property does not match the pattern that the rules file sets for it, as a whole; empty ones are passed over.',
  severity: 'low',
  objectType: '*',
  needs: {},
  rules: true,
  reads({ rules }) {
    const wanted: Record<string, string[]> = {};
    for (const { objectType, property } of rules?.naming ?? []) {
      wanted[objectType] = [...(wanted[objectType] ?? []), property];
    }
    return wanted;
  },
  run(data) {
    return (data.rules?.naming ?? []).flatMap(({ objectType, property, pattern, says, severity }): FindingDraft[] => {
      const table = data.tables.get(objectType);
      const column = table?.columns.get(property);
      if (table === undefined || column === undefined) return [];
      const compiled = RE2JS.compile(pattern);
      const rows = rowsWithText(column, (text) => !compiled.matches(text));
      if (rows.length === 0) return [];
      let filled = 0;
      for (let row = 0; row < table.rows; row++) if (!isEmptyAt(column, row)) filled++;
      return [
        {
          ...affected(table, rows),
          objectType,
          ...(severity && { severity }),
          subject: `${property} ${pattern}`,
          statistic: { name: 'share that does not match', value: rows.length / filled, threshold: 0, n: filled },
          evidence: { property, rule: says, ...examples(table, rows, property) },
          note: 'These names are not as the rules file wants them: what reads them by their form, people or programs, misses them.',
        },
      ];
    });
  },
};
