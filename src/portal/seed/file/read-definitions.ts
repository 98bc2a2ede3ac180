/** The shapes of definitions in a portal file: HubSpot's own answers, or the few members that a person would write. */

import { isCurrency } from '../../facts/currencies.ts';
import { isPropertyType, type ListConversionTime, type PropertyType } from '../../facts/definitions.ts';
import {
  dictionary,
  flag,
  inside,
  integer,
  isoText,
  list,
  number,
  object,
  oneOf,
  optional,
  orNull,
  PortalFileError,
  type Reader,
  recordId,
  shape,
  text,
  word,
} from './read.ts';

const dates = { createdAt: optional(isoText), updatedAt: optional(isoText), archivedAt: optional(isoText) };

const currency: Reader<string> = (value, place) => {
  const said = word(value, place);
  if (isCurrency(said)) return said;
  throw new PortalFileError(place, `${JSON.stringify(value)} is no currency of HubSpot's as "EUR".`);
};

/** What one unit of each currency is worth in the company's. */
const rates: Reader<Readonly<Record<string, number>>> = (value, place) => {
  const read = dictionary(number)(value, place);
  for (const [code, rate] of Object.entries(read)) {
    currency(code, inside(place, code));
    if (rate <= 0) throw new PortalFileError(inside(place, code), 'an exchange rate is greater than 0.');
  }
  return read;
};

const timeZone: Reader<string> = (value, place) => {
  const said = word(value, place);
  try {
    new Intl.DateTimeFormat('en', { timeZone: said }).format(0);
    return said;
  } catch (cause) {
    throw new PortalFileError(place, `${JSON.stringify(value)} is no IANA time zone as "Europe/Berlin".`, { cause });
  }
};

export const account = shape(
  {
    portalId: optional(integer),
    accountType: optional(oneOf('STANDARD', 'SANDBOX', 'DEVELOPER_TEST', 'APP_DEVELOPER')),
    timeZone: optional(timeZone),
    companyCurrency: optional(currency),
    additionalCurrencies: optional(list(currency)),
    exchangeRates: optional(rates),
    uiDomain: optional(word),
    dataHostingLocation: optional(word),
  },
  'open',
);

const team = shape({ id: recordId, name: text, primary: optional(flag) }, 'open');

export const owner = shape(
  {
    id: optional(recordId),
    userId: optional(integer),
    userIdIncludingInactive: optional(integer),
    email: optional(text),
    firstName: optional(text),
    lastName: optional(text),
    type: optional(oneOf('PERSON', 'QUEUE')),
    archived: optional(flag),
    teams: optional(list(team)),
    ...dates,
  },
  'open',
);

export const group = shape(
  { name: word, label: optional(text), displayOrder: optional(integer), archived: optional(flag) },
  'open',
);

const wholeOption = shape(
  {
    label: optional(text),
    /** Some of HubSpot's own options stand for nothing. */
    value: text,
    description: optional(text),
    displayOrder: optional(integer),
    hidden: optional(flag),
  },
  'open',
);

/** Or only its value. */
const option: Reader<ReturnType<typeof wholeOption>> = (value, place) =>
  typeof value === 'string' ? { value } : wholeOption(value, place);

const propertyType: Reader<PropertyType> = (value, place) => {
  if (isPropertyType(value)) return value;
  throw new PortalFileError(
    place,
    `${JSON.stringify(value)} is no property type: use string, number, bool, date, datetime, enumeration or phone_number.`,
  );
};

/** Real accounts have older names than the API takes today. What every object has in JavaScript cannot be one. */
const propertyName: Reader<string> = (value, place) => {
  const said = word(value, place);
  if (/^\w[\w-]{0,99}$/.test(said) && !(said in Object.prototype)) return said;
  throw new PortalFileError(
    place,
    `${JSON.stringify(said)} is no property name: use up to 100 lower-case letters, digits and underscores.`,
  );
};

export const property = shape(
  {
    name: propertyName,
    label: optional(text),
    type: optional(propertyType),
    fieldType: optional(word),
    description: optional(text),
    groupName: optional(word),
    options: optional(list(option)),
    displayOrder: optional(integer),
    calculated: optional(flag),
    externalOptions: optional(flag),
    hasUniqueValue: optional(flag),
    hidden: optional(flag),
    hubspotDefined: optional(flag),
    formField: optional(flag),
    dataSensitivity: optional(oneOf('non_sensitive', 'sensitive', 'highly_sensitive')),
    modificationMetadata: optional(
      shape(
        { archivable: flag, readOnlyDefinition: flag, readOnlyOptions: optional(flag), readOnlyValue: flag },
        'open',
      ),
    ),
    archived: optional(flag),
    calculationFormula: optional(text),
    referencedObjectType: optional(text),
    showCurrencySymbol: optional(flag),
    dateDisplayHint: optional(text),
    sensitiveDataCategories: optional(list(text)),
    createdUserId: optional(text),
    updatedUserId: optional(text),
    ...dates,
  },
  'open',
);

export const schema = shape(
  {
    id: optional(recordId),
    objectTypeId: optional(word),
    name: word,
    fullyQualifiedName: optional(word),
    description: optional(text),
    labels: optional(shape({ singular: optional(text), plural: optional(text) }, 'open')),
    primaryDisplayProperty: optional(word),
    secondaryDisplayProperties: optional(list(word)),
    searchableProperties: optional(list(word)),
    requiredProperties: optional(list(word)),
    allowsSensitiveProperties: optional(flag),
    restorable: optional(flag),
    archived: optional(flag),
    /** As in the body that creates a schema. */
    properties: optional(list(property)),
    associatedObjects: optional(list(word)),
    ...dates,
  },
  'open',
);

const stage = shape(
  {
    id: optional(word),
    label: word,
    displayOrder: optional(integer),
    metadata: optional(dictionary(text)),
    archived: optional(flag),
    writePermissions: optional(oneOf('CRM_PERMISSIONS_ENFORCEMENT', 'READ_ONLY', 'INTERNAL_ONLY')),
    ...dates,
  },
  'open',
);

export const pipeline = shape(
  {
    id: optional(word),
    label: word,
    displayOrder: optional(integer),
    stages: list(stage),
    archived: optional(flag),
    ...dates,
  },
  'open',
);

export const associationLabel = shape(
  {
    fromObjectType: word,
    toObjectType: word,
    category: optional(oneOf('HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK')),
    typeId: optional(integer),
    name: optional(word),
    label: optional(text),
    inverseTypeId: optional(integer),
    inverseLabel: optional(text),
  },
  'open',
);

const conversionDate = shape({ year: integer, month: integer, day: integer }, 'open');
const inactivity = shape({ timeUnit: oneOf('DAY', 'WEEK', 'MONTH'), offset: integer }, 'open');
const conversionType = shape({ conversionType: oneOf('CONVERSION_DATE', 'INACTIVITY') }, 'open');

const conversionTime: Reader<ListConversionTime> = (value, place) => {
  const type = conversionType(value, place);
  return type.conversionType === 'CONVERSION_DATE'
    ? { conversionType: type.conversionType, ...conversionDate(value, place) }
    : { conversionType: type.conversionType, ...inactivity(value, place) };
};

export const listFolder = shape(
  {
    id: recordId,
    name: word,
    parentFolderId: optional(text),
    createdAt: optional(isoText),
    updatedAt: optional(isoText),
    updatedContentsAt: optional(isoText),
  },
  'open',
);

export const listDefinition = shape(
  {
    listId: optional(recordId),
    name: word,
    objectTypeId: optional(word),
    processingType: optional(oneOf('MANUAL', 'DYNAMIC', 'SNAPSHOT')),
    processingStatus: optional(oneOf('PROCESSING', 'COMPLETE')),
    filterBranch: optional(object),
    memberIds: optional(list(recordId)),
    listVersion: optional(integer),
    createdAt: optional(isoText),
    updatedAt: optional(isoText),
    filtersUpdatedAt: optional(isoText),
    createdById: optional(text),
    updatedById: optional(text),
    deletedAt: optional(isoText),
    customProperties: optional(dictionary(text)),
    listPermissions: optional(
      shape({ teamsWithEditAccess: list(integer), usersWithEditAccess: list(integer) }, 'open'),
    ),
    edits: optional(list(isoText)),
    folderId: optional(recordId),
    membershipSettings: optional(shape({ membershipTeamId: orNull(integer), includeUnassigned: orNull(flag) }, 'open')),
    conversion: optional(shape({ requestedConversionTime: conversionTime, convertedAt: optional(isoText) }, 'open')),
  },
  'open',
);

export type FileProperty = ReturnType<typeof property>;
export type FilePipeline = ReturnType<typeof pipeline>;
export type FileSchema = ReturnType<typeof schema>;
