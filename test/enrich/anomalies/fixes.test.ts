/** Every fix that a check proposes is a call that this server takes. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';
import type { Finding, PortalData } from '../../../src/enrich/anomalies/types.ts';
import { tools } from '../../../tools/index.ts';
import { type Connection, connect } from '../../harness.ts';
import { daysAgo, factsOf, portalWith, type Values } from './small-portal.ts';

/** What people write into records; what HubSpot calculates stands in `calculated`, by place. */
const contacts: readonly Values[] = [
  {
    email: 'ann@gmial.com',
    firstname: 'ANNA',
    lastname: 'BERG',
    phone: '030 901820',
    country: 'Germany',
    lifecyclestage: 'lead',
  },
  {
    email: 'bob@acme.com',
    firstname: 'John',
    lastname: 'Doe',
    jobtitle: 'n/a',
    country: 'Deutschland',
    lifecyclestage: 'opportunity',
  },
  {
    email: 'cy@globex.com',
    firstname: 'Cy Fox',
    phone: '123',
    city: 'Berlin',
    date_of_birth: '1850-01-01',
    lifecyclestage: 'customer',
  },
  { firstname: 'Nobody', lastname: 'Reachable', city: 'BERLIN' },
  {
    email: 'di@acme.com',
    firstname: 'Di',
    lastname: 'Fox',
    city: 'Berlin',
    country: 'Germany',
    lifecyclestage: 'customer',
  },
  { email: 'hal@umbrella.com', firstname: 'Hal', lastname: 'Fox' },
];
const companies: readonly Values[] = [
  { name: 'Acme GmbH', domain: 'acme.com', country: 'Germany', lifecyclestage: 'lead' },
  { name: 'ACME', domain: 'www.acme.com', country: 'DE', lifecyclestage: 'lead' },
  { name: 'Globex', domain: 'globex.com', lifecyclestage: 'lead' },
  { name: 'Initech', domain: 'facebook.com', website: 'https://www.initech.com' },
  { name: 'hooli  labs', domain: 'hooli.com' },
  { name: 'Umbrella', domain: 'umbrella.com' },
];

let connection: Connection;
let findings: readonly Finding[];

beforeAll(async () => {
  connection = await connect({ seed: 'demo', config: { toolsets: ['crm', 'quality'] } });
  const contactIds = await created('contacts', contacts);
  const companyIds = await created('companies', companies);
  findings = runChecks(seenAs(contactIds, companyIds)).findings;
});
afterAll(() => connection.close());

async function created(objectType: string, records: readonly Values[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const properties of records) {
    const { text } = await connection.call('create_records', { objectType, records: [{ properties }] });
    ids.push(/\b\d{3,}\b/.exec(text)?.[0] ?? '');
  }
  return ids;
}

/** The portal's records as a snapshot would have them, with what its associations and time would have made of them. */
function seenAs(contactIds: readonly string[], companyIds: readonly string[]): PortalData {
  const [acme = '', , , , hooli = '', umbrella = ''] = companyIds;
  const atCompany = ['', acme, acme, '', ''];
  const data = portalWith({
    contacts: contacts.map((values, at) => ({
      hubspot_owner_id: '999',
      notes_last_updated: '',
      num_associated_deals: at === 4 ? '1' : '',
      total_revenue: at === 0 ? '500' : '',
      ...values,
      ...(at === 3 && { hubspot_owner_id: '' }),
      id: contactIds[at] ?? '',
      associatedcompanyid: atCompany[at] ?? '',
    })),
    companies: companies.map((values, at) => ({
      num_associated_contacts: '0',
      num_associated_deals: '0',
      createdate: daysAgo(200),
      total_revenue: at === 2 ? '900' : '',
      hs_num_open_deals: at === 1 ? '1' : '0',
      hs_parent_company_id: at === 4 ? umbrella : at === 5 ? hooli : '',
      ...values,
      id: companyIds[at] ?? '',
      hubspot_owner_id: at === 5 ? '998' : '',
    })),
  });
  const born = factsOf('date_of_birth');
  return {
    ...data,
    owners: [{ id: '999', email: 'gone@acme.com', archived: true }],
    properties: new Map([...data.properties, ['contacts', new Map([['date_of_birth', born]])]]),
  };
}

it('Among these are fixes of most checks that have one', () => {
  const fixed = new Set(findings.filter(({ fix }) => fix !== undefined).map(({ check }) => check));
  expect([...fixed].sort()).toEqual([
    'C02',
    'C05',
    'C07',
    'C10',
    'C11',
    'C12',
    'C13',
    'C14',
    'C15',
    'C17',
    'C21',
    'C22',
    'O01',
    'O02',
    'O03',
    'O04',
    'O07',
    'O09',
    'O10',
    'O12',
  ]);
});

it('Every fix is a call that its tool takes, and that HubSpot would', async () => {
  const refused: unknown[] = [];
  for (const { check, fix } of findings) {
    if (fix === undefined) continue;
    const tool = tools.find(({ name }) => name === fix.tool);
    if (tool?.effect === 'read') {
      const read = tool.input.safeParse(fix.arguments);
      if (!read.success) refused.push([check, read.error.issues]);
      continue;
    }
    const { error, data, text } = await connection.call(fix.tool, { ...fix.arguments, dryRun: true });
    if (Object.keys(error).length > 0 || (Array.isArray(data['failed']) && data['failed'].length > 0))
      refused.push([check, fix.arguments, text]);
  }
  expect(refused).toEqual([]);
});
