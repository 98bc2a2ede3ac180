import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { CommandFailure } from '../../src/command.ts';
import { cloneSchema } from '../../src/commands/clone-schema.ts';
import type { HttpMethod } from '../../src/fetch.ts';
import { UsageError } from '../../src/option.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { run, servedPortal } from './terminal.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'clone-schema-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function ask(portal: Portal, method: HttpMethod, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: 'Bearer pat-x', 'content-type': 'application/json', accept: 'application/json' };
  const reply = await portal.fetch({
    method,
    url: `http://127.0.0.1${path}`,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return JSON.parse(text);
}

const vehicle = {
  name: 'vehicle',
  labels: { singular: 'Vehicle', plural: 'Vehicles' },
  primaryDisplayProperty: 'serial',
  requiredProperties: ['serial'],
  properties: [{ name: 'serial', label: 'Serial <b>', type: 'string', fieldType: 'text', hasUniqueValue: true }],
  associatedObjects: ['COMPANY'],
};

/** What an agent would find of an account's own on top of HubSpot's. */
async function configure(portal: Portal): Promise<void> {
  await ask(portal, 'POST', '/crm-object-schemas/2026-09/schemas', vehicle);
  const labels = '/crm/associations/2026-09';
  await ask(portal, 'POST', `${labels}/contacts/companies/labels`, {
    name: 'buyer',
    label: 'Buyer',
    inverseLabel: 'Bought by',
  });
  await ask(portal, 'POST', `${labels}/contacts/deals/labels`, { name: 'champion', label: 'Champion' });
  await ask(portal, 'POST', `${labels}/contacts/contacts/labels`, {
    name: 'boss',
    label: 'Boss',
    inverseLabel: 'Report',
  });
  await ask(portal, 'POST', '/crm/pipelines/2026-09/tickets', {
    label: 'Repairs',
    displayOrder: 7,
    stages: [
      { label: 'Waiting', displayOrder: 0, metadata: { ticketState: 'OPEN' } },
      { label: 'Repaired', displayOrder: 1, metadata: { ticketState: 'CLOSED' } },
    ],
  });
}

const results = z.looseObject({ results: z.array(z.looseObject({})) });

/** Fewer than the client may read in one burst, so that nothing waits. */
const standard = ['contacts', 'companies', 'deals', 'tickets', 'leads', 'products', 'notes'];
const custom = ['machine', 'vehicle'];

/** Every definition that the API shows, without what only the one who made it would know. */
async function definitionsOf(portal: Portal): Promise<Record<string, unknown>> {
  const schemas = results.parse(await ask(portal, 'GET', '/crm-object-schemas/2026-09/schemas'));
  const types = [...standard, ...schemas.results.map(({ objectTypeId }) => String(objectTypeId))];
  const found: Record<string, unknown> = {
    account: await ask(portal, 'GET', '/account-info/2026-09/details'),
    owners: await ask(portal, 'GET', '/crm/owners/2026-09?limit=500'),
    archivedOwners: await ask(portal, 'GET', '/crm/owners/2026-09?limit=500&archived=true'),
    schemas: schemas.results.map(({ associations: _associations, ...schema }) => schema),
  };
  for (const type of types) {
    for (const area of ['properties', 'pipelines']) {
      const shown = results.parse(await ask(portal, 'GET', `/crm/${area}/2026-09/${type}`));
      found[`${area} of ${type}`] = shown.results.map(
        ({ createdUserId: _made, updatedUserId: _changed, ...rest }) => rest,
      );
    }
    found[`groups of ${type}`] = await ask(portal, 'GET', `/crm/properties/2026-09/${type}/groups`);
    for (const to of types) {
      const path = `/crm/associations/2026-09/${type}/${to}/labels`;
      found[path] = type === 'products' || to === 'products' ? [] : await ask(portal, 'GET', path);
    }
  }
  return found;
}

test("an account's configuration comes over whole, by requests that only read", async () => {
  const { portal, environment } = await servedPortal();
  await configure(portal);
  portal.control.clearRequests();
  const out = join(await folder(), 'config.json');
  const ran = await run(cloneSchema, { out, types: [...standard, ...custom].join() }, environment);
  expect(ran.error).toBeUndefined();
  expect(ran.stdout).toMatch(
    /^\d+ object types with \d{3,} properties and \d+ pipelines, and \d+ owners are in .*config\.json\n/,
  );
  const asked = portal.control.requests() ?? [];
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);

  const json = await readFile(out, 'utf8');
  expect(json).not.toContain('pat-na1-secret');
  expect(JSON.parse(json)).not.toHaveProperty('records');
  const copy = await createPortal({ clock: systemClock, random: seededRandom(4), seed: { json }, limits: 'off' });
  onTestFinished(() => copy.close());
  expect(await definitionsOf(copy)).toEqual(await definitionsOf(portal));
  expect(Object.values(copy.describe().records).reduce((sum, count) => sum + count, 0)).toBeLessThan(20);
});

test('owners can be left nameless, with the ids that records hold', async () => {
  const { portal, environment } = await servedPortal();
  const out = join(await folder(), 'config.json');
  await run(cloneSchema, { out, anonymizeOwners: true, types: 'contacts' }, environment);
  const owner = z.looseObject({ id: z.string(), email: z.string(), firstName: z.string(), lastName: z.string() });
  const read = z
    .object({ owners: z.array(owner), properties: z.looseObject({}) })
    .parse(JSON.parse(await readFile(out, 'utf8')));
  const real = z
    .object({ results: z.array(owner) })
    .parse(await ask(portal, 'GET', '/crm/owners/2026-09?limit=500')).results;
  expect(read.owners.map(({ id }) => id)).toEqual(expect.arrayContaining(real.map(({ id }) => id)));
  const text = await readFile(out, 'utf8');
  for (const { email, lastName } of real) {
    expect(text).not.toContain(email);
    expect(JSON.stringify(read.owners)).not.toContain(`"${lastName}"`);
  }
  expect(Object.keys(read.properties)).toEqual(['contacts']);
});

test('what the token may not read is said, and the rest is written', async () => {
  const scopes = ['crm.objects.contacts.read', 'crm.schemas.contacts.read', 'oauth'];
  const { environment } = await servedPortal({ seed: 'none', tokens: new Map([['pat-na1-secret', scopes]]) });
  const out = join(await folder(), 'config.json');
  const ran = await run(cloneSchema, { out }, environment);
  expect(ran.error).toBeUndefined();
  expect(ran.stderr).toMatch(/^Not read: deals: the token lacks any of the scopes .*crm\.schemas\.deals\.read/m);
  expect(ran.stderr).toMatch(/^Not read: owners: the token lacks the scope crm\.objects\.owners\.read$/m);
  const written = z.looseObject({ properties: z.looseObject({}) }).parse(JSON.parse(await readFile(out, 'utf8')));
  expect(Object.keys(written.properties)).toContain('contacts');
  expect(Object.keys(written.properties)).not.toContain('deals');
});

test('it writes over nothing unless told to, and nothing where nothing could be read', async () => {
  const { portal, environment } = await servedPortal({
    seed: 'none',
    tokens: new Map([['pat-na1-secret', ['oauth']]]),
  });
  const out = join(await folder(), 'config.json');
  const nothing = await run(cloneSchema, { out }, environment);
  expect(nothing.error).toBeInstanceOf(CommandFailure);
  await expect(readFile(out)).rejects.toThrow('ENOENT');
  await writeFile(out, 'mine');
  portal.control.clearRequests();
  const refused = await run(cloneSchema, { out }, environment);
  expect(refused.error).toEqual(new CommandFailure(`${out} is there already: --force overwrites it.`));
  expect(portal.control.requests()).toEqual([]);
  expect(await readFile(out, 'utf8')).toBe('mine');
  const allowed = await servedPortal({ seed: 'none' });
  expect((await run(cloneSchema, { out, force: true, types: '0-1' }, allowed.environment)).error).toBeUndefined();
  expect(await readFile(out, 'utf8')).toContain('"lifecyclestage"');
});

test('without a token, with a wrong one, or for a type that is not there, it says what to do', async () => {
  const { environment } = await servedPortal({ seed: 'none', tokens: new Map([['pat-na1-other', ['oauth']]]) });
  const out = join(await folder(), 'config.json');
  expect((await run(cloneSchema, { out })).error).toBeInstanceOf(UsageError);
  expect((await run(cloneSchema, { out }, environment)).error).toMatchObject({
    name: 'HubSpotError',
    code: 'unauthorized',
  });
  const stray = await run(
    cloneSchema,
    { out, types: 'dreams' },
    { ...environment, HUBSPOT_ACCESS_TOKEN: 'pat-na1-other' },
  );
  expect(stray.error).toEqual(new UsageError('--types: there is no object type "dreams" in this account'));
});
