/**
 * The client with the operator's word on properties: what is denied does not exist, what is masked is seen in part. It is
 * put around the client once, so that no tool, resource or write can reach a property in another way.
 */

import { standardTypes } from '../crm/standard-types.ts';
import { fold } from '../crm/words.ts';
import type { CallOptions, HubSpot, ObjectSchema, Property, ReadRequest, SearchRequest } from '../hubspot/index.ts';
import {
  inWords,
  QUERIED,
  refuseFormula,
  refuseSearch,
  requireExisting,
  requireReadable,
  requireWritable,
  unknownProperty,
} from './guard-refusals.ts';
import { guardSchemas } from './guard-schemas.ts';
import { type Access, seeing, shown, shownDefinitions, shownRows } from './guard-shown.ts';
import type { Policy } from './policy.ts';

export function guard(hubspot: HubSpot, policy: Policy): HubSpot {
  if (!policy.restrictsProperties) return hubspot;
  const custom = customTypes(hubspot);
  /** The policy speaks of types by their names, the client by their ids. */
  const nameOf = async (type: string, options: CallOptions | undefined) =>
    names.get(type) ?? ((policy.namesCustomTypes && (await custom(type, options))?.name) || type);
  const accessOf = async (type: string, options: CallOptions | undefined): Promise<Access> => {
    const name = await nameOf(type, options);
    return (property) => policy.access(name, property);
  };
  const { objects, properties } = hubspot;
  /** Labels of denied properties that definitions have told, each after its type's name. */
  const labels = new Set<string>();
  const lists = new WeakMap<readonly Property[], Map<string, readonly Property[]>>();

  async function searched(type: string, request: SearchRequest, access: Access, options: CallOptions | undefined) {
    const chosen = request.query === undefined || names.has(type) ? undefined : await custom(type, options);
    const {
      primaryDisplayProperty: primary = '',
      secondaryDisplayProperties = [],
      searchableProperties = [],
    } = chosen ?? {};
    refuseSearch(type, request, access, [primary, ...secondaryDisplayProperties, ...searchableProperties, ...QUERIED]);
    return read(request, access);
  }

  /** Makes a call of one object type: its failure is told without what is denied. */
  async function about<T>(
    objectType: string,
    options: CallOptions | undefined,
    work: (access: Access) => Promise<T>,
  ): Promise<T> {
    const access = await accessOf(objectType, options);
    try {
      return await work(access);
    } catch (error) {
      throw inWords(error, access);
    }
  }

  return {
    ...hubspot,
    hides: (objectType, said) =>
      policy.access(objectType, said) === 'deny' || labels.has(`${objectType} ${fold(said)}`),
    objects: {
      search: (type, request, options) =>
        about(type, options, async (access) => {
          const page = await objects.search(type, await searched(type, request, access, options), options);
          return { ...page, results: page.results.map((record) => shown(record, access)) };
        }),
      searchAll: (type, request, how = {}, options) =>
        about(type, options, async (access) => {
          const asked = await searched(type, request, access, options);
          const found = await objects.searchAll(type, asked, seeing(how, access), options);
          const { error } = found;
          return {
            ...found,
            records: found.records.map((record) => shown(record, access)),
            ...(error && { error: inWords(error, access) }),
          };
        }),
      list: (type, request = {}, options) =>
        about(type, options, async (access) => {
          const page = await objects.list(type, read(request, access), options);
          return { ...page, results: page.results.map((record) => shown(record, access)) };
        }),
      get: (type, id, request = {}, options) =>
        about(type, options, async (access) =>
          shown(await objects.get(type, id, byId(type, request, access), options), access),
        ),
      create: (type, input, options) =>
        about(type, options, async (access) => {
          requireWritable(type, [input.properties], access);
          return shown(await objects.create(type, input, options), access);
        }),
      update: (type, id, values, options) =>
        about(type, options, async (access) => {
          requireWritable(type, [values], access);
          return shown(await objects.update(type, id, values, options), access);
        }),
      archive: (type, id, options) => about(type, options, () => objects.archive(type, id, options)),
      merge: (type, primaryId, otherId, options) =>
        about(type, options, async (access) => shown(await objects.merge(type, primaryId, otherId, options), access)),
      batchRead: (type, ids, request = {}, options) =>
        about(type, options, async (access) =>
          shownRows(await objects.batchRead(type, ids, byId(type, request, access), options), access),
        ),
      batchCreate: (type, inputs, options) =>
        about(type, options, async (access) => {
          requireWritable(
            type,
            inputs.map((input) => input.properties),
            access,
          );
          return shownRows(await objects.batchCreate(type, inputs, options), access);
        }),
      batchUpdate: (type, inputs, options) =>
        about(type, options, async (access) => {
          for (const { idProperty } of inputs) requireReadable(type, idProperty, access);
          requireWritable(
            type,
            inputs.map((input) => input.properties),
            access,
          );
          return shownRows(await objects.batchUpdate(type, inputs, options), access);
        }),
      batchUpsert: (type, inputs, options) =>
        about(type, options, async (access) => {
          requireWritable(
            type,
            inputs.map((input) => ({ ...input.properties, [input.idProperty]: input.id })),
            access,
          );
          return shownRows(await objects.batchUpsert(type, inputs, options), access);
        }),
      batchArchive: (type, ids, options) =>
        about(type, options, async (access) => {
          const rows = await objects.batchArchive(type, ids, options);
          return rows.map((row) => (row.outcome === 'applied' ? row : { ...row, error: inWords(row.error, access) }));
        }),
    },
    properties: {
      ...properties,
      list: (type, request, options) =>
        about(type, options, async (access) => {
          const all = await properties.list(type, request, options);
          // The client gives the same array until something changes, and so does this: others remember what they made of it.
          const known = lists.get(all) ?? new Map<string, readonly Property[]>();
          lists.set(all, known);
          const found = known.get(type) ?? shownDefinitions(all, access);
          if (!known.has(type)) {
            const name = await nameOf(type, options);
            for (const { name: property, label } of all) {
              if (access(property) === 'deny') labels.add(`${name} ${fold(label)}`);
            }
          }
          known.set(type, found);
          return found;
        }),
      get: (type, name, options) =>
        about(type, options, async (access) => {
          requireExisting(type, name, access);
          const [found] = shownDefinitions([await properties.get(type, name, options)], access);
          if (found === undefined) throw unknownProperty(type, name);
          return found;
        }),
      create: (type, input, options) =>
        about(type, options, async (access) => {
          requireExisting(type, input.name, access);
          refuseFormula(type, input.calculationFormula, access);
          return properties.create(type, input, options);
        }),
      update: (type, name, patch, options) =>
        about(type, options, async (access) => {
          requireExisting(type, name, access);
          refuseFormula(type, patch.calculationFormula, access);
          return properties.update(type, name, patch, options);
        }),
      archive: (type, name, options) =>
        about(type, options, async (access) => {
          requireExisting(type, name, access);
          return properties.archive(type, name, options);
        }),
    },
    schemas: guardSchemas(hubspot.schemas, policy, accessOf),
  };
}

/** The request without what is not to be asked for. */
function read<R extends Pick<ReadRequest, 'properties' | 'propertiesWithHistory'>>(request: R, access: Access): R {
  const { properties, propertiesWithHistory } = request;
  const readable = (said: readonly string[]) => said.filter((name) => access(name) !== 'deny');
  return {
    ...request,
    ...(properties && { properties: readable(properties) }),
    ...(propertiesWithHistory && { propertiesWithHistory: readable(propertiesWithHistory) }),
  };
}

function byId<R extends ReadRequest>(objectType: string, request: R, access: Access): R {
  requireReadable(objectType, request.idProperty, access);
  return read(request, access);
}

const names = new Map(standardTypes.flatMap(({ id, name }) => [[id, name] as const, [name, name] as const]));

/** The schema of a custom object; throws when the token may not read it: what cannot be told apart is not let through. */
function customTypes({ schemas }: HubSpot) {
  return async (objectType: string, options: CallOptions | undefined): Promise<ObjectSchema | undefined> => {
    const said = objectType.toLowerCase();
    return (await schemas.list({}, options)).find(({ objectTypeId, name, fullyQualifiedName }) =>
      [objectTypeId, name, fullyQualifiedName].some((each) => each.toLowerCase() === said),
    );
  };
}
