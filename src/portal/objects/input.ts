/**
 * The bodies of object requests. Source: HubSpot's published models of the objects API, compared 2026-11-22. That a batch
 * without `inputs` is none of rows, and no error, was reported by public clients (HubSpot/hubspot-api-nodejs#26).
 */

import { integer, list, oneOf, optional, shape, text, textMap } from '../body.ts';

const associationCategories = ['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'] as const;

export const associationCategory = oneOf('AssociationCategory', associationCategories);

export const associationSpec = shape('AssociationSpec', {
  associationCategory,
  associationTypeId: integer,
});

const newLink = shape('PublicAssociationsForObject', {
  to: shape('PublicObjectId', { id: text }),
  types: list(associationSpec),
});

export const createInput = shape('SimplePublicObjectInputForCreate', {
  properties: textMap,
  associations: optional(list(newLink)),
  objectWriteTraceId: optional(text),
});

export const updateInput = shape('SimplePublicObjectInput', {
  properties: textMap,
  objectWriteTraceId: optional(text),
});

export const batchCreateInput = shape('BatchInputSimplePublicObjectBatchInputForCreate', {
  inputs: optional(list(createInput)),
});

export const batchReadInput = shape('BatchReadInputSimplePublicObjectId', {
  inputs: optional(list(shape('SimplePublicObjectId', { id: text }))),
  properties: optional(list(text)),
  propertiesWithHistory: optional(list(text)),
  idProperty: optional(text),
});

export const batchUpdateInput = shape('BatchInputSimplePublicObjectBatchInput', {
  inputs: optional(
    list(
      shape('SimplePublicObjectBatchInput', {
        id: text,
        idProperty: optional(text),
        properties: textMap,
        objectWriteTraceId: optional(text),
      }),
    ),
  ),
});

export const batchArchiveInput = shape('BatchInputSimplePublicObjectId', {
  inputs: optional(list(shape('SimplePublicObjectId', { id: text }))),
});

export const gdprDeleteInput = shape('PublicGdprDeleteInput', { objectId: text, idProperty: optional(text) });

export const mergeInput = shape('PublicMergeInput', { primaryObjectId: text, objectIdToMerge: text });
