/** Custom objects: what they are called and what they consist of. */

import { expect, expectPage, isSchema, isSchemaAssociation } from './answers.ts';
import type { DefinitionKind } from './cache.ts';
import type { Client } from './client.ts';
import type { ObjectSchema } from './definitions.ts';
import type { Schemas } from './hubspot.ts';

/** A new or changed object type changes what is known under its name. */
const TOUCHED: readonly DefinitionKind[] = ['schemas', 'properties', 'groups', 'labels', 'pipelines'];

const WITH_ASSOCIATIONS = { includeAssociationDefinitions: true };

export function createSchemas(client: Client): Schemas {
  const schemas = client.definitions<readonly ObjectSchema[]>('schemas');

  return {
    list: ({ archived = false } = {}, options) =>
      schemas([String(archived)], options, async (call) => {
        const query = archived ? { archived, ...WITH_ASSOCIATIONS } : WITH_ASSOCIATIONS;
        return expectPage('schemas.list', await client.send('schemas.list', { query }, call), isSchema).results;
      }),

    get: async (objectType, options) => {
      const query = { ...WITH_ASSOCIATIONS, includePropertyDefinitions: true };
      return expect(
        'schemas.get',
        await client.once('schemas.get', { path: { objectType }, query }, options),
        isSchema,
      );
    },

    create: async (input, options) => {
      const body = {
        allowsSensitiveProperties: false,
        secondaryDisplayProperties: [],
        searchableProperties: [],
        ...input,
      };
      return expect('schemas.create', await client.redefine(TOUCHED, 'schemas.create', { body }, options), isSchema);
    },

    update: async (objectType, body, options) => {
      const answer = await client.redefine(TOUCHED, 'schemas.update', { path: { objectType }, body }, options);
      return expect('schemas.update', answer, isSchema);
    },

    archive: async (objectType, options) => {
      await client.redefine(TOUCHED, 'schemas.archive', { path: { objectType } }, options);
    },

    associate: async (objectType, body, options) => {
      const answer = await client.redefine(TOUCHED, 'schemas.associate', { path: { objectType }, body }, options);
      return expect('schemas.associate', answer, isSchemaAssociation);
    },
  };
}
