import { expect, it } from 'vitest';
import { createCrm } from '../src/index.ts';

it.each([
  [{}, 'accessToken is missing'],
  [{ accessToken: undefined }, '{ embedded: true }'],
  [{ accessToken: ' ' }, 'accessToken is missing'],
  [{ embedded: false, seed: 'none' as const }, 'accessToken is missing'],
  [{ embedded: true, accessToken: 'pat-na1-x' }, 'keep one of them'],
])('A backend without a token does not work on demo data unawares: %j', async (options, words) => {
  await expect(createCrm(options)).rejects.toThrow(words);
});

it('An embedded portal is there for whoever asks for it', async () => {
  const crm = await createCrm({ embedded: true, seed: 'none' });
  expect(await crm.call('search_records', { objectType: 'contacts' })).toMatchObject({ data: { total: 0 } });
  await crm.close();
});
