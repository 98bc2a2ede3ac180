import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubSpotError } from '../../src/hubspot/index.ts';
import type { OperationName } from '../../src/hubspot/operations.ts';
import { OPERATIONS } from '../../src/hubspot/operations.ts';
import type { PathParameters } from '../../src/hubspot/paths.ts';
import { hostsOf, urlOf } from '../../src/hubspot/paths.ts';
import { versionOf } from '../../src/hubspot/versions.ts';
import { record, scripted } from './script.ts';

const hosts = hostsOf();
const isOperation = (name: string): name is OperationName => name in OPERATIONS;
const names = Object.keys(OPERATIONS).filter(isOperation);

/** What people and attackers put where a name belongs. */
const nastyNames = [
  '../../../settings/v3/users',
  '../../../../oauth/v1/access-tokens/x',
  'contacts?archived=true&x=',
  'contacts#',
  'contacts/',
  'contacts%2f..%2f..',
  '..',
  '.',
  '',
  ' 12 ',
  '12/associations',
  '0x10',
  '1e3',
  '-1',
  '١٢٣',
  '9'.repeat(40),
  'https://evil.test/x',
  '//evil.test',
  '\\\\evil.test',
  '@evil.test',
  'batch',
  'search',
  'groups',
  'labels',
  'default',
  'definitions',
  'contacts\n',
  'contacts\u0000',
  'cont\u200bacts',
  '{objectType}',
  '__proto__',
  'constructor',
  'contacts',
  '0-1',
  'p123_car',
  'email',
  '12345678901',
];

const nasty = fc.oneof(
  fc.constantFrom(...nastyNames),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.stringMatching(/^[a-z0-9./%?#&=\\@:-]{0,30}$/),
);

const good = {
  objectType: '0-1',
  fromObjectType: 'contacts',
  toObjectType: 'deals',
  objectId: '1',
  ownerId: '2',
  associationTypeId: '3',
  propertyName: 'email',
  groupName: 'facts',
  pipelineId: 'default',
  stageId: 's',
};

/** Which operations a router may take an address for: of those that fit, the ones with the most fixed words. */
function templatesOf(method: string, pathname: string): OperationName[] {
  const fitting = names.filter((name) => {
    const { method: own, path } = OPERATIONS[name];
    const pattern = path.replaceAll('{version}', versionOf(name, '2026-09')).replaceAll(/\{\w+\}/g, '[^/]+');
    return own === method && new RegExp(`^${pattern}$`).test(pathname);
  });
  const tightest = Math.min(...fitting.map(loose));
  return fitting.filter((name) => loose(name) === tightest);
}

const loose = (name: OperationName) => OPERATIONS[name].path.split('{').length;

/** What an address says to a router, or that none was formed. */
function seen(name: OperationName, parameters: PathParameters, after: string) {
  try {
    const { origin, pathname, searchParams } = new URL(urlOf(hosts, '2026-09', name, parameters, { after, limit: 5 }));
    return { origin, operations: templatesOf(OPERATIONS[name].method, pathname), query: [...searchParams] };
  } catch (error) {
    return error instanceof HubSpotError ? error.code : error;
  }
}

describe('urlOf', () => {
  it('P1: forms an address of that very operation from 10,000 nasty arguments, or none at all', () => {
    const parameters = fc.record({
      objectType: nasty,
      fromObjectType: nasty,
      toObjectType: nasty,
      objectId: nasty,
      ownerId: nasty,
      associationTypeId: nasty,
      propertyName: nasty,
      groupName: nasty,
      pipelineId: nasty,
      stageId: nasty,
    });
    let formed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), parameters, nasty, (name, given, value) => {
        const address = seen(name, given, value);
        if (address === 'invalid_argument') return;
        formed += 1;
        const after = new URLSearchParams({ value }).get('value');
        const query = [
          ['after', after],
          ['limit', '5'],
        ];
        expect(address).toEqual({ origin: 'https://api.hubapi.com', operations: [name], query });
      }),
      { numRuns: 10_000 },
    );
    // The property would hold for a function that refuses everything.
    expect(formed).toBeGreaterThan(500);
  });

  it('has one endpoint for each operation', () => {
    for (const name of names) expect(seen(name, good, '')).toMatchObject({ operations: [name] });
  });

  it('lets no single argument among good ones lead elsewhere', () => {
    const astray = names.flatMap((name) =>
      Object.keys(good).flatMap((parameter) =>
        nastyNames.flatMap((value) => {
          const address = seen(name, { ...good, [parameter]: value }, '');
          const operations =
            typeof address === 'object' && address !== null && 'operations' in address && address.operations;
          const stays = address === 'invalid_argument' || String(operations) === name;
          return stays ? [] : [`${name} with ${parameter} ${value}`];
        }),
      ),
    );
    expect(astray).toEqual([]);
  });

  it('sends an operation to the only version that has it', () => {
    const parameters = { objectType: 'contacts', objectId: '1', toObjectType: 'deals' };
    expect(urlOf(hosts, '2026-09', 'associations.list', parameters, {})).toBe(
      'https://api.hubapi.com/crm/objects/2026-03/contacts/1/associations/deals',
    );
    expect(urlOf(hosts, '2026-09', 'objects.get', parameters, {})).toContain('/crm/objects/2026-09/');
    expect(urlOf(hosts, '2026-03', 'objects.get', parameters, {})).toContain('/crm/objects/2026-03/');
  });
});

describe('the base URL', () => {
  it.each([
    'https://api.hubapi.com',
    'https://proxy.example:8443/',
    'http://localhost:3000',
    'http://127.0.0.1:1',
    'http://[::1]:9',
  ])('may be %s', (baseUrl) => expect(hostsOf(baseUrl).api).toBe(new URL(baseUrl).origin));

  it.each([
    'http://api.hubapi.com',
    'http://169.254.169.254',
    'http://[::ffff:127.0.0.1]',
    'http://2130706433',
    'http://0x7f.1:3415',
    'https://169.254.169.254',
    'https://2852039166',
    'https://[::ffff:a9fe:a9fe]',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'https://user:pass@api.hubapi.com',
    'https://api.hubapi.com/crm',
    'https://api.hubapi.com?x=1',
    'ftp://localhost',
    'not a url',
    '',
  ])('S58: may not be %s', (baseUrl) => {
    expect(() => hostsOf(baseUrl)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});

describe('a value that looks people up', () => {
  it('goes into the body, never into a path', async () => {
    const email = '../../owners?x=@a.test';
    const { hubspot, clock, asked } = scripted(() => ({ json: { results: [record('7', { email })] } }));
    const found = await clock.settle(hubspot.objects.get('contacts', email, { idProperty: 'email' }));
    expect(found.id).toBe('7');
    expect(asked.map(({ path }) => path)).toEqual(['/crm/objects/2026-09/contacts/batch/read']);
  });

  it('goes into the body when the list of properties is too long for an address', async () => {
    const properties = Array.from({ length: 400 }, (_, index) => `a_rather_long_property_name_${index}`);
    const { hubspot, clock, asked } = scripted(({ method }) =>
      method === 'GET'
        ? { json: { ...record('7'), associations: { deals: { results: [{ id: '9', type: 'contact_to_deal' }] } } } }
        : { json: { results: [record('7', { x: '1' })] } },
    );
    const found = await clock.settle(hubspot.objects.get('contacts', '7', { properties, associations: ['deals'] }));
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(found.associations?.deals?.results).toEqual([{ id: '9', type: 'contact_to_deal' }]);
  });
});
