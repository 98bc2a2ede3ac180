import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { HttpRequest } from '../../src/fetch.ts';
import { connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';
import { complaint } from './endpoints.ts';
import { fastClock } from './fast-clock.ts';
import { nasty } from './nasty-text.ts';
import { nameOfPlace, saidArguments } from './said-arguments.ts';
import { type Surface, sensibleWord, surfaces } from './surfaces.ts';

/** Together over 10,000. */
const TEXTS_PER_PLACE = 30;
const AT_ONCE = 50;
/** Of the clock: the client keeps within HubSpot's limits, however fast the portal is. */
const SPEED = 200;

/** A real server on a real portal, with somebody who writes down everything that goes from one to the other. */
async function listenIn() {
  const connection = await connect({ clock: fastClock(SPEED), config: { deadlineMs: 10_000 * SPEED } });
  const { portal, hubspot } = connection;
  const people = ['ann', 'bob'].map((name) => ({ properties: { email: `${name}@acme.example` } }));
  const made = await connection.call('create_records', { objectType: 'contacts', records: people });
  const [from = '', to = ''] = rowsOf(made.data).map(([, id]) => String(id));
  const [[callId] = []] = rowsOf((await connection.call('list_changes')).data);
  await hubspot.associations.createLabel('contacts', 'contacts', { label: 'Wing', name: 'wing' });
  await hubspot.schemas.create({
    name: 'wings',
    labels: { singular: 'Wing', plural: 'Wings' },
    primaryDisplayProperty: 'wing',
    requiredProperties: [],
    properties: [{ name: 'wing', label: 'Wing', type: 'string', fieldType: 'text' }],
    associatedObjects: ['CONTACT'],
  });
  const requests: HttpRequest[] = [];
  const answer = portal.fetch;
  portal.fetch = (request) => {
    requests.push(request);
    // What one call removed would stop the later ones short of HubSpot.
    const removes = request.method === 'DELETE' || request.url.endsWith('/batch/archive');
    return removes ? Promise.resolve({ status: 204, headers: {}, body: '' }) : answer(request);
  };
  const real = { id: from, ids: from, 'ids 2': to, from, to, record: `contacts ${from}`, callId: String(callId) };
  return { connection, requests, real };
}

const attackOn = ({ places }: Surface) =>
  fc.record({ place: fc.constantFrom(...places), text: nasty, seed: fc.nat() }).map((attack) => ({
    ...attack,
    [fc.toStringMethod]: () => `${nameOfPlace(attack.place)} = ${JSON.stringify(attack.text)}`,
  }));

let sentInAll = 0;

/** What this server knows by itself; a job is gone on with only by an id that nobody can guess. */
const ofThisServer = new Set(['list_changes', 'get_job', 'cancel_job', 'resume_job', 'dismiss_finding']);

describe('P1: whatever text stands anywhere in its arguments', () => {
  it.each(surfaces)('$tool.name asks HubSpot only what it is for', { timeout: 120_000 }, async (surface) => {
    const { tool, schema, places } = surface;
    const { connection, requests, real } = await listenIn();
    const batches = fc.array(attackOn(surface), { minLength: AT_ONCE, maxLength: AT_ONCE });
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(batches, async (attacks) => {
        requests.length = 0;
        const calls = attacks.map((attack) => {
          const word = (name: string) => sensibleWord(tool.name, name, attack.seed, real);
          const args = saidArguments(schema, attack, { random: seededRandom(attack.seed), word });
          return connection.client.callTool({ name: tool.name, arguments: { ...Object(args) } });
        });
        await Promise.all(calls);
        sent += requests.length;
        const strays = requests.map((request) => [`${request.method} ${request.url}`, complaint(request, tool)]);
        expect(strays.filter(([, wrong]) => wrong !== undefined)).toEqual([]);
      }),
      { numRuns: Math.ceil((places.length * TEXTS_PER_PLACE) / AT_ONCE), endOnFailure: true },
    );
    await connection.close();
    // All of it would hold for a server that refuses everything.
    expect(sent > 0).toBe(!ofThisServer.has(tool.name));
    sentInAll += sent;
  });

  it('often reaches HubSpot, where it could lead astray', () => {
    expect(sentInAll).toBeGreaterThan(4_000);
  });
});
