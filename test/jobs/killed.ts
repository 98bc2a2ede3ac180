/** Jobs that are killed once and gone on with, and what the portal then holds. */

import type { Answer, Moment, openScene } from './kill.ts';
import { jobIn, member } from './office.ts';

type Scene = Awaited<ReturnType<typeof openScene>>;

let round = 0;

/** New contacts are moved from one city to another. `wrong`: histories other than the one move. */
export async function killDuringUpdates({ hubspot, open }: Scene, moment: Moment, count: number) {
  round += 1;
  const [from, to] = [`From ${round}`, `To ${round}`];
  const inputs = Array.from({ length: count }, (_, n) => ({
    properties: { email: `u${round}.${n}@acme.test`, city: from },
  }));
  const made = await hubspot.objects.batchCreate('contacts', inputs, { deadlineMs: 120_000 });
  const args = {
    objectType: 'contacts',
    filterGroups: [{ filters: [{ propertyName: 'city', operator: 'EQ', value: from }] }],
    properties: { city: to },
  };
  const job = await killed(open, 'update_records', args, moment);
  const ids = made.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
  const wrong: string[] = [];
  for (const row of await hubspot.objects.batchRead('contacts', ids, { propertiesWithHistory: ['city'] })) {
    const history = row.outcome === 'applied' && row.value.propertiesWithHistory?.['city'];
    const said = history ? history.map(({ value }) => value).join(' < ') : 'unknown';
    if (said !== `${to} < ${from}`) wrong.push(said);
  }
  return { status: job['status'], applied: job['applied'], wrong };
}

/** New companies, which HubSpot would make twice without a word. */
export async function killDuringCreates({ hubspot, open }: Scene, moment: Moment, count: number) {
  round += 1;
  const name = `Company ${round}.`;
  const records = Array.from({ length: count }, (_, n) => ({ properties: { name: `${name}${n}` } }));
  const job = await killed(open, 'create_records', { objectType: 'companies', records }, moment);
  const names: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await hubspot.objects.list('companies', {
      properties: ['name'],
      limit: 100,
      ...(after !== undefined && { after }),
    });
    names.push(
      ...page.results.map(({ properties }) => properties['name'] ?? '').filter((each) => each.startsWith(name)),
    );
    after = page.next;
    more = after !== undefined;
  }
  return {
    status: job['status'],
    made: names.length,
    applied: Number(job['applied']),
    unknown: Number(job['unknown']),
    twice: names.filter((each, place) => names.indexOf(each) !== place),
  };
}

async function killed(open: Scene['open'], tool: string, args: Answer, moment: Moment): Promise<Answer> {
  const victim = open();
  const first = await victim.call(tool, args);
  const begin = { ...args, digest: member(first ?? {}, 'preview')['digest'] };
  if ((await victim.call(tool, begin, moment)) !== undefined) throw new Error('It answered before it was killed.');
  await victim.close();
  const heir = open();
  const last = (await heir.call(tool, begin)) ?? {};
  await heir.close();
  if (last['job'] === undefined) throw new Error(`There is no job in ${JSON.stringify(last).slice(0, 2_000)}`);
  return jobIn(last);
}
