/** What agents want done, each exactly once however often they have to ask, and how to see in the portal that it was. */

import type { Random } from '../../src/clock.ts';
import type { Holdings } from './holdings.ts';

export interface Deed {
  /** A text that nothing else writes; row by row it ends in `.0`, `.1`, … */
  readonly mark: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly rows: number;
  /** How often the portal shows what this row asked for. */
  count(holdings: Holdings, row: number): number;
}

/** Records that are there from the beginning: contacts that each belong to one deed at most, and companies. */
export interface Ground {
  /** Each is handed out once. */
  contact(): string;
  company(): string;
}

const KINDS = ['contacts', 'deals', 'note', 'call', 'update', 'upsert', 'associate', 'archive'] as const;

export function makeDeed(number: number, random: Random, ground: Ground): Deed {
  const kind = KINDS[Math.floor(random.float() * KINDS.length)] ?? 'note';
  const mark = `w${number}`;
  const rows = 1 + Math.floor(random.float() ** 3 * 5);
  const each = <T>(make: (mark: string) => T): T[] => Array.from({ length: rows }, (_, row) => make(`${mark}.${row}`));
  const key = random.float() < 0.5 ? { idempotencyKey: `key-${mark}` } : {};
  const deed = (tool: string, args: Record<string, unknown>, many: number, count: Deed['count']): Deed => {
    return { mark, tool, args: { ...args, ...key }, rows: many, count };
  };
  switch (kind) {
    case 'contacts':
      return deed(
        'create_records',
        {
          objectType: 'contacts',
          records: each((name) => ({ properties: { email: `${name}@x.test`, firstname: name } })),
        },
        rows,
        ({ contacts }, row) => contacts.filter(({ firstname }) => firstname.includes(`${mark}.${row}`)).length,
      );
    case 'deals':
      return deed(
        'create_records',
        { objectType: 'deals', records: each((name) => ({ properties: { dealname: name } })) },
        rows,
        ({ deals }, row) => deals.filter((name) => name === `${mark}.${row}`).length,
      );
    case 'note': {
      const associations = [{ toObjectType: 'contacts', to: ground.contact() }];
      return deed('log_note', { body: `${mark}.0`, associations }, 1, countActivities(mark));
    }
    case 'call': {
      const associations = [{ toObjectType: 'contacts', to: ground.contact() }];
      const activity = { type: 'call', subject: 'Spoke', body: `${mark}.0`, associations };
      return deed('log_activity', activity, 1, countActivities(mark));
    }
    case 'update': {
      const records = each((name) => ({ id: ground.contact(), properties: { jobtitle: name } }));
      return deed('update_records', { objectType: 'contacts', records }, rows, ({ contacts }, row) =>
        contacts.reduce((sum, { jobtitle }) => sum + jobtitle.filter((value) => value === `${mark}.${row}`).length, 0),
      );
    }
    case 'upsert':
      return deed(
        'upsert_records',
        {
          objectType: 'contacts',
          idProperty: 'email',
          records: each((name) => ({ properties: { email: `${name}@u.test`, firstname: name } })),
        },
        rows,
        ({ contacts }, row) =>
          contacts.reduce(
            (sum, { firstname }) => sum + firstname.filter((value) => value === `${mark}.${row}`).length,
            0,
          ),
      );
    case 'associate': {
      const pairs = each(() => ({ from: ground.contact(), to: ground.company() }));
      const args = { fromObjectType: 'contacts', toObjectType: 'companies', pairs };
      return deed('associate_records', args, rows, ({ pairs: held }, row) => {
        const pair = pairs[row];
        return held.filter(({ from, to }) => from === pair?.from && to === pair.to).length;
      });
    }
    case 'archive': {
      const ids = each(() => ground.contact());
      return deed('archive_records', { objectType: 'contacts', ids }, rows, ({ archived }, row) =>
        archived.includes(ids[row] ?? '') ? 1 : 0,
      );
    }
  }
}

function countActivities(mark: string): Deed['count'] {
  return ({ activities }, row) => activities.filter((body) => body.includes(`${mark}.${row}`)).length;
}
