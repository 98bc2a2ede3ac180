/**
 * Takes a property out of use, unless something needs it.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22; the refusal of a
 * property in use as published live runs saw it.
 * Guess: the places besides calculated properties that count, and their names.
 */

import { definedFormulas } from '../calculated/formula/formulas.ts';
import { invalid } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import type { FormField } from '../store/forms.ts';
import { PORTAL } from '../store/store.ts';

/** Something that a property is used in. */
interface Place {
  readonly parentType: string;
  readonly parentName: string;
  readonly message: string;
}

/** Its values stay with the records. @throws PortalError 400 */
export function archiveProperty(call: Call, type: ObjectTypeFacts, known: Property): void {
  if (known.hubspotDefined || !known.modificationMetadata.archivable) {
    throw invalid(`Property ${known.name} is defined by HubSpot and cannot be deleted`, {
      subCategory: 'PropertyValidationError.CANNOT_DELETE_HUBSPOT_DEFINED_PROPERTY',
    });
  }
  const places = placesOf(call, type, known.name);
  if (places.length > 0) {
    throw invalid(
      `Property: ${known.name} of object type ${type.id} is currently used in ${places.length} places and cannot be deleted`,
      {
        subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
        context: { usageCount: [String(places.length)] },
        errors: places.map(({ parentType, parentName, message }) => ({
          message,
          subCategory: 'PropertyValidationError.PROPERTY_USAGE',
          context: { parentType: [parentType], parentName: [parentName] },
        })),
      },
    );
  }
  const at = new Date(call.now).toISOString();
  call.store.properties.put(type.id, known.name, { ...known, archived: true, archivedAt: at, updatedAt: at });
}

function placesOf({ store }: Call, type: ObjectTypeFacts, name: string): Place[] {
  const formulas = definedFormulas(store, type.id)
    .filter(({ needs }) => needs.includes(name))
    .map(({ property }) => ({
      parentType: 'CALCULATED_PROPERTY',
      parentName: `${type.id}/${property.name}`,
      message: `Used by the calculated property ${property.name}`,
    }));
  const schema = store.schemas.get(PORTAL, type.id);
  const shown = schema
    ? [schema.primaryDisplayProperty, ...schema.secondaryDisplayProperties, ...schema.requiredProperties]
    : [];
  const displays =
    schema && shown.includes(name)
      ? [{ parentType: 'OBJECT_SCHEMA', parentName: schema.fullyQualifiedName, message: 'Used by the object schema' }]
      : [];
  const lists = store.lists
    .list(PORTAL)
    .filter((list) => list.objectTypeId === type.id && list.deletedAt === undefined)
    .filter((list) => names(list.filterBranch, name))
    .map((list) => ({
      parentType: 'LIST',
      parentName: list.listId,
      message: `Used by the list ${list.name}`,
    }));
  const forms = store.forms.definitions
    .list(PORTAL)
    .filter((form) => form.archivedAt === undefined)
    .filter(({ fieldGroups }) => fieldGroups.some(({ fields }) => fields.some((field) => fills(field, type.id, name))))
    .map((form) => ({ parentType: 'FORM', parentName: form.id, message: `Used by the form ${form.name}` }));
  const flows = store.flows.flows
    .list(PORTAL)
    .filter((flow) => flow.objectTypeId === type.id && names([flow['enrollmentCriteria'], flow.actions], name))
    .map((flow) => ({ parentType: 'WORKFLOW', parentName: flow.id, message: `Used by the workflow ${flow.name}` }));
  return [...formulas, ...displays, ...lists, ...forms, ...flows];
}

function fills(field: FormField, typeId: string, name: string): boolean {
  return (
    (field.objectTypeId === typeId && field.name === name) ||
    field.dependentFields.some(({ dependentField }) => fills(dependentField, typeId, name))
  );
}

/** Whether a filter or an action anywhere in a definition is about the property. */
function names(branch: unknown, property: string): boolean {
  if (typeof branch !== 'object' || branch === null) return false;
  if (Array.isArray(branch)) return branch.some((each) => names(each, property));
  return Object.entries(branch).some(([member, value]) =>
    member === 'property' || member === 'property_name' ? value === property : names(value, property),
  );
}
