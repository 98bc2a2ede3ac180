/** By what other systems know a record: two that are known by different names are two. */

import type { PropertyFacts, RecordNow } from './types.ts';

/** HubSpot's own ids and this server's, which every record has another one of. */
const OURS = /^(?:hs_object_id|hs_unique_creation_key|mcp_write_id|email|hs_additional_emails|domain)$/;

/** Guess: how integrations name the property of their id, and portals those of registers. */
const EXTERNAL =
  /^(?:salesforce(?:contact|account|lead|opportunity|case)id|(?:hs_)?salesforce_\w*id|sfdc_?id|netsuite_\w*id|dynamics_\w*id|stripe_(?:customer_)?id|sap_\w*id|\w*external_?id|erp_id|vat(?:_number|_id|_no)?|tax_?(?:id|number)|(?:company_)?registration_?(?:number|no)|duns(?:_number)?|lei)$/i;

export function isExternalId({ name, unique }: Pick<PropertyFacts, 'name' | 'unique'>): boolean {
  return !OURS.test(name) && (unique || EXTERNAL.test(name));
}

/** Ids that a record went by before, and its own. */
export function idsOf({ id, properties }: RecordNow): readonly string[] {
  return [...new Set([...(properties['hs_merged_object_ids'] ?? '').split(';').filter(Boolean), id])];
}
