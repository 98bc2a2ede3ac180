import { expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';
import { recordsOf } from '../rows.ts';
import { mortalDisk } from './mortal-disk.ts';

async function call({ toolbox }: Connection, name: string, args: object): Promise<Record<string, unknown>> {
  const outcome = await toolbox.call(name, { ...args });
  return outcome.ok ? { ...outcome.data } : { error: outcome.error };
}

it('a merge without a key whose process died after the patch is told by list_changes, and finished by a new plan', async () => {
  const clock = fakeClock({ patient: true });
  const policy = { approval: { unasked: ['merge' as const] } };
  const crm = await connect({ clock, policy });
  const pair = async (tag: string) => {
    const all = [
      { email: `stay.${tag}@acme.test`, phone: '555' },
      { email: `go.${tag}@acme.test`, phone: '+49 30 901820' },
    ];
    const made = all.map(async (properties) => (await crm.hubspot.objects.create('contacts', { properties })).id);
    const ids = await Promise.all(made);
    return { objectType: 'contacts', ids, survivorId: ids[0] };
  };
  const merge = async (connection: Connection, said: Awaited<ReturnType<typeof pair>>) => {
    const { digest } = await call(connection, 'plan_merge', said);
    return call(connection, 'merge_records', { ...said, digest });
  };
  const disk = memoryDisk();
  const mortal = mortalDisk(disk);
  const open = (own: typeof disk, salt: number) =>
    connect({
      clock,
      policy,
      portal: crm.portal,
      journal: createJournal({ disk: own, clock, random: seededRandom(salt) }),
    });

  const dying = await open(mortal.disk, 1);
  // What is loaded with the first calls takes real time, which fake time must not overtake.
  await merge(dying, await pair('first'));
  const said = await pair('killed');
  crm.portal.control.faults.add({ path: '/crm/objects/*/*/batch/update', kind: 'apply-then-hang' });
  void merge(dying, said);
  await clock.advance(900);
  await mortal.die();
  crm.portal.control.faults.clear();

  const next = await open(disk, 2);
  const listed = await call(next, 'list_changes', { record: `contacts ${said.ids[0]}` });
  expect(recordsOf(listed)).toMatchObject([{ tool: 'merge_records', what: expect.stringMatching(/phone.*merge 1/) }]);
  expect(listed['notes']).toEqual([expect.stringContaining('without a certain answer')]);
  expect(await merge(next, said)).toMatchObject({ applied: 1, failed: [], unknown: [] });
  const { id, properties } = await crm.hubspot.objects.get('contacts', said.ids[1] ?? '', { properties: ['phone'] });
  expect(id).toBe((await crm.hubspot.objects.get('contacts', said.ids[0] ?? '')).id);
  expect(properties['phone']).toBe('+49 30 901820');
  for (const each of [next, dying, crm]) await each.close();
});
