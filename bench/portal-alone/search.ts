import * as z from 'zod';
import { residentMb } from '../memory.ts';
import { exactly, sampleOf } from '../sample.ts';
import { TENTH } from './contacts.ts';
import type { PortalFigure, PortalScale } from './figure.ts';
import type { LoadedPortal } from './load-api.ts';

const PAGE = 100;
const WARM_UP = 20;

const found = z.object({ total: z.number(), results: z.array(z.unknown()) });

/** Searches, first ones and warm ones, single records, and a write that keeps what search has in memory. */
export async function measurePortal(loaded: LoadedPortal, { contacts, rounds }: PortalScale): Promise<PortalFigure[]> {
  const { clock, ids } = loaded;
  const memoryBefore = await residentMb(process.pid);
  const search = async (body: object, least: number) => {
    const answer = found.parse(
      await loaded.ask('POST', '/crm/objects/2026-09/contacts/search', { limit: PAGE, ...body }),
    );
    if (answer.total < least) throw new Error(`${JSON.stringify(body)} found ${answer.total}`);
  };
  const once = async (measure: string, work: () => Promise<unknown>): Promise<PortalFigure> => {
    const began = clock.elapsed();
    await work();
    return { measure, unit: 'ms', sample: exactly(clock.elapsed() - began) };
  };
  const often = async (measure: string, work: (round: number) => Promise<unknown>, most?: number) => {
    const times: number[] = [];
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const began = clock.elapsed();
      await work(Math.max(0, round));
      if (round >= 0) times.push(clock.elapsed() - began);
    }
    const sample = sampleOf(times);
    const reach = most === undefined ? {} : { reach: { text: `< ${most} ms`, reached: sample.median < most } };
    return { measure, unit: 'ms', sample, ...reach } satisfies PortalFigure;
  };
  const idAt = (round: number) => ids[(round * 31) % ids.length] ?? '';
  const expected = contacts / 10;

  return [
    await once('first search of all, by one property', () => search({ filters: [TENTH] }, expected)),
    await once('first search sorted by another property', () => search(tenth('lastname'), expected)),
    await once('first search by words', () => search({ query: 'last19 example' }, 1)),
    await often('search by words, warm', () => search({ query: 'last19 example' }, 1)),
    await often('page of 100 of a tenth, sorted by text, warm', () => search(tenth('lastname'), expected), 30),
    await often('page of 100 of a tenth, sorted by time, warm', () => search(tenth('createdate'), expected), 30),
    await often('get', (round) => loaded.ask('GET', `/crm/objects/2026-09/contacts/${idAt(round)}`), 1),
    await often('update', (round) =>
      loaded.ask('PATCH', `/crm/objects/2026-09/contacts/${idAt(round)}`, {
        properties: { city: `New City ${round}` },
      }),
    ),
    { measure: 'memory, loaded', unit: 'MB', sample: exactly(memoryBefore) },
    { measure: 'memory, after these searches', unit: 'MB', sample: exactly(await residentMb(process.pid)) },
  ];
}

/** The contacts of one country, in an order. */
function tenth(propertyName: string) {
  return { filterGroups: [{ filters: [TENTH] }], sorts: [{ propertyName, direction: 'DESCENDING' }] };
}
