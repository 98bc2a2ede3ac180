import { expect, it } from 'vitest';
import { SEARCHES, worst } from '../hubspot/redis/processes-in-one.ts';

it('Whatever befalls a Redis that all processes lose and find together, HubSpot never counts too many', async ({
  annotate,
}) => {
  const given = { runs: 300, spanMs: 90_000 };
  const most = await worst(given);
  await annotate(JSON.stringify({ ...given, mostInSecond: most }));
  expect(most).toBeLessThanOrEqual(SEARCHES);
}, 1_800_000);
