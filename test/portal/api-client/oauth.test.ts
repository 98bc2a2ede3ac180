import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@hubspot/api-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import { createPortal } from '../../../src/portal/index.ts';
import { demoApp } from '../../../src/portal/oauth/app.ts';
import { fakeClock } from '../../fake-clock.ts';
import { authorize, codeFor, credentials, postForm, redirectUri } from '../install.ts';
import { hubspot, refusal } from './hubspot.ts';

const { clientId, clientSecret } = demoApp;

/** The client of an app that a user has just installed. */
async function installed(options: Parameters<typeof hubspot>[0] = {}) {
  const { client, url, portal } = await hubspot(options);
  const code = await codeFor(url);
  const tokens = await client.oauth.tokensApi.create('authorization_code', code, redirectUri, clientId, clientSecret);
  return { client, url, portal, code, tokens, app: new Client({ accessToken: tokens.accessToken, basePath: url }) };
}

const withoutId = (body: Record<string, unknown>) => {
  const { correlationId, ...rest } = body;
  expect(correlationId).toEqual(expect.any(String));
  return rest;
};

describe('An app is installed', () => {
  test('by a redirect that carries a code and the state, and the code becomes tokens', async () => {
    const { client, url } = await hubspot();
    const answer = await authorize(url, { state: 'a b&c' });
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe(redirectUri);
    expect(target.searchParams.get('state')).toBe('a b&c');
    const tokens = await client.oauth.tokensApi.create(
      'authorization_code',
      target.searchParams.get('code') ?? '',
      redirectUri,
      clientId,
      clientSecret,
    );
    expect(tokens).toMatchObject({ tokenType: 'bearer', expiresIn: 1800 });
    expect(tokens.accessToken).not.toBe(tokens.refreshToken);
  });

  test('and its token does what its scopes allow, and no more', async () => {
    const { app } = await installed();
    const contact = await app.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
    expect((await app.crm.contacts.basicApi.getById(contact.id)).properties['email']).toBe('ada@example.com');
    expect(await refusal(app.crm.companies.basicApi.getPage())).toMatchObject({
      code: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: expect.arrayContaining(['crm.objects.companies.read']) } }],
      },
    });
  });

  test('and what it writes names the app in its history', async () => {
    const { app } = await installed();
    const { id } = await app.crm.contacts.basicApi.create({ properties: { firstname: 'Ada' } });
    await app.crm.contacts.basicApi.update(id, { properties: { firstname: 'Augusta' } });
    const read = await app.crm.contacts.basicApi.getById(id, undefined, ['firstname']);
    expect(read.propertiesWithHistory?.['firstname']).toMatchObject(
      ['Augusta', 'Ada'].map((value) => ({ value, sourceType: 'INTEGRATION', sourceId: String(demoApp.appId) })),
    );
  });

  test('with optional scopes where the app has them', async () => {
    const { client, url } = await hubspot();
    const code = await codeFor(url, { optional_scope: 'tickets no.such.scope' });
    const tokens = await client.oauth.tokensApi.create('authorization_code', code, redirectUri, clientId, clientSecret);
    const info = await client.oauth.accessTokensApi.get(tokens.accessToken);
    expect(info.scopes).toEqual(['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'tickets']);
  });

  test('but not for an unknown client, another redirect or a scope that the app does not have', async () => {
    const { url } = await hubspot();
    expect((await authorize(url, { client_id: 'nobody' })).status).toBe(400);
    expect((await authorize(url, { redirect_uri: `${redirectUri}/` })).status).toBe(400);
    const mismatch = await authorize(url, { scope: 'crm.objects.contacts.read no.such.scope' });
    expect(mismatch.status).toBe(400);
    expect(await mismatch.text()).toContain('mismatch between the scopes');
  });
});

describe('An access token', () => {
  test('is told about: whose it is, what it may do and how long', async () => {
    const { client, tokens } = await installed();
    expect(await client.oauth.accessTokensApi.get(tokens.accessToken)).toMatchObject({
      token: tokens.accessToken,
      appId: demoApp.appId,
      hubId: 48213907,
      tokenType: 'access',
      expiresIn: 1800,
      scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
    });
    expect(await refusal(client.oauth.accessTokensApi.get('unknown'))).toMatchObject({
      code: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
  });

  test('expires after half an hour, which a call is told, and a refresh gives a new one', async () => {
    const clock = fakeClock();
    const { client, url, tokens, app } = await installed({ clock });
    await clock.advance(1_799_000);
    await app.crm.contacts.basicApi.getPage();
    await clock.advance(6_000);
    expect(await refusal(app.crm.contacts.basicApi.getPage())).toMatchObject({
      code: 401,
      body: {
        status: 'error',
        message: 'The OAuth token used to make this call expired 5 second(s) ago.',
        category: 'EXPIRED_AUTHENTICATION',
        context: { 'expire time': ['2026-11-22T00:30:00.000Z'] },
      },
    });
    expect((await refusal(client.oauth.accessTokensApi.get(tokens.accessToken))).code).toBe(404);

    const { refreshToken } = tokens;
    const renewed = await client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      clientId,
      clientSecret,
      refreshToken,
    );
    expect(renewed.refreshToken).toBe(refreshToken);
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    const again = new Client({ accessToken: renewed.accessToken, basePath: url });
    expect((await again.crm.contacts.basicApi.getPage()).results).toEqual([]);
  });

  test('may make 110 calls in ten seconds, and has no daily quota of its own', async () => {
    const { tokens, url } = await installed({ limits: 'on', clock: fakeClock() });
    const call = () =>
      fetch(`${url}/crm/v3/objects/contacts?limit=1`, {
        headers: { authorization: `Bearer ${tokens.accessToken}`, accept: 'application/json' },
      });
    const first = await call();
    expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(first.headers.get('x-hubspot-ratelimit-daily')).toBeNull();
    const statuses = await Promise.all(Array.from({ length: 110 }, async () => (await call()).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(109);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  test('is no private app token, and a private app token is none', async () => {
    const { url, client, portal, tokens } = await installed();
    const ask = async () => {
      const answer = await fetch(`${url}/oauth/v2/private-apps/get/access-token-info`, {
        method: 'POST',
        headers: { authorization: 'Bearer pat-na1-test', 'content-type': 'application/json' },
        body: JSON.stringify({ tokenKey: tokens.accessToken }),
      });
      return answer.status;
    };
    expect(await ask()).toBe(404);
    // Nor is it the caller's own that expired.
    portal.control.clock.advance(1_801_000);
    expect(await ask()).toBe(404);
    expect((await refusal(client.oauth.accessTokensApi.get('pat-na1-test'))).code).toBe(404);
  });

  test('survives that the portal is closed and opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portal-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const options = { clock: fakeClock(), seed: 'none', limits: 'off', file: join(folder, 'portal.db') } as const;
    const first = await createPortal({ ...options, random: seededRandom(1) });
    const asked = await first.fetch({
      method: 'GET',
      url: `/oauth/authorize?${new URLSearchParams({ ...credentials(), scope: 'crm.objects.contacts.read' }).toString()}`,
      headers: {},
    });
    const code = new URL(asked.headers['location'] ?? '').searchParams.get('code') ?? '';
    const given = await first.fetch({
      method: 'POST',
      url: '/oauth/v3/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, ...credentials() }).toString(),
    });
    const { access_token: token } = JSON.parse(String(given.body));
    first.close();
    const second = await createPortal({ ...options, random: seededRandom(2) });
    onTestFinished(() => second.close());
    const read = (bearer: string) =>
      second.fetch({
        method: 'GET',
        url: '/crm/v3/objects/contacts',
        headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
      });
    expect((await read(token)).status).toBe(200);
    expect((await read(`${token}x`)).status).toBe(401);
  });
});

describe('A refresh token', () => {
  test('is told about, and its deletion ends it but not the access tokens that came of it', async () => {
    const { client, tokens, app } = await installed();
    expect(await client.oauth.refreshTokensApi.get(tokens.refreshToken)).toMatchObject({
      token: tokens.refreshToken,
      clientId,
      hubId: 48213907,
      tokenType: 'refresh',
    });
    await client.oauth.refreshTokensApi.archive(tokens.refreshToken);
    expect((await refusal(client.oauth.refreshTokensApi.get(tokens.refreshToken))).code).toBe(404);
    expect((await refusal(client.oauth.refreshTokensApi.archive(tokens.refreshToken))).code).toBe(404);
    expect((await app.crm.contacts.basicApi.getPage()).results).toEqual([]);
    expect(
      await refusal(
        client.oauth.tokensApi.create(
          'refresh_token',
          undefined,
          undefined,
          clientId,
          clientSecret,
          tokens.refreshToken,
        ),
      ),
    ).toMatchObject({ code: 400, body: { message: 'missing or invalid refresh token' } });
  });
});

describe('The token endpoint refuses', () => {
  test('a code that was used, in every version with the same body', async () => {
    const { url, code } = await installed();
    for (const version of ['v1', 'v3', '2026-03', '2026-09']) {
      const again = await postForm(`${url}/oauth/${version}/token`, {
        grant_type: 'authorization_code',
        code,
        ...credentials(),
      });
      expect(again.status).toBe(400);
      expect(withoutId(again.body)).toEqual({
        error: 'invalid_grant',
        error_description: 'missing or unknown auth code',
        status: 'BAD_AUTH_CODE',
        message: 'missing or unknown auth code',
      });
    }
  });

  test.each([
    [{ client_secret: 'wrong' }, 'BAD_CLIENT_SECRET', 'invalid_client'],
    [{ client_id: 'nobody' }, 'BAD_CLIENT_ID', 'invalid_client'],
    [{ redirect_uri: 'https://elsewhere.example.com' }, 'MISMATCH_REDIRECT_URI_AUTH_CODE', 'invalid_grant'],
    [{ redirect_uri: '' }, 'BAD_REDIRECT_URI', 'invalid_request'],
    [{ code: 'unknown' }, 'BAD_AUTH_CODE', 'invalid_grant'],
    [{ grant_type: 'password' }, 'BAD_GRANT_TYPE', 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 'BAD_REFRESH_TOKEN', 'invalid_grant'],
  ])('%o', async (wrong, status, error) => {
    const { url } = await hubspot();
    const form = { grant_type: 'authorization_code', code: await codeFor(url), ...credentials() };
    const refused = await postForm(`${url}/oauth/v3/token`, { ...form, ...wrong });
    expect(refused).toMatchObject({ status: 400, body: { status, error } });
    // What was refused used up nothing.
    expect((await postForm(`${url}/oauth/v3/token`, form)).status).toBe(200);
  });

  test('a code after its time', async () => {
    const clock = fakeClock();
    const { url } = await hubspot({ clock });
    const code = await codeFor(url);
    await clock.advance(11 * 60_000);
    expect(
      await postForm(`${url}/oauth/v3/token`, { grant_type: 'authorization_code', code, ...credentials() }),
    ).toMatchObject({ status: 400, body: { status: 'EXPIRED_AUTH_CODE' } });
  });

  test('what is no form', async () => {
    const { url } = await hubspot();
    const answer = await fetch(`${url}/oauth/v3/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'refresh_token' }),
    });
    expect(answer.status).toBe(415);
  });
});

test('PKCE: a code asked for with a challenge is given only for its verifier', async () => {
  const { url } = await hubspot();
  const verifier = 'a-verifier-of-at-least-forty-three-characters';
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await codeFor(url, { code_challenge, code_challenge_method: 'S256' });
  const form = { grant_type: 'authorization_code', code, ...credentials() };
  expect(await postForm(`${url}/oauth/2026-03/token`, form)).toMatchObject({
    status: 400,
    body: { status: 'BAD_CODE_VERIFIER' },
  });
  expect(await postForm(`${url}/oauth/2026-03/token`, { ...form, code_verifier: `${verifier}x` })).toMatchObject({
    status: 400,
  });
  expect(await postForm(`${url}/oauth/2026-03/token`, { ...form, code_verifier: verifier })).toMatchObject({
    status: 200,
    body: { token_type: 'bearer', expires_in: 1800, hub_id: 48213907, token_use: 'access_token' },
  });
});

test('v1 takes its parameters from the query too, the later versions do not', async () => {
  const { url } = await hubspot();
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: await codeFor(url),
    ...credentials(),
  }).toString();
  expect((await postForm(`${url}/oauth/v3/token?${form}`, {})).body).toMatchObject({ status: 'BAD_GRANT_TYPE' });
  expect((await postForm(`${url}/oauth/v1/token?${form}`, {})).status).toBe(200);
});

test('An app gets a token for itself with its credentials, which manages its webhooks and opens no account', async () => {
  const { url } = await hubspot();
  const scope = 'developer.webhooks_journal.read crm.objects.contacts.read';
  const form = { grant_type: 'client_credentials', ...credentials(), scope };
  const given = await postForm(`${url}/oauth/2026-03/token`, form);
  expect(given).toMatchObject({
    status: 200,
    body: { token_use: 'client_credentials', scopes: scope.split(' '), expires_in: 1800 },
  });
  expect(given.body).not.toHaveProperty('refresh_token');
  const ask = (path: string) =>
    fetch(url + path, { headers: { authorization: `Bearer ${String(given.body['access_token'])}` } });
  expect((await ask(`/webhooks/2026-03/${demoApp.appId}/subscriptions`)).status).toBe(200);
  expect((await ask('/crm/v3/objects/contacts')).status).toBe(403);
  expect(await postForm(`${url}/oauth/v1/token`, { ...form, scope: 'no.such.scope' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_scope' },
  });
});

describe('Introspection', () => {
  test('tells an app of its own tokens, and of no others more than that they are not active', async () => {
    const other = { ...demoApp, appId: 2, clientId: 'other', clientSecret: 'secret' };
    const { url, tokens } = await installed({ apps: [demoApp, other] });
    const introspect = (form: Record<string, string>) => postForm(`${url}/oauth/v3/token/introspect`, form);
    expect(await introspect({ ...credentials(), token: tokens.accessToken })).toMatchObject({
      status: 200,
      body: {
        active: true,
        token_use: 'access_token',
        token_type: 'bearer',
        app_id: demoApp.appId,
        client_id: clientId,
        hub_id: 48213907,
        expires_in: expect.any(Number),
      },
    });
    expect(await introspect({ ...credentials(), token: tokens.refreshToken })).toMatchObject({
      body: { active: true, token_use: 'refresh_token' },
    });
    expect((await introspect({ ...credentials(), token: 'unknown' })).body).toEqual({ active: false });
    expect((await introspect({ ...credentials(other), token: tokens.accessToken })).body).toEqual({ active: false });
    expect(await introspect({ ...credentials(), client_secret: 'wrong', token: tokens.accessToken })).toMatchObject({
      status: 400,
      body: { status: 'BAD_CLIENT_SECRET' },
    });
  });

  test('after a revocation says that the token is not active, and calls with it are refused', async () => {
    const { url, tokens, app } = await installed();
    await app.crm.contacts.basicApi.getPage();
    const form = { ...credentials(), token: tokens.accessToken };
    expect((await postForm(`${url}/oauth/2026-09/token/revoke`, form)).status).toBe(200);
    expect((await postForm(`${url}/oauth/2026-09/token/introspect`, form)).body).toEqual({ active: false });
    expect(await refusal(app.crm.contacts.basicApi.getPage())).toMatchObject({
      code: 401,
      body: { category: 'INVALID_AUTHENTICATION' },
    });
  });
});
