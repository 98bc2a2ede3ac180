/**
 * The shapes of a portal's definitions, as they are stored and as HubSpot sends them.
 * Source: HubSpot's published models of the properties, pipelines, schemas, owners and account-info APIs (2026-09),
 * compared 2026-11-22.
 */

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

const propertyTypes = [
  'string',
  'number',
  'bool',
  'date',
  'datetime',
  'enumeration',
  'phone_number',
  'object_coordinates',
  'json',
] as const;

export type PropertyType = (typeof propertyTypes)[number];

export function isPropertyType(word: unknown): word is PropertyType {
  return propertyTypes.some((type) => type === word);
}

export interface Property {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly description: string;
  readonly groupName: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly calculated: boolean;
  /** Options that live elsewhere: owners, teams, pipelines, ids of other records. */
  readonly externalOptions: boolean;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly hubspotDefined: boolean;
  readonly formField: boolean;
  readonly dataSensitivity: 'non_sensitive' | 'sensitive' | 'highly_sensitive';
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyOptions?: boolean;
    readonly readOnlyValue: boolean;
  };
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt?: string;
  readonly calculationFormula?: string;
  readonly referencedObjectType?: string;
  readonly showCurrencySymbol?: boolean;
  /** How the account shows dates; absent: as they are. */
  readonly dateDisplayHint?: string;
  /** Why the values are sensitive; empty or absent for what is not. */
  readonly sensitiveDataCategories?: readonly string[];
  readonly createdUserId?: string;
  readonly updatedUserId?: string;
}

/** One rule that the values of a property must follow; see ../validations. */
export interface ValidationRule {
  readonly ruleType: string;
  readonly ruleArguments: readonly string[];
  readonly shouldApplyNormalization?: boolean;
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

export interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  /** All values are strings: probability `"0.2"`, isClosed `"false"`, ticketState `"OPEN"`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt?: string;
  readonly archived: boolean;
  readonly writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT' | 'READ_ONLY' | 'INTERNAL_ONLY';
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly PipelineStage[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt?: string;
  readonly archived: boolean;
}

/** One change of a pipeline or a stage, as HubSpot's audit tells it. */
export interface PipelineAudit {
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly portalId: number;
  /** The id of the pipeline or the stage. */
  readonly identifier: string;
  readonly timestamp: string;
  readonly message?: string;
  readonly fromUserId?: number;
  /** As it was afterwards, or last. */
  readonly rawObject: unknown;
}

/** Records of a type that are still to be calculated anew, from an id on. */
export interface Recalculation {
  readonly typeId: string;
  readonly from: string;
}

/** A custom object type; its properties and associations are kept with all others, under `objectTypeId`. */
export interface ObjectSchema {
  readonly id: string;
  readonly objectTypeId: string;
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly description?: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly primaryDisplayProperty: string;
  readonly secondaryDisplayProperties: readonly string[];
  readonly searchableProperties: readonly string[];
  readonly requiredProperties: readonly string[];
  readonly allowsSensitiveProperties: boolean;
  readonly restorable: boolean;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
}

export interface Owner {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly type: 'PERSON' | 'QUEUE';
  /** Absent when the user was deactivated; `userIdIncludingInactive` stays. */
  readonly userId?: number;
  readonly userIdIncludingInactive: number;
  readonly teams: readonly Team[];
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a user has that its owner has not. */
export interface UserRole {
  readonly roleId?: string;
  readonly superAdmin: boolean;
}

/** A team that was made by itself, and not with an owner. */
export interface StoredTeam {
  readonly id: string;
  readonly name: string;
  readonly parentTeamId?: string;
}

/** What one unit of a currency is worth in another one from a time on. */
export interface ExchangeRate {
  readonly id: string;
  readonly fromCurrencyCode: string;
  readonly toCurrencyCode: string;
  readonly conversionRate: number;
  readonly effectiveAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly visibleInUI: boolean;
}

/** One change of a user. */
export interface SecurityActivity {
  readonly id: string;
  readonly type: 'ADD_USER' | 'CHANGE_USER' | 'REMOVE_USER';
  /** The user that it was done to. */
  readonly objectId: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/** What GET account-info/details answers. */
export interface Account {
  readonly portalId: number;
  readonly accountType: 'STANDARD' | 'SANDBOX' | 'DEVELOPER_TEST' | 'APP_DEVELOPER';
  /** An IANA name. */
  readonly timeZone: string;
  readonly companyCurrency: string;
  readonly additionalCurrencies: readonly string[];
  /** What one unit of an additional currency is worth in the company's, by currency code. Absent: none was ever set. */
  readonly exchangeRates?: Readonly<Record<string, number>>;
  readonly uiDomain: string;
  readonly dataHostingLocation: string;
}

/** A list ("segment"); its members are in the store's `listMembers`. */
export interface List {
  readonly listId: string;
  readonly name: string;
  readonly objectTypeId: string;
  readonly processingType: 'MANUAL' | 'DYNAMIC' | 'SNAPSHOT';
  /** `PROCESSING`: its filters were not evaluated yet; whoever evaluates lists does so when the portal starts. */
  readonly processingStatus: 'PROCESSING' | 'COMPLETE';
  /** Absent for a list that was made by hand. */
  readonly filterBranch?: Readonly<Record<string, unknown>>;
  readonly listVersion: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly filtersUpdatedAt?: string;
  readonly createdById?: string;
  readonly updatedById?: string;
  /** Deleted lists can be restored for 90 days. */
  readonly deletedAt?: string;
  /** Absent: the root, `0`. */
  readonly folderId?: string;
  readonly customProperties?: Readonly<Record<string, string>>;
  readonly listPermissions?: {
    readonly teamsWithEditAccess: readonly number[];
    readonly usersWithEditAccess: readonly number[];
  };
  readonly membershipSettings?: {
    readonly membershipTeamId: number | null;
    readonly includeUnassigned: boolean | null;
  };
  readonly conversion?: { readonly requestedConversionTime: ListConversionTime; readonly convertedAt?: string };
  /** When its name or its filters were edited. */
  readonly edits?: readonly string[];
}

/** When a dynamic list becomes a manual one. */
export type ListConversionTime =
  | { readonly conversionType: 'CONVERSION_DATE'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly conversionType: 'INACTIVITY'; readonly timeUnit: 'DAY' | 'WEEK' | 'MONTH'; readonly offset: number };

export interface ListFolder {
  /** Digits; the root is `0` and not stored. */
  readonly id: string;
  readonly name: string;
  readonly parentFolderId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedContentsAt: string;
}
