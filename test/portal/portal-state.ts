/** All that a portal holds, and what a difference makes of it. */

import type { FileRecord, PortalFile } from '../../src/portal/seed/file/portal-file.ts';
import type { DiffDefinitions, PortalDiff } from '../../src/portal/store/diff.ts';
import type { Talk } from './talk.ts';

/** What a difference tells about, by its place. */
type Facts = Readonly<Record<string, string>>;

export interface State {
  readonly file: PortalFile;
  readonly facts: Facts;
}

export function stateOf(talk: Talk): State {
  const file: PortalFile = JSON.parse([...talk.portal.control.export()].join(''));
  return { file, facts: factsOf(file) };
}

const placeOf = (objectType: string, id: string) => `record ${objectType} ${id}`;

function factsOf(file: PortalFile): Facts {
  const facts: Record<string, string> = {};
  for (const [objectType, records] of Object.entries(file.records)) {
    for (const { id, properties, archived } of records) {
      facts[placeOf(objectType, id)] = archived ? 'archived' : 'there';
      for (const [name, value] of Object.entries(properties)) facts[`${placeOf(objectType, id)} ${name}`] = value;
    }
  }
  for (const [from, fromId, to, toId, typeIds] of file.associations) {
    for (const type of typeIds) {
      facts[`link ${from} ${fromId} ${to} ${toId} ${typeof type === 'number' ? type : type.typeId}`] = 'there';
    }
  }
  for (const { listId, memberIds } of file.lists) {
    for (const id of memberIds) facts[`member ${listId} ${id}`] = 'there';
  }
  for (const [objectType, properties] of Object.entries(file.properties)) {
    for (const property of properties) facts[`properties ${objectType} ${property.name}`] = JSON.stringify(property);
  }
  for (const [objectType, pipelines] of Object.entries(file.pipelines)) {
    for (const pipeline of pipelines) facts[`pipelines ${objectType} ${pipeline.id}`] = JSON.stringify(pipeline);
  }
  return facts;
}

/** The facts of the portal after the difference. */
export function project({ facts: before }: State, { records, associations, lists, definitions }: PortalDiff): Facts {
  const facts: Record<string, string> = { ...before };
  for (const { objectType, id } of [...records.deleted, ...records.merged]) {
    const place = placeOf(objectType, id);
    for (const name of Object.keys(facts)) if (name === place || name.startsWith(`${place} `)) delete facts[name];
  }
  for (const { objectType, id, properties } of records.created) {
    facts[placeOf(objectType, id)] = 'there';
    for (const [name, value] of Object.entries(properties)) facts[`${placeOf(objectType, id)} ${name}`] = value;
  }
  for (const { objectType, id, properties } of [...records.updated, ...records.calculated]) {
    for (const [name, { after }] of Object.entries(properties)) {
      const place = `${placeOf(objectType, id)} ${name}`;
      if (modification.has(name)) continue;
      if (after === null) delete facts[place];
      else facts[place] = after;
    }
  }
  for (const { objectType, id } of records.archived) facts[placeOf(objectType, id)] = 'archived';
  for (const { objectType, id } of records.restored) facts[placeOf(objectType, id)] = 'there';
  for (const association of associations.removed) delete facts[link(association)];
  for (const association of associations.added) facts[link(association)] = 'there';
  for (const { listId, added, removed } of lists.members) {
    for (const id of removed) delete facts[`member ${listId} ${id}`];
    for (const id of added) facts[`member ${listId} ${id}`] = 'there';
  }
  for (const kind of ['properties', 'pipelines']) applyDefinitions(facts, kind, definitions[kind]);
  return facts;
}

function link({ from, to, typeId }: PortalDiff['associations']['added'][number]): string {
  return `link ${from.objectType} ${from.id} ${to.objectType} ${to.id} ${typeId}`;
}

/** When a record was last modified is no value of its own. */
const modification = new Set(['lastmodifieddate', 'hs_lastmodifieddate']);

function applyDefinitions(facts: Record<string, string>, kind: string, found: DiffDefinitions | undefined): void {
  const placeOfDefinition = ({ objectType, name }: { objectType?: string; name: string }) =>
    `${kind} ${objectType} ${name}`;
  for (const entry of found?.removed ?? []) delete facts[placeOfDefinition(entry)];
  for (const entry of found?.added ?? []) facts[placeOfDefinition(entry)] = JSON.stringify(entry.definition);
  for (const entry of found?.changed ?? []) {
    const place = placeOfDefinition(entry);
    const known: Record<string, unknown> = JSON.parse(facts[place] ?? '{}');
    for (const [member, { after }] of Object.entries(entry.changes)) known[member] = after;
    facts[place] = JSON.stringify(known);
  }
}

/** The parts of a difference that are not empty. */
export function differing(diff: PortalDiff): Record<string, unknown> {
  const parts: Record<string, unknown> = { ...diff.records, ...diff.associations, ...diff.definitions, ...diff.others };
  for (const [name, part] of Object.entries(diff.lists)) parts[`lists ${name}`] = part;
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => !Array.isArray(part) || part.length > 0));
}

/** Every record of a portal file. */
export function recordsIn(file: PortalFile): FileRecord[] {
  return Object.values(file.records).flat();
}
