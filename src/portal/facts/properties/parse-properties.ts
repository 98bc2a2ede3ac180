/**
 * Reads the compact form in which HubSpot's default properties are kept here: a line `[groupName] Group label` starts a
 * group, and each line after it is one property, `name | label | type fieldType | flags | options`.
 * Flags: r read-only value, c calculated, h hidden, e options that live elsewhere, f form field, u unique.
 * Options: `value=Label` or just `value` where both are the same, separated by `; `; or `true/false`, or `yes/no`.
 */

import { isPropertyType, type Property, type PropertyGroup, type PropertyOption } from '../definitions.ts';

/** HubSpot's own properties say when HubSpot made them; here all at once. */
const MADE_AT = '2020-06-30T15:57:36.896Z';

const booleans: Readonly<Record<string, string>> = {
  'true/false': 'true=True; false=False',
  'yes/no': 'true=Yes; false=No',
};

/** References that HubSpot names with the property. */
const referenced: Readonly<Record<string, string>> = {
  hubspot_owner_id: 'OWNER',
  associatedcompanyid: 'COMPANY',
  hs_parent_company_id: 'COMPANY',
  hs_latest_sequence_enrolled: 'SEQUENCE',
};

function parseOptions(text: string): PropertyOption[] {
  if (!text) return [];
  return (booleans[text] ?? text).split('; ').map((item, displayOrder) => {
    const at = item.indexOf('=');
    const value = at < 0 ? item : item.slice(0, at);
    return { label: at < 0 ? item : item.slice(at + 1), value, displayOrder, hidden: false };
  });
}

function parseProperty(line: string, groupName: string): Property {
  const [name = '', label = '', kind = '', flags = '', options = ''] = line.split('|').map((cell) => cell.trim());
  const [type = '', fieldType = ''] = kind.split(' ');
  if (!isPropertyType(type)) throw new Error(`Not a property: ${line}`);
  const reference = referenced[name];
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName,
    options: parseOptions(options),
    displayOrder: -1,
    calculated: flags.includes('c'),
    externalOptions: flags.includes('e'),
    hasUniqueValue: flags.includes('u'),
    hidden: flags.includes('h'),
    hubspotDefined: true,
    formField: flags.includes('f'),
    dataSensitivity: 'non_sensitive',
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: true,
      ...(type === 'enumeration' && { readOnlyOptions: flags.includes('e') }),
      readOnlyValue: flags.includes('r'),
    },
    archived: false,
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    ...(reference && { referencedObjectType: reference }),
  };
}

/** The groups and properties of one object type; a property that occurs twice counts where it is first. */
export function parseProperties(text: string): { groups: PropertyGroup[]; properties: Property[] } {
  const groups = new Map<string, PropertyGroup>();
  const properties = new Map<string, Property>();
  let groupName = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) {
      const end = line.indexOf(']');
      groupName = line.slice(1, end);
      if (!groups.has(groupName)) {
        groups.set(groupName, {
          name: groupName,
          label: line.slice(end + 1).trim(),
          displayOrder: groups.size,
          archived: false,
        });
      }
    } else if (line) {
      const property = parseProperty(line, groupName);
      if (!properties.has(property.name)) properties.set(property.name, property);
    }
  }
  return { groups: [...groups.values()], properties: [...properties.values()] };
}
