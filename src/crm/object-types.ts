/** Which object type was meant. Standard types are known; custom ones are asked for only when no standard one fits. */

import { type CallOptions, type HubSpot, HubSpotError, type ObjectSchema } from '../hubspot/index.ts';
import type { Crm } from './index.ts';
import { activityTypeIds, standardTypes } from './standard-types.ts';
import type { ObjectType } from './types.ts';
import { UserError } from './user-error.ts';
import { fold, pickOne, quote } from './words.ts';

/** Words people use that are no name or label of HubSpot's; a custom object of that name comes first. */
const synonyms: Readonly<Record<string, string>> = {
  person: 'contacts',
  people: 'contacts',
  organization: 'companies',
  organisation: 'companies',
  account: 'companies',
  opportunity: 'deals',
  message: 'communications',
  sms: 'communications',
  payment: 'commerce_payments',
  goal: 'goal_targets',
};

const byWord = new Map<string, ObjectType>();
for (const type of standardTypes) {
  for (const word of [type.id, type.name, type.singular, type.plural]) byWord.set(fold(word), type);
}

const schemaScopes = ['crm.schemas.custom.read', 'crm.schemas.custom.write', 'crm.objects.custom.read'];
const customScopes = { read: ['crm.objects.custom.read'], write: ['crm.objects.custom.write'] };
const everything = { search: true, create: true, update: true, archive: true, merge: true };

/**
 * What a custom object's schema says, in the same shape as a standard type.
 * Guess: a schema does not tell whether it has pipelines, so each may; HubSpot answers an empty list where it has none.
 */
export function customType(schema: ObjectSchema): ObjectType {
  const id = schema.objectTypeId;
  const linked = (schema.associations ?? []).map((link) =>
    link.fromObjectTypeId === id ? link.toObjectTypeId : link.fromObjectTypeId,
  );
  const shown = [schema.primaryDisplayProperty, ...(schema.secondaryDisplayProperties ?? [])].filter(
    (name) => name !== undefined,
  );
  return {
    id,
    name: schema.name,
    singular: inSentence(schema.labels.singular ?? schema.name),
    plural: inSentence(schema.labels.plural ?? schema.name),
    custom: true,
    can: everything,
    pipeline: { pipelineProperty: 'hs_pipeline', stageProperty: 'hs_pipeline_stage' },
    associableTo: new Set([...activityTypeIds, ...linked]),
    scopes: customScopes,
    displayProperty: shown[0] ?? 'hs_object_id',
    defaultProperties: shown.length > 0 ? shown : ['hs_object_id'],
  };
}

/** Of a path or a query: whoever says it means something else than the type whose letters are in it. */
const ADDRESS = /[#?%\\/]/;

/** What somebody called a type becomes part of our sentences: a name as it stands, anything longer quoted. */
function inSentence(label: string): string {
  return /^[\p{L}\p{M}\p{N}'’&/-]+(?: [\p{L}\p{M}\p{N}'’&/-]+){0,3}$/u.test(label) && label.length <= 40
    ? label
    : quote(label);
}

export function createObjectTypes(
  hubspot: Pick<HubSpot, 'schemas' | 'hides'>,
  call: CallOptions,
  scopes: Crm['scopes'],
) {
  /** None when the token may not read schemas: then it can do nothing with custom objects either. */
  async function customTypes(): Promise<{ schema: ObjectSchema; type: ObjectType }[]> {
    const granted = scopes.granted();
    if (granted && !schemaScopes.some((scope) => granted.has(scope))) return [];
    try {
      const schemas = await hubspot.schemas.list({}, call);
      return schemas.map((schema) => ({ schema, type: customType(schema) }));
    } catch (error) {
      if (error instanceof HubSpotError && error.code === 'missing_scope') return [];
      throw error;
    }
  }

  /** A custom type's schema says nothing of what is hidden. */
  function shown(type: ObjectType): ObjectType {
    const { hides } = hubspot;
    if (hides === undefined || type.custom) return type;
    const defaultProperties = type.defaultProperties.filter((property) => !hides(type.name, property));
    if (defaultProperties.length === type.defaultProperties.length) return type;
    const [displayProperty = 'hs_object_id', ...rest] = defaultProperties;
    return { ...type, displayProperty, defaultProperties: [displayProperty, ...rest] };
  }

  return {
    async resolve(said: string): Promise<ObjectType> {
      const address = ADDRESS.test(said);
      const known = address ? undefined : byWord.get(fold(said));
      if (known) return shown(known);
      const custom = await customTypes();
      if (address && !custom.some(({ schema: { labels } }) => Object.values(labels).includes(said.trim()))) {
        throw new UserError('unknown_object_type', `There is no object type ${quote(said)}.`, {
          next: 'list_object_types',
        });
      }
      const meant = synonyms[fold(said)];
      const choices = [
        ...custom.map(({ schema, type }) => ({
          type,
          aliases: [schema.name, schema.fullyQualifiedName, ...Object.values(schema.labels)],
        })),
        ...standardTypes.map((type) => ({ type, aliases: type.name === meant ? [said] : [] })),
      ];
      const { type } = pickOne(
        said,
        choices,
        'object type',
        ({ type, aliases }) => ({
          id: type.custom ? type.id : type.name,
          label: type.plural,
          aliases,
          hint: type.name,
        }),
        { next: 'list_object_types' },
      );
      return shown(type);
    },

    async list(): Promise<readonly ObjectType[]> {
      return [...standardTypes.map(shown), ...(await customTypes()).map(({ type }) => type)];
    },
  };
}

/** Refuses what HubSpot's API cannot do with a type, before any request. */
export function requireAbility(type: ObjectType, operation: keyof ObjectType['can']): void {
  if (type.can[operation]) return;
  throw new UserError(
    'not_possible',
    `HubSpot's API cannot ${operation} ${type.plural.toLowerCase()}. See list_object_types for what each type can do.`,
    {
      next: 'list_object_types',
    },
  );
}
