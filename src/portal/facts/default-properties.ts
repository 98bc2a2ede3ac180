/** The properties and groups that HubSpot gives an object type, before an account adds its own. */

import type { Property, PropertyGroup } from './definitions.ts';
import * as account from './properties/account.ts';
import * as activities from './properties/activities.ts';
import * as commerce from './properties/commerce.ts';
import { companies } from './properties/companies.ts';
import { contacts } from './properties/contacts.ts';
import { deals } from './properties/deals.ts';
import * as documents from './properties/documents.ts';
import * as library from './properties/library.ts';
import { parseProperties } from './properties/parse-properties.ts';
import { system } from './properties/system.ts';
import { tickets } from './properties/tickets.ts';

const texts: Readonly<Record<string, string>> = {
  '0-1': contacts,
  '0-2': companies,
  '0-3': deals,
  '0-5': tickets,
  '0-7': commerce.products,
  '0-8': commerce.lineItems,
  '0-14': documents.quotes,
  '0-18': activities.communications,
  '0-19': account.feedbackSubmissions,
  '0-27': activities.tasks,
  '0-46': activities.notes,
  '0-47': activities.meetings,
  '0-48': activities.calls,
  '0-49': activities.emails,
  '0-53': documents.invoices,
  '0-54': account.marketingEvents,
  '0-64': documents.quoteTemplates,
  '0-69': documents.subscriptions,
  '0-74': account.goalTargets,
  '0-84': documents.discounts,
  '0-85': documents.fees,
  '0-86': documents.taxes,
  '0-101': documents.commercePayments,
  '0-115': account.users,
  '0-116': activities.postalMail,
  '0-123': commerce.orders,
  '0-136': commerce.leads,
  '0-142': documents.carts,
  '0-162': library.services,
  '0-410': library.courses,
  '0-420': library.listings,
  '0-421': library.appointments,
  '0-970': library.projects,
};

export interface DefaultDefinitions {
  readonly groups: readonly PropertyGroup[];
  readonly properties: readonly Property[];
}

const parsed = new Map<string, DefaultDefinitions>();

/** Those of one of HubSpot's own types, by type id; parsed on first use, the same objects every time. */
export function defaultDefinitions(typeId: string): DefaultDefinitions {
  const known = parsed.get(typeId);
  if (known) return known;
  const definitions = parseProperties(texts[typeId] ?? '');
  parsed.set(typeId, definitions);
  return definitions;
}

/** Those that a new custom object type gets besides the properties its schema names. */
export function customDefaultDefinitions(name: string, label: string): DefaultDefinitions {
  const { groups, properties } = parseProperties(`[${name}_information]${system}`);
  // The label is anybody's text, which that form could not hold.
  return { groups: groups.map((group) => ({ ...group, label: `${label} Information` })), properties };
}

/** Those that a custom object type gets with its first pipeline, and keeps. */
export function pipelineProperties(groupName: string): readonly Property[] {
  const { properties } = parseProperties(`[${groupName}]
hs_pipeline | Pipeline | enumeration select | e
hs_pipeline_stage | Pipeline stage | enumeration select | e`);
  return properties;
}
