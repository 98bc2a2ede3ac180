/**
 * What a portal consists of besides records: properties, pipelines, owners, object types, and the account itself.
 * Source of the fields: developers.hubspot.com/docs/api-reference/latest, compared 2026-11-22.
 */

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly hidden?: boolean;
  readonly displayOrder?: number;
  readonly description?: string;
}

export interface Property {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly groupName: string;
  readonly type: string;
  readonly fieldType: string;
  /** Empty unless the type is `enumeration`. */
  readonly options: readonly PropertyOption[];
  readonly externalOptions?: boolean;
  readonly referencedObjectType?: string;
  readonly hasUniqueValue?: boolean;
  readonly hidden?: boolean;
  readonly hubspotDefined?: boolean;
  readonly calculated?: boolean;
  readonly calculationFormula?: string;
  readonly displayOrder?: number;
  readonly formField?: boolean;
  readonly archived?: boolean;
  readonly dataSensitivity?: 'non_sensitive' | 'sensitive' | 'highly_sensitive';
  readonly showCurrencySymbol?: boolean;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly modificationMetadata?: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyValue: boolean;
    readonly readOnlyOptions?: boolean;
  };
  /** Never HubSpot's word but the operator's: `read` is not written here, `mask` not even seen in full. */
  readonly restricted?: 'read' | 'mask';
}

/** What a property can be created with. `hasUniqueValue` can be set only then. */
export type PropertyInput = Pick<Property, 'name' | 'label' | 'groupName' | 'type' | 'fieldType'> &
  PropertyPatch &
  Partial<Pick<Property, 'hasUniqueValue' | 'dataSensitivity' | 'externalOptions' | 'referencedObjectType'>>;

export type PropertyPatch = Partial<
  Pick<
    Property,
    | 'label'
    | 'description'
    | 'groupName'
    | 'type'
    | 'fieldType'
    | 'options'
    | 'hidden'
    | 'formField'
    | 'displayOrder'
    | 'calculationFormula'
  >
>;

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder?: number;
  readonly archived?: boolean;
}

export interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  /** Deals: `probability` ("0.0" to "1.0") and `isClosed`; tickets: `ticketState` (OPEN or CLOSED). */
  readonly metadata: Readonly<Record<string, string>>;
  readonly archived: boolean;
  readonly writePermissions?: 'CRM_PERMISSIONS_ENFORCEMENT' | 'READ_ONLY' | 'INTERNAL_ONLY';
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly PipelineStage[];
  readonly archived: boolean;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface StageInput {
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly stageId?: string;
}

export type StagePatch = Partial<Omit<StageInput, 'stageId'>> & { readonly archived?: boolean };

export interface PipelineInput {
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly StageInput[];
  readonly pipelineId?: string;
}

export interface PipelinePatch {
  readonly label?: string;
  readonly displayOrder?: number;
  readonly archived?: boolean;
}

export interface Owner {
  /** What `hubspot_owner_id` holds. */
  readonly id: string;
  readonly type?: 'PERSON' | 'QUEUE';
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly userId?: number;
  readonly userIdIncludingInactive?: number;
  readonly teams?: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
  /** True of a deactivated user. */
  readonly archived: boolean;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface ObjectSchema {
  readonly id: string;
  /** Such as `2-3453432`. */
  readonly objectTypeId: string;
  /** Such as `p12345_car`. */
  readonly fullyQualifiedName: string;
  readonly name: string;
  readonly labels: { readonly singular?: string; readonly plural?: string };
  readonly description?: string;
  readonly primaryDisplayProperty?: string;
  readonly secondaryDisplayProperties?: readonly string[];
  readonly searchableProperties?: readonly string[];
  readonly requiredProperties?: readonly string[];
  readonly properties?: readonly Property[];
  readonly associations?: readonly SchemaAssociation[];
  readonly archived?: boolean;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface SchemaAssociation {
  readonly id: string;
  readonly fromObjectTypeId: string;
  readonly toObjectTypeId: string;
  readonly name?: string;
}

export interface SchemaInput {
  readonly name: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly description?: string;
  readonly primaryDisplayProperty: string;
  readonly secondaryDisplayProperties?: readonly string[];
  readonly searchableProperties?: readonly string[];
  readonly requiredProperties: readonly string[];
  readonly properties: readonly (Pick<Property, 'name' | 'label' | 'type' | 'fieldType'> &
    PropertyPatch & { readonly hasUniqueValue?: boolean })[];
  readonly associatedObjects: readonly string[];
}

export type SchemaPatch = Partial<Omit<SchemaInput, 'name' | 'properties' | 'associatedObjects'>> & {
  readonly clearDescription?: boolean;
};

// Account

export interface AccountDetails {
  readonly portalId: number;
  readonly accountType: string;
  readonly timeZone: string;
  readonly companyCurrency: string;
  readonly additionalCurrencies?: readonly string[];
  readonly utcOffset?: string;
  readonly utcOffsetMilliseconds?: number;
  readonly uiDomain?: string;
  readonly dataHostingLocation?: string;
}

export interface ApiUsage {
  readonly name: string;
  readonly currentUsage: number;
  readonly usageLimit: number;
  readonly collectedAt?: string;
  readonly resetsAt?: string;
  readonly fetchStatus?: string;
}

export interface TokenInfo {
  readonly hubId: number;
  readonly appId?: number;
  readonly userId?: number;
  readonly scopes: readonly string[];
}

/** What is left of one budget as this process sees it; other users of the portal are seen through HubSpot's headers. */
export interface BudgetState {
  readonly limit: number;
  readonly remaining: number;
  readonly windowMs: number;
  /** Calls that wait for a slot. */
  readonly waiting: number;
}

export interface QuotaState {
  readonly burst: BudgetState;
  readonly search: BudgetState;
  readonly associations: BudgetState;
  /** Known from HubSpot's first answer on. `remaining` is what this server may still use of it. */
  readonly daily?: { readonly limit: number; readonly remaining: number };
  /** Why less than the whole quota can be used at the moment, for an operator; absent when all is well. */
  readonly degraded?: string;
}
