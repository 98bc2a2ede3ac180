import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;

beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const FIELDS = ['firstname', 'jobtitle', 'phone', 'city'] as const;
const RECORDS = 3;

/** A person at the portal, whom this server knows nothing of. */
async function byHand(id: string, properties: Record<string, string>): Promise<void> {
  const { status } = await crm.portal.fetch({
    method: 'PATCH',
    url: `https://api.hubapi.com/crm/v3/objects/contacts/${id}`,
    headers: { authorization: 'Bearer pat-na1-person', 'content-type': 'application/json' },
    body: JSON.stringify({ properties }),
  });
  if (status !== 200) throw new Error(`The person's edit was answered with ${status}.`);
}

async function state(ids: readonly string[]): Promise<string[]> {
  const rows = await crm.hubspot.objects.batchRead('contacts', ids, { properties: [...FIELDS] });
  return rows.flatMap((row) =>
    row.outcome === 'applied' ? FIELDS.map((name) => row.value.properties[name] ?? '') : [],
  );
}

const cell = fc.record({ record: fc.nat(RECORDS - 1), field: fc.nat(FIELDS.length - 1), clear: fc.boolean() });
/** One call of ours, or one edit by hand, of a few fields of a few records. */
const step = fc.record({
  ours: fc.boolean(),
  cells: fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ record, field }) => record * 10 + field }),
});
const script = fc.array(step, { minLength: 1, maxLength: 8 });

const failures = z.array(z.object({ id: z.string(), code: z.string(), property: z.string() }));

describe('Undoing a span of time', () => {
  it("gives back exactly our fields, keeps every person's edit and names each that stood in the way", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        run += 1;
        let serial = 0;
        const made = await crm.hubspot.objects.batchCreate(
          'contacts',
          Array.from({ length: RECORDS }, (_, place) => ({
            properties: { email: `p${run}-${place}@acme.test`, firstname: `start${place}`, city: '' },
          })),
        );
        const ids = made.flatMap((row) => (row.outcome === 'applied' ? [row.value.id] : []));
        const from = new Date().toISOString();
        const start = await state(ids);
        /** Who wrote what to each field, in order. No two writes have the same value. */
        const written = start.map((): { ours: boolean; value: string }[] => []);
        const applied: boolean[] = [];
        for (const { ours, cells } of steps) {
          const values = new Map<string, Record<string, string>>();
          for (const { record, field, clear } of cells) {
            const place = record * FIELDS.length + field;
            const now = written[place]?.at(-1)?.value ?? start[place] ?? '';
            const value =
              clear && now !== '' && !written[place]?.some((each) => each.value === '') && start[place] !== ''
                ? ''
                : `v${(serial += 1)}`;
            written[place]?.push({ ours, value });
            const id = ids[record] ?? '';
            values.set(id, { ...values.get(id), [FIELDS[field] ?? '']: value });
          }
          const records = [...values].map(([id, properties]) => ({ id, properties }));
          if (ours) {
            const { data } = await crm.call('update_records', { objectType: 'contacts', records });
            applied.push(data['applied'] === records.length);
          } else for (const { id, properties } of records) await byHand(id, properties);
        }
        const end = await state(ids);
        expect(applied).not.toContain(false);
        fc.pre(written.some((writes) => writes.some(({ ours }) => ours)));

        const undone = await crm.call('undo_changes', { from });
        const expected = written.map((writes, place) => writes.findLast(({ ours }) => !ours)?.value ?? start[place]);
        expect(await state(ids)).toEqual(expected);
        const overwritten = written.flatMap((writes, place) => {
          const person = writes.findLastIndex(({ ours }) => !ours);
          if (!writes.slice(0, Math.max(0, person)).some(({ ours }) => ours)) return [];
          return [`contacts ${ids[Math.floor(place / FIELDS.length)]} ${FIELDS[place % FIELDS.length]}`];
        });
        const named = failures.parse(undone.data['failed']).map(({ id, property }) => `${id} ${property}`);
        expect(named.toSorted()).toEqual(overwritten.toSorted());

        if (undone.data['applied'] === 0) return;
        const back = await crm.call('undo_changes', { callId: undone.data['callId'] });
        expect(back.data['failed']).toEqual([]);
        expect(await state(ids)).toEqual(end);
      }),
      { numRuns: 20 },
    );
  });
});
