import type { Crm, HubSpotRecord } from '../crm/index.ts';
import type { Resource } from '../resource.ts';
import { objectSchema } from './object-schema.ts';

/** One record, for attaching it to a conversation. */
export const record: Resource = {
  name: 'record',
  tool: 'get_records',
  title: 'A record',
  description: 'One record with all its properties that have a value.',
  uriTemplate: 'hubspot://records/{objectType}/{recordId}',

  /** There are too many to list; they are reached by completion and through tools. */
  list: () => Promise.resolve([]),

  async read({ objectType = '', recordId = '' }, crm) {
    const type = await crm.objectTypes.resolve(objectType);
    const { all } = await crm.properties.of(type);
    const [row] = await crm.records.read(type, [recordId], { properties: all.map(({ name }) => name) });
    if (row === undefined) return undefined;
    if (row.outcome !== 'applied') {
      if (row.error.code === 'not_found') return undefined;
      throw row.error;
    }
    const { id, properties, createdAt, updatedAt, archived, url } = row.value;
    const filled = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== ''));
    return { objectType: type.name, id, createdAt, updatedAt, archived, ...(url && { url }), properties: filled };
  },

  /** Record ids by words that occur in the record; a person who types ids needs no help. */
  async complete(part, begun, known, crm) {
    if (part === 'objectType') return objectSchema.complete(part, begun, known, crm);
    const { objectType } = known;
    if (part !== 'recordId' || objectType === undefined) return [];
    return (await likely(objectType, begun, crm)).map(({ id }) => id);
  },
};

async function likely(objectType: string, begun: string, crm: Crm): Promise<readonly HubSpotRecord[]> {
  const type = await crm.objectTypes.resolve(objectType);
  const words = begun.trim();
  const said = words === '' ? {} : { query: words };
  return (await crm.records.search(type, said, { limit: 20 })).records;
}
