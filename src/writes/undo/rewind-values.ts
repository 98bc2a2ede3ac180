/** Field by field, newest call first: what the fields of one record would be if some calls had not been made. Pure. */

import type { UserError } from '../../crm/user-error.ts';
import { sameValue } from '../same-value.ts';
import { valueConflict } from './conflict.ts';
import type { LaterWrites, Written } from './written.ts';

export type Held = Readonly<Record<string, string | null>>;

export interface Rewound {
  /** Fields that change, with the values they get; `''` clears. */
  readonly properties: Readonly<Record<string, string>>;
  /** Every field that was looked at, as it would be. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly conflicts: readonly UserError[];
  /** Fields that are left as they are because they are not as the call left them. */
  readonly left: ReadonlySet<string>;
}

export interface FieldRules {
  readonly objectType: string;
  /** Whether two values are the same to HubSpot, which rewrites what it is given. */
  readonly same: (property: string, a: string, b: string | null) => boolean;
  readonly later: LaterWrites;
}

/** @param rows of one record that set values and did not make it, newest first */
export function rewindValues(rows: readonly Written[], held: Held, rules: FieldRules): Rewound {
  const { objectType, same, later } = rules;
  const values = new Map<string, string | null>();
  const left = new Set<string>();
  const conflicts: UserError[] = [];
  for (const written of rows) {
    for (const [property, asked] of Object.entries(written.values)) {
      const found = values.has(property) ? (values.get(property) ?? null) : (held[property] ?? null);
      if (!values.has(property)) values.set(property, found);
      if (left.has(property)) continue;
      const image = written.before !== undefined && 'values' in written.before ? written.before.values : {};
      const restore = image[property];
      const again = later(`${objectType} ${written.id ?? ''} ${property}`, written);
      if (again?.undoes.includes(written.callId)) continue;
      if (restore !== undefined && again === undefined && same(property, after(asked, restore), found)) {
        values.set(property, restore);
        continue;
      }
      // Somebody else has put it back, or a row without an answer was never applied.
      if (restore !== undefined && again === undefined && same(property, restore ?? '', found)) continue;
      left.add(property);
      conflicts.push(valueConflict({ property, found, restore: restore ?? null, written, later: again }));
    }
  }
  const changed = [...values].filter(([property, value]) => !same(property, value ?? '', held[property] ?? null));
  return {
    properties: Object.fromEntries(changed.map(([property, value]) => [property, value ?? ''])),
    values,
    conflicts,
    left,
  };
}

/** What HubSpot made of a value that appends options. */
function after(asked: string, held: string | null): string {
  if (!asked.startsWith(';')) return asked;
  const options = [...(held ?? '').split(';'), ...asked.split(';')].filter(Boolean);
  return [...new Set(options)].join(';');
}

/** The rule of {@link FieldRules.same} for one kind of property: texts count as they are written, but for addresses. */
export function sameOf(type: string | undefined): (a: string, b: string | null) => boolean {
  if (type !== 'string') return sameValue;
  return (a, b) => a.trim() === (b ?? '').trim() || (ADDRESS.test(a.trim()) && sameValue(a, b));
}

/** HubSpot keeps addresses in lower case; every other text as it is written. */
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
