/** Records as tests make and look at them. */

import type { HttpResponse } from '../../src/fetch.ts';
import { at, type Talk } from './talk.ts';

/** Creates a record and gives its id. */
export async function create(
  talk: Talk,
  objectType: string,
  properties: Record<string, string>,
  associations: readonly unknown[] = [],
): Promise<string> {
  const reply = await talk('POST', `/crm/v3/objects/${objectType}`, { properties, associations });
  if (reply.status !== 201) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return String(at(reply.body, 'id'));
}

/** One property of a record, as it is read. */
export async function read(talk: Talk, objectType: string, id: string, property: string): Promise<unknown> {
  const reply = await talk('GET', `/crm/v3/objects/${objectType}/${id}?properties=${property}`);
  if (reply.status !== 200) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return at(reply.body, 'properties', property);
}

/** A request that is not good JSON, or not sent as such. */
export function sendRaw(
  talk: Talk,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  return talk.portal.fetch({
    method: 'POST',
    url: `http://127.0.0.1${path}`,
    headers: { authorization: 'Bearer pat-na1-test', 'content-type': 'application/json', ...headers },
    body,
  });
}

/** One association type, as it is written. */
export function spec(associationTypeId: number, associationCategory = 'HUBSPOT_DEFINED') {
  return { associationCategory, associationTypeId };
}

/** The entries embedded in the message of a 400 for values. */
export function problems(body: unknown): unknown {
  const message = String(at(body, 'message'));
  const prefix = 'Property values were not valid: ';
  if (!message.startsWith(prefix)) throw new Error(message);
  const embedded: unknown = JSON.parse(message.slice(prefix.length));
  return embedded;
}
