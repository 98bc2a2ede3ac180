/** What the business defined for itself: settings, properties, a second pipeline, labels and a custom object. */

import { customDefaultDefinitions } from '../../facts/default-properties.ts';
import {
  isPropertyType,
  type ObjectSchema,
  type Pipeline,
  type PipelineStage,
  type Property,
  type PropertyOption,
} from '../../facts/definitions.ts';
import type { AssociationTypeId } from '../../store/association-types.ts';
import { PORTAL, type Store } from '../../store/store.ts';

/** Coffee machines at customers' sites. */
export const MACHINES = '2-38114206';

export interface Labels {
  /** From contacts to companies. */
  readonly decisionMaker: AssociationTypeId;
  readonly billingContact: AssociationTypeId;
  /** From deals to contacts. */
  readonly champion: AssociationTypeId;
  /** From companies to companies: whom this one brought. */
  readonly referred: AssociationTypeId;
}

/** HubSpot adds no currency without its rate. */
const currencies = { additionalCurrencies: ['EUR', 'GBP'], exchangeRates: { EUR: 1.08, GBP: 1.26 } };

export function defineOwn(store: Store, opened: number): Labels {
  const at = new Date(opened).toISOString();
  const account = store.account.get(PORTAL, 'account');
  if (account) store.account.put(PORTAL, 'account', { ...account, ...currencies });
  for (const [typeId, properties] of Object.entries(customProperties)) {
    store.propertyGroups.put(typeId, 'coffee', {
      name: 'coffee',
      label: 'Coffee business',
      displayOrder: 90,
      archived: false,
    });
    for (const row of properties) store.properties.put(typeId, row.name, property(row, 'coffee', at));
  }
  store.pipelines.put('0-3', renewals.id, pipeline(renewals, at));
  defineMachines(store, at);
  return defineLabels(store);
}

interface Row {
  name: string;
  label: string;
  kind: string;
  options?: string;
  unique?: true;
}

const customProperties: Readonly<Record<string, readonly Row[]>> = {
  '0-1': [
    { name: 'customer_number', label: 'Customer number', kind: 'string text', unique: true },
    { name: 'preferred_channel', label: 'Preferred channel', kind: 'enumeration select', options: 'Email, Phone, SMS' },
    {
      name: 'interests',
      label: 'Interests',
      kind: 'enumeration checkbox',
      options: 'Espresso, Filter coffee, Tea, Vending, Barista training',
    },
    {
      name: 'newsletter_opt_in',
      label: 'Newsletter opt-in',
      kind: 'bool booleancheckbox',
      options: 'true=Yes, false=No',
    },
    { name: 'last_tasting_date', label: 'Last tasting', kind: 'date date' },
  ],
  '0-2': [
    { name: 'erp_id', label: 'ERP number', kind: 'string text', unique: true },
    { name: 'account_tier', label: 'Account tier', kind: 'enumeration radio', options: 'Gold, Silver, Bronze' },
    { name: 'contract_end_date', label: 'Contract end', kind: 'date date' },
    { name: 'service_plan', label: 'Has a service plan', kind: 'bool booleancheckbox', options: 'true=Yes, false=No' },
    { name: 'weekly_kilos', label: 'Beans per week (kg)', kind: 'number number' },
  ],
  '0-3': [
    { name: 'renewal_date', label: 'Renewal date', kind: 'date date' },
    { name: 'needs_approval', label: 'Needs approval', kind: 'bool booleancheckbox', options: 'true=Yes, false=No' },
    {
      name: 'competitor',
      label: 'Competitor',
      kind: 'enumeration select',
      options: 'Brewline, Café Nord, OfficeCup, None known',
    },
    { name: 'tasting_at', label: 'Tasting', kind: 'datetime date' },
  ],
  '0-5': [{ name: 'machine_serial', label: 'Machine serial number', kind: 'string text' }],
};

function property({ name, label, kind, options = '', unique }: Row, groupName: string, at: string): Property {
  const [type, fieldType = ''] = kind.split(' ');
  if (!isPropertyType(type)) throw new Error(`Not a type: ${kind}`);
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName,
    options: options === '' ? [] : options.split(', ').map(option),
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: unique ?? false,
    hidden: false,
    hubspotDefined: false,
    formField: true,
    dataSensitivity: 'non_sensitive',
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    archived: false,
    createdAt: at,
    updatedAt: at,
  };
}

function option(text: string, displayOrder: number): PropertyOption {
  const [value = text, label = text] = text.includes('=') ? text.split('=') : [optionValue(text), text];
  return { label, value, displayOrder, hidden: false };
}

/** The value of an option with this label, as HubSpot's editor would make it up. */
export function optionValue(label: string): string {
  return label
    .toLowerCase()
    .replaceAll('é', 'e')
    .replaceAll(/[^a-z0-9]+/g, '_');
}

/** Its second stage has the same label as one of the sales pipeline. */
export const renewals = {
  id: '71540982',
  label: 'Renewals',
  stages: [
    ['71540991', 'Renewal Due', '0.5'],
    ['71540992', 'Contract Sent', '0.8'],
    ['71540993', 'Renewed', '1.0'],
    ['71540994', 'Cancelled', '0.0'],
  ],
} as const;

function pipeline({ id, label, stages }: typeof renewals, at: string): Pipeline {
  const times = { createdAt: at, updatedAt: at, archived: false };
  return {
    id,
    label,
    displayOrder: 1,
    stages: stages.map(([stageId, stageLabel, probability], displayOrder): PipelineStage => {
      const closed = probability === '1.0' || probability === '0.0';
      const metadata = { isClosed: String(closed), probability };
      const shown = { id: stageId, label: stageLabel, displayOrder, metadata };
      return { ...shown, ...times, writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT' };
    }),
    ...times,
  };
}

const machineProperties: readonly Row[] = [
  { name: 'serial_number', label: 'Serial number', kind: 'string text', unique: true },
  {
    name: 'model',
    label: 'Model',
    kind: 'enumeration select',
    options: 'Alba 2, Alba 4, Corto S, Corto XL, Filtro 10',
  },
  { name: 'installed_on', label: 'Installed on', kind: 'date date' },
  { name: 'status', label: 'Status', kind: 'enumeration select', options: 'In service, In repair, Retired' },
  { name: 'cups_per_day', label: 'Cups per day', kind: 'number number' },
];

function defineMachines(store: Store, at: string): void {
  const schema: ObjectSchema = {
    id: MACHINES.slice(2),
    objectTypeId: MACHINES,
    name: 'machine',
    fullyQualifiedName: `p${store.account.get(PORTAL, 'account')?.portalId}_machine`,
    description: 'A coffee machine at a customer’s site',
    labels: { singular: 'Machine', plural: 'Machines' },
    primaryDisplayProperty: 'serial_number',
    secondaryDisplayProperties: ['model'],
    searchableProperties: ['serial_number', 'model'],
    requiredProperties: ['serial_number'],
    allowsSensitiveProperties: true,
    restorable: true,
    archived: false,
    createdAt: at,
    updatedAt: at,
  };
  store.schemas.put(PORTAL, MACHINES, schema);
  const { groups, properties } = customDefaultDefinitions('machine', 'Machine');
  for (const group of groups) store.propertyGroups.put(MACHINES, group.name, group);
  for (const each of properties) store.properties.put(MACHINES, each.name, each);
  for (const row of machineProperties)
    store.properties.put(MACHINES, row.name, property(row, 'machine_information', at));
  const activities = store.objectTypes().filter((type) => type.activity && type.emulated);
  for (const { id, singular } of activities) {
    store.associationTypes.define(MACHINES, id, { name: `machine_to_${singular}`, label: null });
  }
  for (const [id, name] of [
    ['0-2', 'machine_to_company'],
    ['0-5', 'machine_to_ticket'],
  ] as const) {
    store.associationTypes.define(MACHINES, id, { name, label: null });
  }
}

function defineLabels(store: Store): Labels {
  const define = (from: string, to: string, name: string, label: string, inverseLabel?: string): AssociationTypeId => {
    const [forth] = store.associationTypes.define(from, to, { name, label, inverseLabel });
    if (!forth) throw new Error(`The label ${label} was not defined.`);
    return forth;
  };
  return {
    decisionMaker: define('0-1', '0-2', 'decision_maker', 'Decision maker'),
    billingContact: define('0-1', '0-2', 'billing_contact', 'Billing contact'),
    champion: define('0-3', '0-1', 'champion', 'Champion', 'Champion of'),
    referred: define('0-2', '0-2', 'referred', 'Referred', 'Referred by'),
  };
}
