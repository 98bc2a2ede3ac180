import { describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { connect } from '../harness.ts';

/** A client of somebody who answers every request so. */
function clientOf(status: number, body: unknown) {
  const asked: string[] = [];
  const hubspot = createHubSpot({
    clock: systemClock,
    random: seededRandom(1),
    token: () => 'pat-na1-x',
    fetch: ({ url }) => {
      asked.push(url);
      return Promise.resolve({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    },
  });
  return { hubspot, asked };
}

describe('Pairs that HubSpot holds for duplicates', () => {
  it('are read page by page', async () => {
    const connection = await connect();
    const { hubspot, requests } = connection;
    const inputs = Array.from({ length: 2 }, (_, i) => ({
      properties: { email: `ada.${i}@acme.example`, firstname: 'Ada', lastname: 'Lovelace', phone: '+14155550123' },
    }));
    const rows = await hubspot.objects.batchCreate('contacts', inputs);
    const [a, b] = rows.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
    expect(await hubspot.dataQuality.duplicatePairs('0-1')).toEqual({ results: [{ a, b }] });
    expect(requests.at(-1)).toBe('GET /crm/data-quality/objects/2027-03-beta/duplicates/default');
    await connection.close();
  });

  it.each([
    { objectId: '1', duplicateObjectId: 2, score: 0.9 },
    { id: '7', primaryObjectId: '1', secondaryObjectId: '2' },
    { recordId1: 1, recordId2: 2 },
    { objectIds: ['1', '2'] },
    { objects: [{ id: '1' }, { objectId: 2 }], confidence: 'HIGH' },
  ])('are understood however their ids are called: %j', async (pair) => {
    const { hubspot } = clientOf(200, { results: [pair], paging: { next: { after: 'x' } } });
    expect(await hubspot.dataQuality.duplicatePairs('0-1')).toEqual({ results: [{ a: '1', b: '2' }], next: 'x' });
  });

  it.each([{ objectId: '1' }, { a: 1, b: 2 }, { objectIds: ['1', '1'] }, { objectIds: ['one', 'two'] }, {}])(
    'are passed over where they name no two records: %j',
    async (pair) => {
      const { hubspot } = clientOf(200, { results: [pair] });
      expect(await hubspot.dataQuality.duplicatePairs('0-1')).toEqual({ results: [] });
    },
  );

  it.each([403, 404])('are none where the portal does not have them: %i', async (status) => {
    const { hubspot, asked } = clientOf(status, { message: 'no', category: 'X' });
    expect(await hubspot.dataQuality.duplicatePairs('0-1')).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('are an error where HubSpot fails', async () => {
    const { hubspot } = clientOf(401, { message: 'who?', category: 'INVALID_AUTHENTICATION' });
    await expect(hubspot.dataQuality.duplicatePairs('0-1')).rejects.toMatchObject({ code: 'unauthorized' });
  });
});
