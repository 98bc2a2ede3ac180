/**
 * Collects what the demo consists of, so that records can refer to each other and be spoilt before anything is written.
 * Ids are given in the order of creation, as HubSpot does, and all types draw from the same numbers: a contact and a deal
 * often have the same id, as they may in HubSpot.
 */

import { seededRandom } from '../../../clock.ts';
import type { AssociationTypeId } from '../../store/association-types.ts';
import type { ChangeSource, PropertyVersion } from '../../store/history.ts';
import type { Store } from '../../store/store.ts';

/** A value may depend on an id that is not given yet. */
type Value = string | (() => string);

export interface Draft {
  readonly typeId: string;
  /** Given when the ledger is written. */
  id: string;
  /** Milliseconds since the epoch, like all times here. */
  createdAt: number;
  updatedAt: number;
  archivedAt?: number;
  readonly properties: Record<string, Value>;
  readonly history: Record<string, PropertyVersion[]>;
  source: ChangeSource;
}

interface Link {
  readonly from: Draft;
  readonly to: Draft;
  readonly types: readonly AssociationTypeId[];
}

export interface Ledger {
  add(typeId: string, createdAt: number, properties: Readonly<Record<string, Value | undefined>>): Draft;
  /** Associates two records, under these labels besides the unlabelled type. */
  link(from: Draft, to: Draft, ...types: readonly AssociationTypeId[]): void;
  /** The records linked with one, of a type, in the order in which they were linked. */
  linked(draft: Draft, typeId: string): Draft[];
  of(typeId: string): Draft[];
  write(store: Store): void;
}

/** HubSpot's own association types, by id. */
export const defined = (typeId: number): AssociationTypeId => ({ category: 'HUBSPOT_DEFINED', typeId });

const byImport: ChangeSource = { sourceType: 'IMPORT', sourceId: '41822076' };

/** Ids of the records that people make, and of activities, which HubSpot numbers higher. */
const FIRST_ID = 37_765_128_953;
const FIRST_ACTIVITY_ID = 112_406_771_208;
const activities = new Set(['0-18', '0-27', '0-46', '0-47', '0-48', '0-49']);

export function createLedger(): Ledger {
  const drafts = new Map<string, Draft[]>();
  const links: Link[] = [];
  const neighbours = new Map<Draft, Draft[]>();

  const note = (from: Draft, to: Draft) => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };

  return {
    add(typeId, createdAt, properties) {
      const given: Record<string, Value> = {};
      for (const name in properties) {
        const value = properties[name];
        if (value) given[name] = value;
      }
      const draft: Draft = {
        typeId,
        id: '',
        createdAt,
        updatedAt: createdAt,
        properties: given,
        history: {},
        source: byImport,
      };
      const list = drafts.get(typeId);
      if (list) list.push(draft);
      else drafts.set(typeId, [draft]);
      return draft;
    },
    link(from, to, ...types) {
      links.push({ from, to, types });
      note(from, to);
      note(to, from);
    },
    linked: (draft, typeId) => (neighbours.get(draft) ?? []).filter((other) => other.typeId === typeId),
    of: (typeId) => drafts.get(typeId) ?? [],
    write(store) {
      for (const [typeId, list] of drafts) number(typeId, list);
      for (const list of drafts.values()) for (const draft of list) insert(store, draft);
      for (const { from, to, types } of links) {
        const found = types.map((type) => store.associationTypes.find(from.typeId, to.typeId, type));
        store.associations.link(
          from,
          to,
          found.filter((type) => type !== undefined),
        );
      }
    },
  };
}

function number(typeId: string, list: Draft[]): void {
  const random = seededRandom(20);
  let id = activities.has(typeId) ? FIRST_ACTIVITY_ID : FIRST_ID;
  for (const draft of list.sort((a, b) => a.createdAt - b.createdAt)) {
    draft.id = String(id);
    id += 1 + Math.floor(random.float() * 40);
  }
}

function insert(store: Store, draft: Draft): void {
  const { typeId, id, createdAt, updatedAt, archivedAt, history, source } = draft;
  const properties: Record<string, string> = {};
  for (const name in draft.properties) {
    const value = draft.properties[name];
    if (value !== undefined) properties[name] = typeof value === 'function' ? value() : value;
  }
  store.records.insert({
    typeId,
    id,
    properties,
    createdAt,
    updatedAt: Math.max(createdAt, updatedAt),
    ...(archivedAt !== undefined && { archivedAt }),
    history,
    source,
  });
}
