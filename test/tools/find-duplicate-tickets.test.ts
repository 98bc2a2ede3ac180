import { describe, expect, it } from 'vitest';
import { connect } from '../harness.ts';

const subjects = ['Invoice missing', 'Cannot print labels', 'Export is empty', 'Wrong total', 'Slow dashboard'];

describe('find_duplicates on tickets', () => {
  it('finds the two that one contact wrote, and not the one that another did', { timeout: 60_000 }, async () => {
    const crm = await connect({ config: { toolsets: ['crm', 'quality'], deadlineMs: 60_000 } });
    const { objects } = crm.hubspot;
    const made = async (type: string, rows: readonly Readonly<Record<string, string>>[]) =>
      (
        await objects.batchCreate(
          type,
          rows.map((properties) => ({ properties })),
        )
      ).map((row) => (row.outcome === 'applied' ? row.value.id : ''));
    const people = await made(
      'contacts',
      Array.from({ length: 22 }, (_, nth) => ({
        email: `writer${nth}@client${nth}.example`,
        lastname: `Writer ${nth}`,
      })),
    );
    const locked = {
      subject: 'Door of bay 7 stays locked',
      content: 'Since the update the door of bay 7 stays locked.',
    };
    const others = Array.from({ length: 19 }, (_, nth) => ({
      subject: `${subjects[nth % 5] ?? ''} in branch ${nth}`,
      content: `Branch ${nth} says: ${subjects[(nth + 2) % 5] ?? ''}, please look at it.`,
    }));
    const tickets = await made(
      'tickets',
      [locked, locked, locked, ...others].map((each) => ({ ...each, hs_pipeline_stage: '1' })),
    );
    // The first two are of one contact.
    for (const [nth, ticket] of tickets.entries()) {
      await crm.call('associate_records', {
        fromObjectType: 'tickets',
        toObjectType: 'contacts',
        pairs: [{ from: ticket, to: people[nth === 1 ? 0 : nth] }],
      });
    }
    const { data } = await crm.call('find_duplicates', { objectType: 'tickets' });
    const asked = crm.sent.filter((request) => request.includes('hs_all_associated_contact_emails'));
    const [row] = Array.isArray(data['rows']) ? data['rows'] : [];
    await crm.close();
    expect(asked).not.toEqual([]);
    expect(data['total']).toBe(1);
    expect(row[2]).toBe(`${tickets[0]}:${tickets[1]}`);
  });
});
