import { describe, expect, it } from 'vitest';
import { planColumns } from '../../../src/commands/duplicates/plan-columns.ts';
import { headingsByLanguage } from '../../../src/enrich/duplicates/kinds/headings.ts';
import { knownProperties } from '../../../src/enrich/duplicates/kinds/known-properties.ts';
import { lettersOf } from '../../../src/enrich/normal/fold.ts';

const columns = (header: string) => header.split(/[,;]/);

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
    ['First name,Email', 'contacts', undefined],
    ['Name,E-mail', 'contacts', undefined],
    ['First,Last,Mail,Town', 'contacts', undefined],
    ['Name,Email,Website', 'companies', undefined],
    ['Name,City', 'organisations', undefined],
    ['First name,Last name,City', 'persons', undefined],
    ['Customer number,Company,Zip', 'organisations', 'Customer number'],
    ['Customer number,Record ID,Company,Zip', 'organisations', 'Record ID'],
    ['cargo,weight', 'generic', undefined],
    ['Kundennr;Firma;Straße;PLZ;Ort', 'organisations', 'Kundennr'],
    ['Datensatz-ID;Vorname;Nachname;E-Mail;Unternehmensname', 'contacts', 'Datensatz-ID'],
    ['Nom;Ville;SIREN', 'organisations', undefined],
    ['Prénom;Nom;Ville', 'persons', undefined],
    ['Nombre;Apellidos;Puesto', 'contacts', undefined],
    ['Nome;Codice fiscale;Data di nascita', 'persons', undefined],
    ['sku,colour', 'generic', undefined],
  ])('of %s are those of %s', (header, kind, id) => {
    const plan = planColumns(columns(header), {});
    expect([plan.kind, plan.id]).toEqual([kind, id]);
    expect(planColumns(columns(header), { type: 'generic' })).not.toHaveProperty('guessedBy');
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

/** The usual columns of a contact and of a company, and which properties they are. */
const CONTACT =
  'firstname,lastname,email,phone,mobilephone,company,address,zip,city,state,country,website,date_of_birth';
const COMPANY = 'name,domain,website,phone,email,vat_number,street_name,street_number,zip,city,state,country,industry';

describe('Columns in other languages', () => {
  it.each(['German', 'French', 'Spanish', 'Portuguese', 'Dutch', 'Italian'].map((name, nth) => [name, nth] as const))(
    'are known: %s',
    (_language, nth) => {
      for (const [type, properties] of [
        ['contacts', CONTACT],
        ['companies', COMPANY],
      ] as const) {
        const spellings = properties.split(',').map((property) => headingsByLanguage(property)[nth] ?? []);
        for (const each of [0, 1, 2]) {
          const header = spellings.map((some) => some[each] ?? some[0] ?? '');
          const { columns: found, unused, id } = planColumns(header, { type });
          expect([[...found.keys()].sort(), unused, id]).toEqual([properties.split(',').sort(), [], undefined]);
        }
        const ids = [...(headingsByLanguage('hs_object_id')[nth] ?? []), ...(headingsByLanguage('id')[nth] ?? [])];
        expect(ids.map((id) => planColumns([id, ...spellings.map(([first = '']) => first)], { type }).id)).toEqual(ids);
      }
    },
  );

  it.each(['contacts', 'companies'] as const)('stand for one property each: %s', (kind) => {
    const meant = new Map<string, string>();
    const both = knownProperties[kind].flatMap(({ property, synonyms }) =>
      synonyms.map(lettersOf).flatMap((letters) => {
        const other = meant.get(letters) ?? property;
        meant.set(letters, property);
        return other === property ? [] : [`${letters}: ${other}, ${property}`];
      }),
    );
    expect(both).toEqual([]);
  });
});
