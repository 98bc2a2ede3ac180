import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { approvalKinds } from '../../src/policy/policy-file.ts';
import { saidArguments } from '../attack/said-arguments.ts';
import { type Surface, sensibleWord, surfaces } from '../attack/surfaces.ts';
import { type Connection, connect } from '../harness.ts';

const CALLS_PER_TOOL = 12;
const SECRET = 'Secret-Agent-0815';
const HIDDEN = 'jobtitle';
/** What somebody says who is after it, also where nothing of the kind belongs. */
const said = fc.constantFrom(
  HIDDEN,
  'Job Title',
  'JOBTITLE',
  ` ${HIDDEN} `,
  `associations.contact.${HIDDEN}`,
  `${HIDDEN}:count`,
  `max:${HIDDEN}`,
  '*',
  SECRET,
  [HIDDEN, 'email'],
  { [HIDDEN]: 'x' },
  { idProperty: HIDDEN, value: SECRET },
  { propertyName: HIDDEN, operator: 'HAS_PROPERTY' },
);

function calls({ tool, schema, places }: Surface, id: string) {
  const known = tool.effect === 'archive' ? {} : { id, ids: id, recordId: id, from: id, to: id };
  return fc.record({ place: fc.constantFrom(...places), text: said, seed: fc.nat() }).map(({ seed, ...attack }) => {
    const words = {
      random: seededRandom(seed),
      word: (name: string) =>
        Object.entries(known).find(([key]) => key === name)?.[1] ?? sensibleWord(tool.name, name, seed),
    };
    return { ...Object(saidArguments(schema, attack, words)) };
  });
}

/** Every word of a request that HubSpot would take for the name of a property, which a group's name is not. */
function propertyNames(request: string): string[] {
  const [, url = '', body = ''] = /^\S+ (\S+) (.*)$/s.exec(request) ?? [];
  const { pathname, searchParams } = new URL(url);
  const inQuery = [...searchParams.values()].flatMap((value) => value.split(','));
  return [
    ...pathname.replace(/\/groups\/[^/]+/, '').split('/'),
    ...inQuery,
    ...(body.startsWith('{') ? namesIn(JSON.parse(body)) : []),
  ];
}

const NAMING = ['propertyName', 'idProperty', 'primaryDisplayProperty'];

function namesIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return NAMING.includes(key) || /propert/i.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => namesIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  const own = key === 'properties' ? Object.keys(value) : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, inner]) => namesIn(inner, key === 'properties' ? '' : name)),
  ];
}

async function open(policy: NonNullable<Parameters<typeof connect>[0]>['policy']): Promise<[Connection, string]> {
  const connection = await connect({ ...(policy && { policy }) });
  const { id } = await connection.hubspot.objects.create('contacts', {
    properties: { email: 'ann@acme.example', firstname: 'Ann', [HIDDEN]: SECRET },
  });
  connection.sent.length = 0;
  return [connection, id];
}

describe('Whatever a tool is told', () => {
  it.each(surfaces)(
    'P4: $tool.name neither asks for a denied property nor shows it',
    { timeout: 60_000 },
    async (surface) => {
      const [connection, id] = await open({ properties: { [HIDDEN]: { access: 'deny' } }, approval: EVERYTHING });
      // What a call has written, a later one may show.
      let asked = '';
      const leaks: string[] = [];
      const given = fc.sample(calls(surface, id), { numRuns: CALLS_PER_TOOL, seed: 4 });
      for (const args of given) {
        const { text, data } = await connection.call(surface.tool.name, args).catch((error: unknown) => {
          return { text: String(error), data: {} };
        });
        const heard = text + JSON.stringify(data);
        asked += JSON.stringify(args);
        leaks.push(...[SECRET, HIDDEN].filter((word) => heard.includes(word) && !asked.includes(word)));
      }
      expect(leaks).toEqual([]);
      expect(connection.sent.flatMap(propertyNames).filter((name) => name.toLowerCase() === HIDDEN)).toEqual([]);
      await connection.close();
    },
  );

  it('P6: no tool sends anything but reads while the server is read-only', { timeout: 60_000 }, async () => {
    const connection = await connect({ config: { readOnly: true } });
    for (const surface of surfaces) {
      for (const args of fc.sample(calls(surface, '1'), { numRuns: CALLS_PER_TOOL, seed: 6 })) {
        const { error } = await connection.call(surface.tool.name, args);
        expect(surface.tool.effect === 'read' || error['code'] === 'read_only').toBe(true);
      }
    }
    expect(connection.requests.filter((request) => !READS.test(request))).toEqual([]);
    expect(connection.requests.length).toBeGreaterThan(10);
    await connection.close();
  });
});

const EVERYTHING = { unasked: [...approvalKinds] };

const READS = /^(GET |POST \S+(\/search|\/batch\/read|\/get\/access-token-info)$)/;
