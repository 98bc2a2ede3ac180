import { expect, it } from 'vitest';
import { changedAtOnce } from '../snapshot/changed-at-once.ts';
import { openOffice } from '../snapshot/office.ts';

/** More than any search of HubSpot's tells. */
const MANY = 10_300;

it('more records than a search tells, changed in one millisecond, are all found, also after a stop', async () => {
  const office = await openOffice();
  const found = await changedAtOnce(office, MANY);
  expect(found).toEqual({ stopped: true, pages: 0, first: 'Meanwhile', others: MANY - 1 });
  await office.close();
});
