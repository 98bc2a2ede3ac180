/** What a data dictionary says, whatever it is written as. */

import type { ObjectType } from '../../crm/types.ts';
import type { Pipeline, Property } from '../../hubspot/index.ts';
import { labelPairs } from '../definitions/label-pairs.ts';
import { type Definitions, isOwn, type LabelDefinitions, type TypeDefinitions } from '../definitions/read.ts';
import type { FillRates } from './fill-rates.ts';

export interface Dictionary {
  readonly title: string;
  /** One line: what it was made of, and when. */
  readonly about: string;
  readonly types: readonly TypeEntry[];
  readonly links: readonly LinkEntry[];
  /** What is not in it, and why. */
  readonly gaps: readonly string[];
}

export interface TypeEntry {
  readonly type: ObjectType;
  /** How many records there are; undefined where nobody counted. */
  readonly records: number | undefined;
  readonly ownProperties: number;
  readonly groups: readonly { readonly label: string; readonly properties: readonly PropertyEntry[] }[];
  readonly properties: number;
  readonly pipelines: readonly Pipeline[];
}

export interface PropertyEntry {
  readonly property: Property;
  /** Such as `enumeration, select`. */
  readonly kind: string;
  /** Such as `custom`, `unique`. */
  readonly marks: readonly string[];
  /** The share of the records that have a value, in percent; undefined where nobody counted. */
  readonly filled: number | undefined;
}

/** Two types that can be associated. */
export interface LinkEntry {
  readonly from: ObjectType;
  readonly to: ObjectType;
  /** The account's own labels, each with its words in both directions. */
  readonly own: readonly { readonly label: string; readonly backward: string | undefined; readonly typeId: number }[];
  /** HubSpot's. */
  readonly given: readonly string[];
}

export function dictionaryOf(definitions: Definitions, fillRates: FillRates | undefined, day: string): Dictionary {
  const { account, types, schemas, labels, gaps } = definitions;
  const required = new Map(
    schemas.map(({ objectTypeId, requiredProperties = [] }) => [objectTypeId, requiredProperties]),
  );
  const entries = types.map((found) => typeEntry(found, new Set(required.get(found.type.id)), fillRates));
  const count = entries.reduce((sum, { properties }) => sum + properties, 0);
  const settings = account && `${account.timeZone}, ${account.companyCurrency}`;
  return {
    title: `Data dictionary${account ? ` of HubSpot account ${account.portalId}` : ''}`,
    about: [`${types.length} object types, ${count} properties`, settings, `read on ${day}`]
      .filter(Boolean)
      .join(' · '),
    types: entries,
    links: labels.map(linkEntry).filter(({ own, given }) => own.length + given.length > 0),
    gaps: gaps.map(({ what, missingScopes, message }) =>
      missingScopes.length > 0 ? `${what} (scope: ${missingScopes.join(' or ')})` : `${what} (${message})`,
    ),
  };
}

function typeEntry(found: TypeDefinitions, required: ReadonlySet<string>, fillRates: FillRates | undefined): TypeEntry {
  const { type, properties, groups, pipelines } = found;
  const counted = fillRates?.get(type.id);
  const labels = new Map(groups.map(({ name, label }) => [name, label]));
  const entries = properties
    .map((property): PropertyEntry => {
      const filled = counted?.filled.get(property.name);
      return {
        property,
        kind: `${property.type}, ${property.fieldType}`,
        marks: marksOf(property, required.has(property.name)),
        filled: counted && filled !== undefined && counted.records > 0 ? (100 * filled) / counted.records : undefined,
      };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || a.property.label.localeCompare(b.property.label, 'en'));
  const order = [...new Set([...groups.map(({ name }) => name), ...entries.map(({ property }) => property.groupName)])];
  return {
    type,
    records: counted?.records,
    properties: properties.length,
    ownProperties: properties.filter(({ hubspotDefined }) => hubspotDefined !== true).length,
    groups: order
      .map((name) => ({
        label: labels.get(name) ?? name,
        properties: entries.filter(({ property }) => property.groupName === name),
      }))
      .filter((group) => group.properties.length > 0),
    pipelines,
  };
}

/** The account's own properties first, and last those that nobody sees in HubSpot. */
function rankOf({ property: { hubspotDefined, hidden } }: PropertyEntry): number {
  return hubspotDefined !== true ? 0 : hidden === true ? 2 : 1;
}

function marksOf(property: Property, required: boolean): string[] {
  const { hubspotDefined, hasUniqueValue, calculated, modificationMetadata, hidden, dataSensitivity } = property;
  const marks: Readonly<Record<string, boolean | undefined>> = {
    custom: hubspotDefined !== true,
    required,
    unique: hasUniqueValue,
    calculated,
    'read-only': calculated !== true && modificationMetadata?.readOnlyValue,
    hidden,
    sensitive: dataSensitivity !== undefined && dataSensitivity !== 'non_sensitive',
  };
  return Object.keys(marks).filter((mark) => marks[mark] === true);
}

function linkEntry(found: LabelDefinitions): LinkEntry {
  const { from, to, forward } = found;
  return {
    from,
    to,
    own: labelPairs(found).flatMap(({ label: { label, typeId }, inverse }) =>
      label === null
        ? []
        : [{ label, typeId, backward: inverse.label === label ? undefined : (inverse.label ?? undefined) }],
    ),
    given: forward.filter((label) => !isOwn(label) || label.label === null).map(({ label }) => label ?? 'unlabelled'),
  };
}
