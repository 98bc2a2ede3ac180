import { expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';

/** The client has no calls of its own for these paths. */
const PATH = '/crm/v3/property-validations/0-1';

test('HubSpot’s client sets rules, reads them, and is refused values that break them', async () => {
  const { client } = await hubspot();
  const get = async (path: string) => (await client.apiRequest({ path: `${PATH}${path}` })).json();
  const put = (rule: string, body: object) =>
    client.apiRequest({ method: 'PUT', path: `${PATH}/zip/rule-type/${rule}`, body });
  expect((await put('ALPHANUMERIC', { ruleArguments: ['NUMERIC_ONLY'] })).status).toBe(204);
  expect((await put('MAX_LENGTH', { ruleArguments: ['5'] })).status).toBe(204);
  expect(await get('')).toEqual({
    results: [
      {
        propertyName: 'zip',
        propertyValidationRules: [
          { ruleType: 'ALPHANUMERIC', ruleArguments: ['NUMERIC_ONLY'] },
          { ruleType: 'MAX_LENGTH', ruleArguments: ['5'] },
        ],
      },
    ],
  });
  expect(await get('/zip/rule-type/MAX_LENGTH')).toEqual({ ruleType: 'MAX_LENGTH', ruleArguments: ['5'] });
  const { basicApi } = client.crm.contacts;
  const contact = await basicApi.create({ properties: { lastname: 'A', zip: '10115' } });
  for (const zip of ['1011A', '101155']) {
    expect(await refusal(basicApi.update(contact.id, { properties: { zip } }))).toMatchObject({
      code: 400,
      body: { category: 'VALIDATION_ERROR', errors: [{ context: { propertyName: ['zip'] } }] },
    });
  }
  expect((await basicApi.getById(contact.id, ['zip'])).properties['zip']).toBe('10115');
  expect((await put('DECIMAL', { ruleArguments: ['2'] })).status).toBe(400);
  expect((await put('MAX_LENGTH', { ruleArguments: ['many'] })).status).toBe(400);
});
