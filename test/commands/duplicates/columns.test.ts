import { describe, expect, it } from 'vitest';
import { planColumns } from '../../../src/commands/duplicates/plan-columns.ts';

const columns = (header: string) => header.split(',');

describe('Columns', () => {
  it.each([
    ['hs_object_id,firstname,lastname,email,phone,company', 'contacts', 'hs_object_id'],
    ['Record ID,First Name,Last Name,Email,Job Title', 'contacts', 'Record ID'],
    ['rec_id,given_name,surname,date_of_birth,soc_sec_id', 'persons', 'rec_id'],
    ['unique_id,first_name,surname,dob,city,email', 'persons', 'unique_id'],
    ['Id,Site name,Address,Zip,Phone', 'organisations', 'Id'],
    ['hs_object_id,name,domain,city', 'companies', 'hs_object_id'],
    ['Deal Name,Amount,Close Date', 'deals', undefined],
    ['Ticket name,Content', 'tickets', undefined],
    ['email', 'contacts', undefined],
    ['sku,colour', 'generic', undefined],
  ])('of %s are those of %s', (header, kind, id) => {
    const plan = planColumns(columns(header), {});
    expect([plan.kind, plan.id, plan.guessed]).toEqual([kind, id, true]);
    expect(planColumns(columns(header), { type: 'generic' })).toMatchObject({ kind: 'generic', guessed: false });
  });

  it('keep what --map says before what their names say', () => {
    const plan = planColumns(columns('email,Mail 2,lastname'), { type: 'contacts', map: 'email=Mail 2' });
    expect(plan.columns.get('email')).toBe('Mail 2');
    expect([...plan.columns.values()]).not.toContain('email');
    expect(plan.unused).toEqual(['email']);
  });

  it('may have commas in their names, and be said in any case', () => {
    const header = ['Name, full', 'TOWN', 'id'];
    const plan = planColumns(header, { type: 'persons', map: 'full_name=Name, full,city=town, id = ID' });
    expect(Object.fromEntries(plan.columns)).toEqual({ full_name: 'Name, full', city: 'TOWN' });
    expect(plan.id).toBe('id');
  });

  it('that say the truth are never compared, and no id', () => {
    for (const type of ['generic', 'persons'] as const) {
      const plan = planColumns(columns('id,first name,surname'), { type, truth: 'id' });
      expect(plan.truth).toBe('id');
      expect([plan.id, [...plan.columns.values()].includes('id')]).toEqual([undefined, false]);
    }
  });

  it('of generic rows are all compared, or those that --map names', () => {
    const header = columns('id,what,where,when');
    expect([...planColumns(header, { type: 'generic' }).columns.keys()]).toEqual(['what', 'where', 'when']);
    const some = planColumns(header, { type: 'generic', map: 'thing=what' });
    expect([[...some.columns], some.unused]).toEqual([[['thing', 'what']], ['where', 'when']]);
  });
});
