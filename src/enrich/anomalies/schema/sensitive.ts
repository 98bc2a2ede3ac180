import { type Column, textAt } from '../../table.ts';
import { SHOWN } from '../affected.ts';
import { found } from '../found.ts';
import type { Check, Fix, PropertyFacts } from '../types.ts';
import { isNearlyCard, SENSITIVE_KINDS, sensitiveKinds } from './sensitive-patterns.ts';
import { watched, watchedNames } from './watched.ts';

/** Fewer digits hold none of the numbers that are looked for. */
const FEWEST_DIGITS = 7;
/** Not what has a form of its own: a telephone number may well pass for a card's. */
const isText = ({ type, fieldType, name }: PropertyFacts) =>
  type === 'string' && fieldType !== 'phonenumber' && !/^(?:email|domain|website)$|phone|fax/.test(name);

export const sensitive: Check = {
  id: 'P13',
  version: 1,
  title: 'Card numbers, accounts, national ids or passwords in free text',
  about:
    'A text holds a card number (network and Luhn), an IBAN (length and modulo 97), a national id (US, UK, FR, ES, IT, by its check digits where it has any) or a password; no card numbers where more of such numbers fail the formula than pass it. The value is never shown.',
  severity: 'high',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  run: (data) =>
    watched(data, isText).flatMap(({ table, facts, column }) => {
      const byKind = new Map(SENSITIVE_KINDS.map((kind) => [kind, [] as number[]]));
      let others = 0;
      for (let row = 0; row < table.rows; row++) {
        if (!mayHold(column, row)) continue;
        const text = textAt(column, row);
        for (const kind of sensitiveKinds(text)) byKind.get(kind)?.push(row);
        if (isNearlyCard(text)) others++;
      }
      // One long number in ten passes for a card's: orders, parcels, meters.
      if (others > (byKind.get('card number')?.length ?? 0)) byKind.delete('card number');
      return [...byKind].flatMap(([kind, rows]) =>
        found(table, rows, () => ({
          objectType: table.objectType,
          subject: `${facts.name} ${kind}`,
          evidence: { property: facts.name, kind, records: rows.length },
          note: 'Texts that everybody with access can read hold what must be protected.',
          fix: clearing(
            table.objectType,
            facts.name,
            rows.map((row) => textAt(table.ids, row)),
          ),
        })),
      );
    }),
};

/** Without `expected`, which would repeat the value. */
function clearing(objectType: string, property: string, ids: readonly string[]): Fix {
  return {
    tool: 'update_records',
    arguments: { objectType, records: ids.slice(0, SHOWN).map((id) => ({ id, properties: { [property]: '' } })) },
    reversible: true,
    note: 'This clears the whole text: note elsewhere what else it says. HubSpot’s history and the journal keep the old value until they are cleared too.',
  };
}

/** Looks at bytes, so that of a million texts a few become strings: enough digits, or a word for a password. */
function mayHold({ bytes, offsets }: Column, row: number): boolean {
  const from = offsets[row] ?? 0;
  const to = offsets[row + 1] ?? from;
  if (to - from < 9) return false;
  let digits = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 48 && byte <= 57) digits++;
    // `:` or `=`, without which no password is told.
    else if (byte === 58 || byte === 61) return true;
  }
  return digits >= FEWEST_DIGITS;
}
