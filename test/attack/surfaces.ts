/** Every tool with the places where it takes a text, and the words that make sense elsewhere. */

import * as z from 'zod';
import { tools } from '../../tools/index.ts';
import { type Schema, textPlaces } from './said-arguments.ts';

/** Whole, where a client is told only what a model needs: whoever attacks has read the code. */
const schemaOf = (name: string): Schema => {
  const tool = tools.find((each) => each.name === name);
  return tool === undefined ? {} : Object(z.toJSONSchema(tool.input, { io: 'input' }));
};
const { filterGroups } = schemaOf('search_records').properties ?? {};

/** Filters are described once, and meant wherever they stand. */
export const surfaces = tools
  .map((tool) => {
    const seen = schemaOf(tool.name);
    const filtered = seen.properties?.['filterGroups'] !== undefined && filterGroups !== undefined;
    const schema = filtered ? { ...seen, properties: { ...seen.properties, filterGroups } } : seen;
    return { tool, schema, places: textPlaces(schema) };
  })
  .filter(({ places }) => places.length > 0);
export type Surface = (typeof surfaces)[number];

/** What makes sense for an argument of a name, so that a call gets as far as it can. Unlisted ones are left out. */
const sense: Readonly<Record<string, unknown>> = {
  objectType: 'contacts',
  fromObjectType: 'contacts',
  toObjectType: 'contacts',
  toObjectTypes: 'companies',
  associatedObjects: 'contacts',
  associateWith: 'companies',
  idProperty: 'email',
  value: 'ann@acme.example',
  values: 'ann@acme.example',
  query: 'ann',
  propertyName: 'email',
  properties: 'email',
  propertiesWithHistory: 'email',
  propertyNames: 'jobtitle',
  groupBy: 'lifecyclestage',
  primaryDisplayProperty: 'wing',
  searchableProperties: 'wing',
  name: 'wing',
  names: 'email',
  label: 'Wing',
  labels: 'Wing',
  newLabel: 'Wing',
  groupNames: 'wings',
  pipeline: 'default',
  body: 'Hello',
  session: 'this',
  caller: 'harness/1.0.0',
  tool: 'create_records',
  time: '2026-01-31T14:30',
  '{key}': 'firstname',
  '{value}': 'Ann',
};
/** `#` is another number in every call: a name that is new. */
const fresh = { name: 'wing_#', label: 'Wing #', inverseLabel: 'Gniw #', singular: 'Wing #', plural: 'Wings #' };
const span = { from: '2000-01-01', to: '2100-01-01' };
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  list_changes: span,
  undo_changes: span,
  create_properties: { ...fresh, groupName: 'contactinformation' },
  create_association_label: fresh,
  create_object_schema: { ...fresh, primaryDisplayProperty: 'wing_#', searchableProperties: 'wing_#' },
  update_object_schema: { objectType: 'wings' },
  archive_object_schema: { objectType: 'wings' },
  create_pipeline: { ...fresh, objectType: 'tickets' },
  update_properties: { name: 'jobtitle' },
  update_pipeline: { objectType: 'deals', stage: 'appointmentscheduled', label: 'Met' },
  archive_pipeline: { objectType: 'deals' },
  archive_stages: { objectType: 'deals', stages: 'appointmentscheduled' },
  list_pipelines: { objectType: 'deals' },
  log_activity: { '{key}': 'hs_timestamp', '{value}': '2026-01-31T14:30' },
  upsert_records: { '{key}': 'email', '{value}': 'bob@acme.example' },
};

/**
 * The word for an argument of that name in one call of the tool; undefined where it has none.
 * @param real what there is in the portal and in the journal, by the names of arguments
 */
export function sensibleWord(
  tool: string,
  name: string,
  seed: number,
  real: Readonly<Record<string, string>> = {},
): unknown {
  const word = particular[tool]?.[name] ?? real[name] ?? sense[name];
  return typeof word === 'string' ? word.replace('#', String(seed)) : word;
}
