import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCrm } from '../src/index.ts';
import { recordsOf } from './rows.ts';

it.each([
  [{}, 'accessToken is missing'],
  [{ accessToken: undefined }, '{ embedded: true }'],
  [{ accessToken: ' ' }, 'accessToken is missing'],
  [{ embedded: false, seed: 'none' as const }, 'accessToken is missing'],
  [{ embedded: true, accessToken: 'pat-na1-x' }, 'keep one of them'],
])('A backend without a token does not work on demo data unawares: %j', async (options, words) => {
  await expect(createCrm(options)).rejects.toThrow(words);
});

it.each([
  [{ readonly: true }, '"readonly": createCrm has no such option. Did you mean readOnly?'],
  [{ polcy: 'policy.json' }, 'Did you mean policy?'],
  [{ audit: 'audit.log' }, '"audit": createCrm has no such option.'],
])(
  'An option that nobody knows is refused, since whoever set it believes that it does something: %j',
  async (options, words) => {
    await expect(createCrm({ embedded: true, seed: 'none', ...options })).rejects.toThrow(words);
  },
);

it('An embedded portal is there for whoever asks for it', async () => {
  const crm = await createCrm({ embedded: true, seed: 'none' });
  expect(await crm.call('search_records', { objectType: 'contacts' })).toMatchObject({ data: { total: 0 } });
  await crm.close();
});

it('Providers propose values, and have names of their own', async () => {
  const registry = {
    name: 'registry',
    propose: () => [{ property: 'industry', value: 'BANKING', confidence: 0.9 }],
  };
  const crm = await createCrm({ embedded: true, seed: 'none', toolsets: ['crm', 'quality'], providers: [registry] });
  const made = await crm.call('create_records', {
    objectType: 'companies',
    records: [{ properties: { name: 'Acme' } }],
  });
  const [record] = recordsOf(made.data ?? {});
  const { data } = await crm.call('suggest_values', {
    objectType: 'companies',
    ids: [String(record?.['id'])],
    properties: ['industry'],
  });
  expect(recordsOf(data ?? {})).toMatchObject([{ value: 'BANKING' }]);
  expect(data).toMatchObject({ reasons: [{ source: 'provider:registry' }] });
  await crm.close();
  await expect(createCrm({ embedded: true, providers: [registry, registry] })).rejects.toThrow('is there twice');
});

it('keeps the copy of the portal where it is told, and refuses a Redis that is none', async () => {
  const snapshotDir = await mkdtemp(join(tmpdir(), 'library-'));
  const crm = await createCrm({ embedded: true, seed: 'none', toolsets: ['quality'], snapshotDir });
  const { isError } = await crm.call('find_duplicates', { objectType: 'contacts' });
  await crm.close();
  expect(isError).toBe(false);
  expect(await readdir(snapshotDir)).not.toEqual([]);
  await expect(createCrm({ accessToken: 'pat-na1-x', redisUrl: 'http://127.0.0.1' })).rejects.toThrow(
    'redisUrl: expected redis://host:port',
  );
});

it.each([
  [{ policy: '/no/such.json' }, 'policy /no/such.json: there is no such file'],
  [
    { toolsets: ['journal' as const], profile: 'chatbot' as const },
    'profile chatbot and toolsets journal leave no tool',
  ],
  [{ accessToken: 'pat-na1-x', accessTokenFile: '/a' }, 'accessToken and accessTokenFile are both set'],
  [{ openai: true }, 'openaiKey: set it'],
  [{ openai: true, openaiKey: 'sk-x', openaiModel: 'own' }, 'openaiPrices: say what own costs'],
  [{ deadlineMs: -1 }, 'deadlineMs: expected'],
  [{ seed: 'none' as const, dataDir: '' }, 'dataDir: expected a value'],
])(
  'An option that cannot be is told by its name here, not by that of a flag or a variable: %j',
  async (options, words) => {
    const account = 'accessToken' in options ? {} : { embedded: true };
    const refused = createCrm({ ...account, ...options });
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.not.toThrow(/--|HUBSPOT_|OPENAI_/);
  },
);
