import { describe, expect, it } from 'vitest';
import { connect } from '../harness.ts';

type Properties = Readonly<Record<string, string>>;

/** How many clusters of each band find_duplicates has in a portal that holds these contacts alone. */
async function bands(contacts: readonly Properties[]) {
  const connection = await connect({ config: { toolsets: ['crm', 'quality'], deadlineMs: 60_000 } });
  await connection.hubspot.objects.batchCreate(
    'contacts',
    contacts.map((properties) => ({ properties })),
  );
  const { data } = await connection.call('find_duplicates', { objectType: 'contacts' });
  await connection.close();
  const { certain, likely, possible } = data;
  return { certain, likely, possible };
}

/** So many that have this in common, each with a mailbox of its own at their firm: a@, b@, ... */
const colleagues = (count: number, common: Properties) =>
  Array.from({ length: count }, (_, nth) => ({
    ...common,
    email: `${String.fromCharCode(97 + nth)}@acmewerke.de`,
  }));

const phone = '+493012345678';

describe('Contacts with addresses of their own at one firm, in a portal that has no others', {
  timeout: 30_000,
}, () => {
  describe.each([2, 5, 20])('%i of them', (count) => {
    it.each<Properties>([
      { firstname: 'Anna' },
      { lastname: 'Meyer' },
      { firstname: 'Anna', phone },
      { lastname: 'Meyer', phone },
      { firstname: 'Anna', company: 'Acmewerke' },
      { phone },
      {},
    ])('are never certain with one name, number or firm in common: %o', async (common) => {
      expect(await bands(colleagues(count, common))).toMatchObject({ certain: 0 });
    });
  });

  it('are certain where one address is the other with a slip', async () => {
    const named = { firstname: 'Anna', lastname: 'Meyer' };
    const found = await bands([
      { ...named, email: 'buchhaltungsleitung@acmewerke.de' },
      { ...named, email: 'buchhaltungslietung@acmewerke.de' },
    ]);
    expect(found).toEqual({ certain: 1, likely: 0, possible: 0 });
  });

  it('are not certain by a slip alone, with no name', async () => {
    const found = await bands([{ email: 'maria@acmewerke.de' }, { email: 'mario@acmewerke.de' }]);
    expect(found['certain']).toBe(0);
  });
});
