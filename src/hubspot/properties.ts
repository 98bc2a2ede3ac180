/** Definitions of properties and their groups. */

import { expect, expectPage, isProperty, isPropertyGroup } from './answers.ts';
import type { Client } from './client.ts';
import type { Property, PropertyGroup } from './definitions.ts';
import type { Properties } from './hubspot.ts';
import type { OperationName } from './operations.ts';

export function createProperties(client: Client): Properties {
  const properties = client.definitions<readonly Property[]>('properties');
  const groups = client.definitions<readonly PropertyGroup[]>('groups');

  return {
    list: (objectType, { archived = false } = {}, options) =>
      properties([objectType, String(archived)], options, async (call) => {
        const query = archived ? { archived } : {};
        const answer = await client.send('properties.list', { path: { objectType }, query }, call);
        return expectPage('properties.list', answer, isProperty).results.map(withOptions);
      }),

    get: async (objectType, propertyName, options) =>
      toProperty(
        'properties.get',
        await client.once('properties.get', { path: { objectType, propertyName } }, options),
      ),

    create: async (objectType, body, options) => {
      const request = { path: { objectType }, body };
      return toProperty(
        'properties.create',
        await client.redefine(['properties'], 'properties.create', request, options),
      );
    },

    update: async (objectType, propertyName, body, options) => {
      const request = { path: { objectType, propertyName }, body };
      return toProperty(
        'properties.update',
        await client.redefine(['properties'], 'properties.update', request, options),
      );
    },

    archive: async (objectType, propertyName, options) => {
      const request = { path: { objectType, propertyName } };
      await client.redefine(['properties'], 'properties.archive', request, options);
    },

    groups: (objectType, options) =>
      groups([objectType], options, async (call) => {
        const answer = await client.send('groups.list', { path: { objectType } }, call);
        return expectPage('groups.list', answer, isPropertyGroup).results;
      }),

    createGroup: async (objectType, body, options) => {
      const request = { path: { objectType }, body };
      return toGroup('groups.create', await client.redefine(['groups'], 'groups.create', request, options));
    },

    updateGroup: async (objectType, groupName, body, options) => {
      const request = { path: { objectType, groupName }, body };
      return toGroup('groups.update', await client.redefine(['groups'], 'groups.update', request, options));
    },

    archiveGroup: async (objectType, groupName, options) => {
      await client.redefine(['groups'], 'groups.archive', { path: { objectType, groupName } }, options);
    },
  };
}

/** HubSpot leaves `options` out of some answers. */
const withOptions = (property: Property): Property => (property.options ? property : { ...property, options: [] });

const toProperty = (operation: OperationName, answer: unknown) => withOptions(expect(operation, answer, isProperty));

const toGroup = (operation: OperationName, answer: unknown) => expect(operation, answer, isPropertyGroup);
