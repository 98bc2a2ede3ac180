/** All that single records are linked with, of many object types at once. */

import { type CallOptions, type HubSpot, HubSpotError } from '../hubspot/index.ts';
import type { ObjectType } from './types.ts';

/** What one record is linked with. */
export interface Linked {
  /** By the object type's name, in its order and with none that are empty: ids, each once, the lowest first. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** Its primary company, where it has one. */
  readonly primary?: string;
}

export interface LinkedRecords {
  /** One for each id, in order. */
  readonly records: readonly Linked[];
  /** Names of the types that the token may not read. */
  readonly unread: readonly string[];
}

/** What two types have in common, or the token may see, only HubSpot knows. */
const NO_LINKS: ReadonlySet<string> = new Set(
  'validation invalid_argument unsupported conflict missing_scope forbidden not_found'.split(' '),
);
const NOT_ALLOWED: ReadonlySet<string> = new Set(['missing_scope', 'forbidden']);

interface Link {
  readonly id: string;
  readonly isPrimary: boolean;
}
type ByType = ReadonlyMap<string, readonly Link[]>;

/**
 * In one request for each record, where HubSpot takes all the types together; else in one for each type.
 * @param types those that records of the type can be linked with
 */
export async function readLinked(
  hubspot: Pick<HubSpot, 'objects' | 'associations'>,
  from: ObjectType,
  types: readonly ObjectType[],
  ids: readonly string[],
  call: CallOptions,
): Promise<LinkedRecords> {
  if (types.length === 0) return { records: ids.map(() => ({ ids: {} })), unread: [] };
  const together = await Promise.all(ids.map((id) => readOne(hubspot, from, types, id, call)));
  const whole = together.filter((each) => each !== undefined);
  if (whole.length === ids.length) return { records: whole.map(linkedOf), unread: [] };
  return typeByType(hubspot, from, types, ids, call);
}

/** Undefined where HubSpot does not tell of all types together. */
async function readOne(
  hubspot: Pick<HubSpot, 'objects' | 'associations'>,
  from: ObjectType,
  types: readonly ObjectType[],
  id: string,
  call: CallOptions,
): Promise<ByType | undefined> {
  const associations = types.map(({ custom, id: typeId, name }) => (custom ? typeId : name));
  const read = await hubspot.objects
    .get(from.id, id, { properties: ['hs_object_id'], associations }, call)
    .catch((error: unknown) => {
      if (error instanceof HubSpotError && NO_LINKS.has(error.code)) return undefined;
      throw error;
    });
  if (read === undefined) return undefined;
  const links = new Map<string, readonly Link[]>();
  for (const [said, { results, next }] of Object.entries(read.associations ?? {})) {
    const to = types.find((type) => isCalled(type, said));
    if (to === undefined) return undefined;
    links.set(to.name, next === undefined ? linksIn(results, to) : await readAll(hubspot, from, to, id, call));
  }
  return links;
}

/** Guess: the list is called as the type is, with spaces for what joins its words (`line items`). */
function isCalled({ id, name }: ObjectType, said: string): boolean {
  return said === id || said.toLowerCase().replaceAll(' ', '_') === name.toLowerCase();
}

/** A primary link is told of beside the unlabelled one: `contact_to_company` beside `contact_to_company_unlabeled`. */
function linksIn(results: readonly { readonly id: string; readonly type: string }[], to: ObjectType): readonly Link[] {
  const names = new Map<string, Set<string>>();
  for (const { id, type } of results) names.set(id, (names.get(id) ?? new Set()).add(type));
  return [...names].map(([id, types]) => ({
    id,
    isPrimary: to.name === 'companies' && [...types].some((type) => types.has(`${type}_unlabeled`)),
  }));
}

/** More than come with a record. */
async function readAll(
  { associations }: Pick<HubSpot, 'associations'>,
  from: ObjectType,
  to: ObjectType,
  id: string,
  call: CallOptions,
): Promise<readonly Link[]> {
  const [row] = await associations.batchRead(from.id, to.id, [id], {}, call);
  if (row?.outcome !== 'applied') throw row?.error ?? new Error(`What ${id} is linked with was not read.`);
  return row.value.to.map((link) => linkOf(link, to));
}

function linkOf(
  { toObjectId, types }: { readonly toObjectId: string; readonly types: readonly { readonly label: string | null }[] },
  to: ObjectType,
): Link {
  return { id: toObjectId, isPrimary: to.name === 'companies' && types.some(({ label }) => label === 'Primary') };
}

async function typeByType(
  { associations }: Pick<HubSpot, 'associations'>,
  from: ObjectType,
  types: readonly ObjectType[],
  ids: readonly string[],
  call: CallOptions,
): Promise<LinkedRecords> {
  const links = ids.map(() => new Map<string, readonly Link[]>());
  const unread = new Set<string>();
  await Promise.all(
    types.map(async (to) => {
      for (const [place, row] of (await associations.batchRead(from.id, to.id, ids, {}, call)).entries()) {
        if (row.outcome === 'applied')
          links[place]?.set(
            to.name,
            row.value.to.map((link) => linkOf(link, to)),
          );
        else if (NOT_ALLOWED.has(row.error.code)) unread.add(to.name);
        else if (!NO_LINKS.has(row.error.code)) throw row.error;
      }
    }),
  );
  return { records: links.map(linkedOf), unread: [...unread].toSorted() };
}

function linkedOf(links: ByType): Linked {
  const filled = [...links].filter(([, all]) => all.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const primary = links.get('companies')?.find(({ isPrimary }) => isPrimary)?.id;
  return {
    ids: Object.fromEntries(filled.map(([name, all]) => [name, all.map(({ id }) => id).toSorted(byNumber)])),
    ...(primary !== undefined && { primary }),
  };
}

/** Ids as numbers, however long. */
function byNumber(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}
