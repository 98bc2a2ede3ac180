/** What agents want done, each exactly once however often they have to ask, and how to see in the portal that it was. */

import type { Random } from '../../src/clock.ts';
import type { Story } from './agent.ts';
import type { Ground } from './ground.ts';
import type { Holdings } from './holdings.ts';

export interface Deed {
  /** A text that nothing else writes; row by row it ends in `.0`, `.1`, … */
  readonly mark: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly rows: number;
  /** Records that a search finds, row by row. */
  readonly ids?: readonly string[];
  /** What it leaves traces in that is not looked at for every world. */
  readonly about?: string;
  /** The error that it must end with: nothing may be written. */
  readonly refusal?: string;
  /** So many agents want it at the same time, and mean the same. */
  readonly agents?: number;
  /** What somebody wants afterwards, who knows how it went. */
  next?(story: Story): Deed | undefined;
  /** How often the portal shows what this row asked for. */
  count(holdings: Holdings, row: number): number;
}

const OFTEN = ['contacts', 'deals', 'note', 'call', 'update', 'upsert', 'associate', 'archive'] as const;
const SELDOM = ['dissociate', 'undo', 'bulk', 'define', 'key', 'many'] as const;
const KINDS = [...OFTEN, ...OFTEN, ...SELDOM];

const STAGE = { pipeline: 'default', dealstage: 'appointmentscheduled' };
/** More than fit into one request to HubSpot. */
const MANY_ROWS = 100;

export function makeDeed(number: number, random: Random, ground: Ground): Deed {
  const kind = KINDS[Math.floor(random.float() * KINDS.length)] ?? 'note';
  const mark = `w${number}`;
  const rows = 1 + Math.floor(random.float() ** 3 * 5);
  const key = random.float() < 0.5 ? { idempotencyKey: `key-${mark}` } : {};
  const deed = (tool: string, args: Record<string, unknown>, many: number, count: Deed['count']): Deed => {
    return { mark, tool, args: { ...args, ...key }, rows: many, count };
  };
  switch (kind) {
    case 'contacts': {
      const records = each(mark, rows, (name) => ({ properties: { email: `${name}@x.test`, firstname: name } }));
      return twice(random, deed('create_records', { objectType: 'contacts', records }, rows, countFirstNames(mark)));
    }
    case 'deals':
      return twice(random, newDeals(mark, rows, key));
    case 'many':
      // Few worlds have it, as it is as much work as the rest.
      return newDeals(mark, random.float() < 0.1 ? 2 * MANY_ROWS + Math.floor(random.float() * MANY_ROWS) : 1, key);
    case 'note': {
      const associations = [{ toObjectType: 'contacts', to: ground.contact() }];
      const notes = each(mark, rows, (body) => ({ body, associations }));
      return twice(random, deed('log_note', { notes }, rows, countActivities(mark)));
    }
    case 'call': {
      const associations = [{ toObjectType: 'contacts', to: ground.contact() }];
      const activities = each(mark, rows, (body) => ({ type: 'call', subject: 'Spoke', body, associations }));
      return twice(random, deed('log_activity', { activities }, rows, countActivities(mark)));
    }
    case 'update': {
      const records = each(mark, rows, (name) => ({ id: ground.contact(), properties: { jobtitle: name } }));
      return deed('update_records', { objectType: 'contacts', records }, rows, countJobTitles(mark));
    }
    case 'upsert': {
      const records = each(mark, rows, (name) => ({ properties: { email: `${name}@u.test`, firstname: name } }));
      const args = { objectType: 'contacts', idProperty: 'email', records };
      return deed('upsert_records', args, rows, countFirstNames(mark));
    }
    case 'associate': {
      const pairs = each(mark, rows, () => ({ from: ground.contact(), to: ground.company() }));
      const args = { fromObjectType: 'contacts', toObjectType: 'companies', pairs };
      return deed('associate_records', args, rows, ({ pairs: held }, row) => {
        const pair = pairs[row];
        return held.filter(({ from, to }) => from === pair?.from && to === pair.to).length;
      });
    }
    case 'dissociate': {
      const pair = ground.pair();
      const args = { fromObjectType: 'contacts', toObjectType: 'companies', pairs: [pair] };
      return deed('dissociate_records', args, 1, ({ pairs }) =>
        pairs.some(({ from, to }) => from === pair.from && to === pair.to) ? 0 : 1,
      );
    }
    case 'archive': {
      const ids = each(mark, rows, () => ground.contact());
      return deed('archive_records', { objectType: 'contacts', ids }, rows, ({ archived }, row) =>
        archived.includes(ids[row] ?? '') ? 1 : 0,
      );
    }
    case 'define': {
      const properties = [{ name: `p_${mark}`, label: mark, type: 'string', fieldType: 'text' }];
      const count = ({ properties: names }: Holdings) => names.filter((name) => name === `p_${mark}`).length;
      return { ...deed('create_properties', { objectType: 'deals', properties }, 1, count), about: 'properties' };
    }
    case 'undo':
      return update(mark, ground.contact());
    case 'key':
      return reusedKey(mark);
    case 'bulk':
      return bulk(mark, random, ground);
  }
}

function each<T>(mark: string, rows: number, make: (mark: string) => T): T[] {
  return Array.from({ length: rows }, (_, row) => make(`${mark}.${row}`));
}

/** Now and then two agents want the same at the same time. */
function twice(random: Random, deed: Deed): Deed {
  return random.float() < 0.15 ? { ...deed, agents: 2 } : deed;
}

function newDeals(mark: string, rows: number, key: Readonly<Record<string, unknown>>): Deed {
  const records = each(mark, rows, (dealname) => ({ properties: { dealname, ...STAGE } }));
  return {
    mark,
    tool: 'create_records',
    args: { objectType: 'deals', records, ...key },
    rows,
    count: ({ deals }, row) => deals.filter((name) => name === `${mark}.${row}`).length,
  };
}

/** Afterwards somebody takes it back. */
function update(mark: string, id: string): Deed {
  return {
    mark,
    tool: 'update_records',
    args: {
      objectType: 'contacts',
      records: [{ id, properties: { jobtitle: `${mark}.0` } }],
      // What is asked for once more without a key is a call of its own, which changes nothing.
      idempotencyKey: `key-${mark}`,
    },
    rows: 1,
    count: countJobTitles(mark),
    next: ({ callId, beliefs }) =>
      callId === undefined || beliefs[0] !== 'applied'
        ? undefined
        : {
            mark: `${mark}-undone`,
            tool: 'undo_changes',
            args: { callId, idempotencyKey: `key-${mark}-undone` },
            rows: 1,
            count: ({ contacts }) =>
              contacts.find((contact) => contact.id === id)?.jobtitle.filter((value) => value === '').length ?? 0,
          },
  };
}

/** Afterwards somebody wants something else under the same key. */
function reusedKey(mark: string): Deed {
  const key = { idempotencyKey: `key-${mark}` };
  return {
    ...newDeals(mark, 1, key),
    next: ({ beliefs }) =>
      beliefs[0] === 'applied' ? { ...newDeals(`${mark}-other`, 1, key), refusal: 'idempotency_mismatch' } : undefined,
  };
}

/** All tickets that a search finds. */
function bulk(mark: string, random: Random, ground: Ground): Deed {
  const crowd = ground.crowd(random);
  if (crowd === undefined) return newDeals(mark, 1, {});
  const { ids, subject } = crowd;
  const filters = [{ propertyName: 'subject', operator: 'EQ', value: subject }];
  const common = { mark, rows: ids.length, ids, about: 'tickets' };
  const args = { objectType: 'tickets', filterGroups: [{ filters }] };
  if (random.float() < 0.3) {
    return {
      ...common,
      tool: 'archive_records',
      args,
      count: ({ archived }, row) => (archived.includes(ids[row] ?? '') ? 1 : 0),
    };
  }
  return {
    ...common,
    tool: 'update_records',
    args: { ...args, properties: { content: mark } },
    count: ({ tickets }, row) => tickets.get(ids[row] ?? '')?.filter((value) => value === mark).length ?? 0,
  };
}

function countActivities(mark: string): Deed['count'] {
  return ({ activities }, row) => activities.filter((body) => body.includes(`${mark}.${row}`)).length;
}

/** Every time that it was written counts. */
function countFirstNames(mark: string): Deed['count'] {
  return ({ contacts }, row) =>
    contacts.reduce((sum, { firstname }) => sum + firstname.filter((value) => value === `${mark}.${row}`).length, 0);
}

function countJobTitles(mark: string): Deed['count'] {
  return ({ contacts }, row) =>
    contacts.reduce((sum, { jobtitle }) => sum + jobtitle.filter((value) => value === `${mark}.${row}`).length, 0);
}
