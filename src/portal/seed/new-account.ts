/** What every HubSpot account has on its first day: settings, default properties, groups and pipelines. */

import { defaultPipelines } from '../facts/default-pipelines.ts';
import { defaultDefinitions } from '../facts/default-properties.ts';
import type { Account } from '../facts/definitions.ts';
import { objectTypes } from '../facts/object-types.ts';
import { PORTAL, type Store } from '../store/store.ts';

const account: Account = {
  portalId: 48213907,
  accountType: 'STANDARD',
  timeZone: 'US/Eastern',
  companyCurrency: 'USD',
  additionalCurrencies: [],
  uiDomain: 'app.hubspot.com',
  dataHostingLocation: 'na1',
};

/** `at`: when the account was opened, in milliseconds since the epoch. */
export function openAccount(store: Store, at: number): void {
  store.account.put(PORTAL, 'account', account);
  for (const type of objectTypes.filter(({ emulated }) => emulated)) {
    const { groups, properties } = defaultDefinitions(type.id);
    for (const group of groups) store.propertyGroups.put(type.id, group.name, group);
    for (const property of properties) store.properties.put(type.id, property.name, property);
    for (const pipeline of defaultPipelines(type.id, new Date(at).toISOString())) {
      store.pipelines.put(type.id, pipeline.id, pipeline);
    }
  }
  for (const hs_name of quoteTemplates) {
    const properties = { hs_name, hs_active: 'true' };
    store.records.insert({ typeId: '0-64', properties, createdAt: at, source: { sourceType: 'CRM_UI' } });
  }
}

/** They are made in HubSpot's settings only; a quote needs one. Public clients tell of these in every account. */
const quoteTemplates = ['Default Original', 'Default Basic', 'Default Modern'];
