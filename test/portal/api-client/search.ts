import type { Client } from '@hubspot/api-client';
import { PublicObjectSearchRequest } from '@hubspot/api-client/lib/codegen/crm/objects/index.js';

/** The client's types know no sort but a text, and no operator that HubSpot does not know. */
export function ask(client: Client, objectType: string, request: object) {
  return client.crm.objects.searchApi.doSearch(objectType, Object.assign(new PublicObjectSearchRequest(), request));
}
