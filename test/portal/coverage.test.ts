import { describe, expect, test } from 'vitest';
import { hubspotEndpoints, hubspotPrefixes, shapeOf } from '../../src/portal/facts/endpoints/endpoints.ts';
import { routes } from '../../src/portal/routes.ts';
import { talkTo } from './talk.ts';

const endpoints = hubspotEndpoints();
const emulated = new Set(routes.map(shapeOf));
const missing = endpoints.filter((endpoint) => !emulated.has(shapeOf(endpoint)));

/** As one would ask for it: `{contactId}` becomes a number, and the version stands behind the first word. */
function addressOf(path: string, version = '2026-09'): string {
  return path.replaceAll(/\{\w+\}/g, '7').replace(/^\/[^/]+/, (area) => `${area}/${version}`);
}

describe('what HubSpot has and the portal has not', () => {
  test('is answered 501, endpoint by endpoint', async () => {
    const talk = await talkTo();
    expect(missing.length).toBeGreaterThan(100);
    for (const { method, path } of missing) {
      const reply = await talk(method, addressOf(path));
      expect([method, path, reply.status]).toEqual([method, path, 501]);
      expect(reply.body).toMatchObject({ status: 'error', category: 'NOT_EMULATED' });
    }
  });

  test('is answered 501 behind the prefixes of whole areas, with and without more behind it', async () => {
    const talk = await talkTo();
    for (const prefix of hubspotPrefixes().flatMap(([, prefixes]) => prefixes)) {
      expect([prefix, (await talk('GET', `${prefix}/things/7`)).status]).toEqual([prefix, 501]);
      expect([prefix, (await talk('GET', `${prefix}things`)).status]).toEqual([prefix, 404]);
    }
  });

  test('is also whatever it has in a version that it served as a beta', async () => {
    const talk = await talkTo();
    for (const beta of ['2025-09', '2026-09-beta', '2027-03-beta']) {
      expect([beta, (await talk('GET', `/crm/objects/${beta}/contacts`)).status]).toEqual([beta, 501]);
    }
    expect((await talk('GET', '/crm/objects/2024-09/contacts')).status).toBe(404);
    expect((await talk('GET', '/crm/v1/objects/contacts')).status).toBe(404);
  });

  test('is said to a caller without a token, too', async () => {
    const { portal } = await talkTo();
    const reply = await portal.fetch({ method: 'GET', url: '/marketing/v3/emails', headers: {} });
    expect(reply.status).toBe(501);
  });
});

describe('what HubSpot has not, either', () => {
  test.each(['/crm/v3/dreams', '/marketing/v3/emails/7/dreams/7', '/dreams', '/cms', '/crm/objects/2026-09', '/'])(
    'is answered 404: %s',
    async (path) => {
      const talk = await talkTo();
      expect(await talk('GET', path)).toMatchObject({ status: 404, body: { status: 'error' } });
      const browser = await talk.portal.fetch({
        method: 'GET',
        url: path,
        headers: { authorization: 'Bearer pat-x', accept: '*/*' },
      });
      expect(browser.status).toBe(404);
      expect(browser.headers['content-type']).toContain('text/html');
    },
  );

  test('a method that an endpoint does not take is no endpoint', async () => {
    const talk = await talkTo();
    expect((await talk('DELETE', '/marketing/v3/emails')).status).toBe(404);
    expect((await talk('DELETE', '/crm/v3/owners')).status).toBe(405);
  });
});

test('the inventory names each endpoint once, and every route that is in it by the name it has there', () => {
  const shapes = endpoints.map(shapeOf);
  expect(shapes.filter((shape, i) => shapes.indexOf(shape) !== i)).toEqual([]);
  expect(endpoints.filter(({ path }) => !/^(\/([\w-]+|\{\w+\}))+$/.test(path))).toEqual([]);
  expect(endpoints.some(({ method, path }) => method === 'POST' && path === '/crm/objects/{objectType}/merge')).toBe(
    true,
  );
});
