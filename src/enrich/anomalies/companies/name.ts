/** How companies' names are written. */

import { byValue, interned } from '../../interned.ts';
import { isOneCase, properOrganisationName } from '../../normal/casing.ts';
import { organisationDomain } from '../../normal/domain.ts';
import { tidy } from '../../normal/fold.ts';
import { readOrganisationName } from '../../normal/organisation-name.ts';
import { type Table, valueAt } from '../../table.ts';
import { columnOf, rowsWithText, tableOf } from '../columns.ts';
import { type Change, changeFix, examples, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import type { Check, FindingDraft } from '../types.ts';

export const companyNameVariants: Check = {
  id: 'O03',
  version: 1,
  title: 'Company name written in several ways, or untidily',
  about:
    'Companies of one domain whose names differ in legal form, casing or marks only; names with stray spaces, or all in small letters.',
  severity: 'low',
  objectType: 'companies',
  needs: { companies: ['name', 'domain'] },
  run(data) {
    const table = tableOf(data, 'companies');
    return [...variants(table), ...untidy(table)];
  },
};

function variants(table: Table): FindingDraft[] {
  const domain = columnOf(table, 'domain');
  const domains = byValue(domain, organisationDomain);
  const domainCodes = interned(domain).codes;
  const byDomain = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const own = domains[domainCodes[row] ?? 0] ?? '';
    if (own === '') continue;
    const rows = byDomain.get(own);
    if (rows === undefined) byDomain.set(own, [row]);
    else rows.push(row);
  }
  const rows: number[] = [];
  const changes: Change[] = [];
  for (const own of byDomain.values()) {
    if (own.length < 2) continue;
    const byCore = new Map<string, number[]>();
    for (const row of own) {
      const { core } = readOrganisationName(valueAt(table, 'name', row));
      byCore.set(core, [...(byCore.get(core) ?? []), row]);
    }
    for (const [core, same] of byCore) {
      const spellings = new Set(same.map((row) => valueAt(table, 'name', row)));
      if (core === '' || spellings.size < 2) continue;
      const best = bestSpelling([...spellings]);
      for (const row of same) {
        rows.push(row);
        if (valueAt(table, 'name', row) !== best) changes.push({ row, properties: { name: best } });
      }
    }
  }
  return found(table, rows, () => ({
    subject: 'variants',
    evidence: examples(table, rows, 'name'),
    note: 'One name is written in several ways: lists and reports by name show several companies.',
    ...fixOf(changeFix(table, changes, 'Where they are one company, merge them instead.')),
  }));
}

/** In mixed casing before all others, then the longest: it has the legal form. */
function bestSpelling(spellings: readonly string[]): string {
  const ordered = spellings.toSorted((a, b) => worth(b) - worth(a) || (a < b ? -1 : 1));
  return tidy(ordered[0] ?? '');
}

function worth(spelling: string): number {
  return (isOneCase(spelling) ? 0 : 1000) + spelling.length;
}

function untidy(table: Table): FindingDraft[] {
  const rows = rowsWithText(
    columnOf(table, 'name'),
    (text) => tidy(text) !== text || (isOneCase(text) && text === text.toLowerCase() && !text.includes('.')),
  );
  if (rows.length === 0) return [];
  const changes = rows.flatMap((row) => {
    const text = valueAt(table, 'name', row);
    const name = properOrganisationName(text);
    return name === text || name === '' ? [] : [{ row, properties: { name } }];
  });
  return found(table, rows, () => ({
    subject: 'untidy',
    evidence: examples(table, rows, 'name'),
    note: 'Stray spaces or a name all in small letters show in every letter and quote.',
    ...fixOf(changeFix(table, changes, 'A brand that is written in small letters stays as it is.')),
  }));
}
