import { Agent, request } from 'undici';
import { systemClock, systemRandom } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createTransport } from '../../src/hubspot/transport.ts';
import { exactly, type Figure, sampleOf } from '../sample.ts';
import { PAGE_PROPERTIES } from '../servers.ts';
import { GET_EVERY_MS, paced } from './latency.ts';

const WARM_UP = 10;
const MAY_ADD_MS = 2;

/**
 * What this project's client adds to an HTTP request: each pair gets the same contact through the client and through a
 * bare undici request to the same URL, parsed. Called no faster than HubSpot allows, so that there is always quota.
 */
export async function measureClient(
  portalUrl: string,
  contactIds: readonly string[],
  calls: number,
  onPair: () => void,
): Promise<Figure[]> {
  const token = `pat-na1-${systemRandom.uuid()}`;
  const authorization = `Bearer pat-na1-${systemRandom.uuid()}`;
  const client = createHubSpot({
    fetch: createTransport(),
    clock: systemClock,
    random: systemRandom,
    token: () => token,
    baseUrl: portalUrl,
  });
  const dispatcher = new Agent();
  const throughClient = (id: string) => client.objects.get('contacts', id, { properties: PAGE_PROPERTIES });
  const bare = async (id: string) => {
    const url = `${portalUrl}/crm/objects/2026-09/contacts/${id}?properties=${PAGE_PROPERTIES.join('%2C')}`;
    const { statusCode, body } = await request(url, { dispatcher, headers: { authorization } });
    if (statusCode !== 200) throw new Error(`${url} was answered ${statusCode}`);
    return body.json();
  };
  const pace = paced(GET_EVERY_MS, systemClock);
  const time = async (get: (id: string) => Promise<unknown>, round: number) => {
    await pace();
    const began = systemClock.elapsed();
    await get(contactIds[round % contactIds.length] ?? '');
    return systemClock.elapsed() - began;
  };
  const pairs: { client: number; bare: number }[] = [];
  try {
    for (let round = -WARM_UP; round < calls; round += 1) {
      const index = Math.max(0, round);
      const pair = { client: await time(throughClient, index), bare: await time(bare, index) };
      if (round < 0) continue;
      pairs.push(pair);
      onPair();
    }
  } finally {
    await Promise.all([client.close(), dispatcher.close()]);
  }
  const added = sampleOf(pairs.map((pair) => pair.client - pair.bare));
  return [
    {
      measure: `one get, median of ${calls}`,
      unit: 'ms',
      ours: sampleOf(pairs.map((pair) => pair.client)),
      theirs: sampleOf(pairs.map((pair) => pair.bare)),
    },
    {
      measure: 'added, median of the differences of the pairs',
      unit: 'ms',
      ours: added,
      theirs: exactly(0),
      reach: { text: '< 2', reached: added.median < MAY_ADD_MS },
    },
  ];
}
