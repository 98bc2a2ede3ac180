import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../src/fetch.ts';
import { connect } from '../harness.ts';
import { fastClock } from './fast-clock.ts';

const SPEED = 200;
/** The harness's own, and another that HubSpot might name. */
const TOKEN = 'pat-na1-harness';
const OTHER = 'pat-eu1-0a1b2c3d-0000-4444-8888-123456789abc';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const record = {
  id: '1',
  properties: { email: TOKEN, firstname: `Bearer ${OTHER}` },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

/** What stands between may say anything, the request's own headers included. */
const indiscretions: Readonly<Record<string, () => HttpResponse>> = {
  'a 401': () => answer(401, { message: `The token ${TOKEN} expired`, category: TOKEN, correlationId: TOKEN }),
  'a 403': () =>
    answer(403, { message: OTHER, category: 'MISSING_SCOPES', context: { requiredGranularScopes: [TOKEN] } }),
  'a page of a proxy': () =>
    answer(400, `<html>authorization: Bearer ${TOKEN}`, { 'x-hubspot-correlation-id': `Bearer ${TOKEN}` }),
  'an answer that is no JSON': () => answer(200, `{"${TOKEN}`, { 'x-hubspot-correlation-id': TOKEN }),
  records: () => answer(200, { total: 1, results: [record] }),
  'a network error': () => {
    throw Object.assign(new Error(`invalid header authorization: Bearer ${TOKEN}`), { code: TOKEN });
  },
};

describe('the token', () => {
  it.each(Object.entries(indiscretions))(
    'S52: is not passed on from %s',
    { timeout: 60_000 },
    async (_, indiscretion) => {
      const connection = await connect({
        clock: fastClock(SPEED),
        config: { deadlineMs: 5_000 * SPEED },
        scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.objects.deals.read'],
      });
      const { client, portal, log } = connection;
      await client.callTool({ name: 'search_records', arguments: { objectType: 'contacts' } });
      const asked: string[] = [];
      portal.fetch = (request) => {
        asked.push(request.url);
        return new Promise((resolve) => resolve(indiscretion()));
      };
      const calls = [
        { name: 'search_records', arguments: { objectType: 'contacts' } },
        { name: 'get_records', arguments: { objectType: 'contacts', ids: ['1'] } },
        {
          name: 'update_records',
          arguments: { objectType: 'contacts', records: [{ id: '1', properties: { city: 'x' } }] },
        },
        { name: 'list_pipelines', arguments: { objectType: 'deals' } },
        { name: 'get_account', arguments: {} },
      ];
      const answers = await Promise.all(calls.map((call) => client.callTool(call)));
      expect(asked.length).toBeGreaterThan(3);
      const heard = JSON.stringify([answers, log]);
      expect(heard).not.toContain(TOKEN);
      expect(heard).not.toContain(OTHER);
      await connection.close();
    },
  );
});
