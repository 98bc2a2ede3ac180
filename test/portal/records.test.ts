import { describe, expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { create, problems, read, spec } from './records.ts';
import { at, results, talkTo } from './talk.ts';

describe('one record', () => {
  test('is created, read, updated and archived under every version and every name of its type', async () => {
    const talk = await talkTo();
    for (const path of [
      '/crm/v3/objects/contacts',
      '/crm/v3/objects/CONTACT',
      '/crm/objects/2026-03/contact',
      '/crm/objects/2026-09/0-1',
    ]) {
      const created = await talk('POST', path, { properties: { email: 'Ada@Example.com', firstname: 'Ada' } });
      expect(created.status).toBe(201);
      const id = String(at(created.body, 'id'));
      expect(id).toMatch(/^\d{11,12}$/);
      expect(at(created.body, 'properties')).toMatchObject({ email: 'ada@example.com', hs_object_id: id });

      const updated = await talk('PATCH', `${path}/${id}`, { properties: { firstname: '', lastname: 'King' } });
      expect(at(updated.body, 'properties')).toMatchObject({ firstname: null, lastname: 'King' });
      expect(await talk('GET', `${path}/ada@example.com?idProperty=email`)).toMatchObject({
        status: 200,
        body: { id },
      });

      expect((await talk('DELETE', `${path}/${id}`)).status).toBe(204);
      expect((await talk('GET', `${path}/${id}`)).status).toBe(404);
      expect(await talk('GET', `${path}/${id}?archived=true`)).toMatchObject({ status: 200, body: { archived: true } });
      expect((await talk('DELETE', `${path}/${id}`)).status).toBe(204);
    }
    expect((await talk('DELETE', '/crm/v3/objects/contacts/1')).status).toBe(404);
  });

  test('shows the default properties of its type when none are asked for, and null where it has no value', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'companies', { name: 'Acme', city: 'Rome' });
    const reply = await talk('GET', `/crm/v3/objects/companies/${id}`);
    expect(Object.keys(Object(at(reply.body, 'properties')))).toEqual([
      'createdate',
      'domain',
      'hs_lastmodifieddate',
      'hs_object_id',
      'name',
    ]);
    expect(at(reply.body, 'properties', 'domain')).toBeNull();
  });

  test('remembers every value that a property had, newest first', async () => {
    const clock = fakeClock();
    const talk = await talkTo({ clock });
    const id = await create(talk, 'contacts', { email: 'a@b.co', firstname: 'One' });
    for (const firstname of ['Two', '', 'Three']) {
      await clock.advance(1000);
      await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname } });
    }
    const reply = await talk('GET', `/crm/v3/objects/contacts/${id}?propertiesWithHistory=firstname,email`);
    const versions = at(reply.body, 'propertiesWithHistory', 'firstname');
    expect(versions).toMatchObject([{ value: 'Three' }, { value: '' }, { value: 'Two' }, { value: 'One' }]);
    expect(at(versions, 3)).toMatchObject({ timestamp: at(reply.body, 'createdAt'), sourceType: 'INTEGRATION' });
    expect(at(reply.body, 'propertiesWithHistory', 'email')).toMatchObject([{ value: 'a@b.co' }]);
  });

  test('is listed in pages, each naming the id that the next one starts with', async () => {
    const talk = await talkTo();
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await create(talk, 'products', { name: `P${i}` }));
    const seen: unknown[] = [];
    let after: unknown = '';
    while (typeof after === 'string') {
      const page = await talk('GET', `/crm/v3/objects/products?limit=2&after=${after}`);
      seen.push(...results(page).map((record) => at(record, 'id')));
      after = at(page.body, 'paging', 'next', 'after');
    }
    expect(seen).toEqual(ids);
    expect((await talk('GET', '/crm/v3/objects/products?limit=101')).status).toBe(400);
  });
});

describe('values', () => {
  test('become what HubSpot keeps', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'deals', {
      dealname: 'Big',
      dealstage: 'contractsent',
      amount: '1e3',
      closedate: '1795305600000',
    });
    expect(await read(talk, 'deals', id, 'amount')).toBe('1000');
    expect(await read(talk, 'deals', id, 'closedate')).toBe('2026-11-22T00:00:00Z');
    expect(await read(talk, 'deals', id, 'pipeline')).toBe('default');
    expect(await read(talk, 'deals', id, 'hs_is_closed')).toBe('false');
    await talk('PATCH', `/crm/v3/objects/deals/${id}`, { properties: { dealstage: 'closedwon' } });
    expect(await read(talk, 'deals', id, 'hs_is_closed_won')).toBe('true');
  });

  test('that follow from the stage follow when the stage changes its meaning', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'deals', { dealname: 'Big', dealstage: 'contractsent' });
    const metadata = { probability: '1.0', isClosed: 'true' };
    const path = '/crm/v3/pipelines/deals/default/stages/contractsent';
    expect((await talk('PATCH', path, { metadata })).status).toBe(200);
    expect(await read(talk, 'deals', id, 'hs_is_closed_won')).toBe('true');
    const won = { filters: [{ propertyName: 'hs_is_closed_won', operator: 'EQ', value: 'true' }] };
    expect((await talk('POST', '/crm/v3/objects/deals/search', won)).body).toMatchObject({ total: 1 });
  });

  test('that are wrong are refused all at once, in the words that HubSpot uses', async () => {
    const talk = await talkTo();
    const reply = await talk('POST', '/crm/v3/objects/contacts', {
      properties: { email: 'dsfsafas@', bogus_prop: 'x', lifecyclestage: 'Nobody' },
    });
    expect(reply).toMatchObject({ status: 400, body: { status: 'error', category: 'VALIDATION_ERROR' } });
    expect(problems(reply.body)).toMatchObject([
      { isValid: false, message: 'Email address dsfsafas@ is invalid', error: 'INVALID_EMAIL', name: 'email' },
      {
        message: 'Property "bogus_prop" does not exist',
        error: 'PROPERTY_DOESNT_EXIST',
        name: 'bogus_prop',
        localizedErrorMessage: 'Property "bogus_prop" does not exist',
        portalId: talk.portal.describe().portalId,
      },
      { message: expect.stringMatching(/^Nobody was not one of the allowed options/), error: 'INVALID_OPTION' },
    ]);
    expect(at(reply.body, 'errors', 1)).toEqual({
      message: 'Property "bogus_prop" does not exist',
      code: 'PROPERTY_DOESNT_EXIST',
      context: { propertyName: ['bogus_prop'] },
    });
  });

  test('of a stage must be of the pipeline, and the refusal lists those that are', async () => {
    const talk = await talkTo();
    const properties = { dealname: 'x', dealstage: 'registered' };
    const reply = await talk('POST', '/crm/v3/objects/deals', { properties });
    expect(problems(reply.body)).toEqual([
      {
        isValid: false,
        message:
          'registered is not a valid pipeline stage ID. Valid options are: pipelineId=default : [appointmentscheduled, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost]',
        error: 'INVALID_OPTION',
        name: 'dealstage',
      },
    ]);
  });

  test('may not be set where HubSpot sets them, and texts end at 65,536 characters', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    const readOnly = await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { hs_object_id: '5' } });
    expect(problems(readOnly.body)).toMatchObject([{ error: 'READ_ONLY_VALUE', name: 'hs_object_id' }]);
    const note = (length: number) =>
      talk('POST', '/crm/v3/objects/notes', {
        properties: { hs_timestamp: '2026-11-22T00:00:00Z', hs_note_body: 'x'.repeat(length) },
      });
    expect((await note(65_536)).status).toBe(201);
    expect((await note(65_537)).status).toBe(400);
  });

  test('move a lifecycle stage forward only, until it is cleared', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co', lifecyclestage: 'customer' });
    const set = (lifecyclestage: string) =>
      talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { lifecyclestage } });
    await set('lead');
    expect(await read(talk, 'contacts', id, 'lifecyclestage')).toBe('customer');
    await set('');
    await set('lead');
    expect(await read(talk, 'contacts', id, 'lifecyclestage')).toBe('lead');
  });

  test('of a multiple choice are added to with a leading semicolon', async () => {
    const talk = await talkTo();
    const options = ['A', 'B', 'C'].map((value, displayOrder) => ({
      label: value,
      value,
      displayOrder,
      hidden: false,
    }));
    const made = await talk('POST', '/crm/v3/properties/companies', {
      name: 'colours',
      label: 'Colours',
      groupName: 'companyinformation',
      type: 'enumeration',
      fieldType: 'checkbox',
      options,
    });
    expect(made.status).toBe(201);
    const id = await create(talk, 'companies', { name: 'Acme', colours: 'A' });
    await talk('PATCH', `/crm/v3/objects/companies/${id}`, { properties: { colours: ';C;A' } });
    expect(await read(talk, 'companies', id, 'colours')).toBe('A;C');
    await talk('PATCH', `/crm/v3/objects/companies/${id}`, { properties: { colours: 'B' } });
    expect(await read(talk, 'companies', id, 'colours')).toBe('B');
  });

  test('that a create must have are named when they are missing', async () => {
    const talk = await talkTo();
    expect(await talk('POST', '/crm/v3/objects/contacts', { properties: { city: 'Rome' } })).toMatchObject({
      status: 400,
      body: {
        message: 'Error creating CONTACT. Some required properties were not set.',
        context: { properties: ['email', 'firstname', 'lastname'] },
      },
    });
    const lead = { hs_lead_name: 'L' };
    expect((await talk('POST', '/crm/v3/objects/leads', { properties: lead })).status).toBe(400);
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    expect(await create(talk, 'leads', lead, [{ to: { id: contact }, types: [spec(578)] }])).toMatch(/^\d+$/);
  });
});

describe('unique values', () => {
  test('an e-mail belongs to one contact, whatever its case, and the refusal names that contact', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    for (const email of ['A@B.co', ' a@b.co ']) {
      const reply = await talk('POST', '/crm/v3/objects/contacts', { properties: { email } });
      const { correlationId } = Object(reply.body);
      expect(reply.status).toBe(409);
      expect(reply.body).toEqual({
        status: 'error',
        message: `Contact already exists. Existing ID: ${id}`,
        correlationId,
        category: 'CONFLICT',
      });
    }
    await talk('DELETE', `/crm/v3/objects/contacts/${id}`);
    expect(await create(talk, 'contacts', { email: 'a@b.co' })).not.toBe(id);
  });

  test('companies of one domain may be many', async () => {
    const talk = await talkTo();
    expect(await create(talk, 'companies', { domain: 'acme.com' })).not.toBe(
      await create(talk, 'companies', { domain: 'acme.com' }),
    );
  });
});

const deal = { dealname: 'Big', dealstage: 'contractsent' };

describe('merging', () => {
  test('gives contacts a new id, the primary one its values, and loses nothing', async () => {
    const clock = fakeClock();
    const talk = await talkTo({ clock });
    const [acme, beta] = [
      await create(talk, 'companies', { name: 'Acme' }),
      await create(talk, 'companies', { name: 'B' }),
    ];
    const other = await create(
      talk,
      'contacts',
      { email: 'b@b.co', firstname: 'Bea', lastname: 'King', lifecyclestage: 'customer' },
      [{ to: { id: beta }, types: [spec(1)] }],
    );
    await clock.advance(1000);
    const primary = await create(talk, 'contacts', { email: 'a@b.co', firstname: 'Ada', lifecyclestage: 'lead' }, [
      { to: { id: acme }, types: [spec(1)] },
    ]);
    await clock.advance(1000);
    const merged = await talk('POST', '/crm/v3/objects/contacts/merge', {
      primaryObjectId: primary,
      objectIdToMerge: other,
    });
    const id = String(at(merged.body, 'id'));
    expect([primary, other]).not.toContain(id);
    // By these a warehouse drops the merged contacts.
    expect(await read(talk, 'contacts', id, 'hs_all_contact_vids')).toBe(`${id};${primary};${other}`);
    expect(await read(talk, 'contacts', id, 'hs_calculated_merged_vids')).toBe(
      `${primary}:${clock.now()};${other}:${clock.now()}`,
    );
    const alone = await create(talk, 'contacts', { email: 'c@b.co' });
    expect(await read(talk, 'contacts', alone, 'hs_all_contact_vids')).toBe(alone);
    expect(await read(talk, 'contacts', alone, 'hs_calculated_merged_vids')).toBe(null);
    expect(merged).toMatchObject({
      status: 200,
      body: {
        // The older date of creation and the later stage.
        createdAt: at((await talk('GET', `/crm/v3/objects/companies/${acme}`)).body, 'createdAt'),
        properties: {
          firstname: 'Ada',
          lastname: 'King',
          email: 'a@b.co',
          lifecyclestage: 'customer',
          hs_additional_emails: 'b@b.co',
          hs_merged_object_ids: `${primary};${other}`,
        },
      },
    });
    const found = await talk(
      'GET',
      `/crm/v3/objects/contacts/${other}?associations=companies&propertiesWithHistory=firstname,lifecyclestage`,
    );
    expect(found).toMatchObject({ status: 200, body: { id } });
    // The primary record keeps its primary company; the other's stays without the label.
    expect(at(found.body, 'associations', 'companies', 'results')).toEqual([
      { id: acme, type: 'contact_to_company' },
      { id: acme, type: 'contact_to_company_unlabeled' },
      { id: beta, type: 'contact_to_company_unlabeled' },
    ]);
    expect(at(found.body, 'propertiesWithHistory', 'firstname')).toMatchObject([{ value: 'Ada' }, { value: 'Bea' }]);
    expect(at(found.body, 'propertiesWithHistory', 'lifecyclestage')).toMatchObject([
      { value: 'customer', sourceType: 'MERGE_CONTACTS' },
      { value: 'lead' },
      { value: 'customer' },
    ]);
    expect(await read(talk, 'companies', acme, 'num_associated_contacts')).toBe('1');
    const change = { properties: { city: 'Rome' } };
    expect((await talk('PATCH', `/crm/v3/objects/contacts/${other}`, change)).status).toBe(200);
    const batch = await talk('POST', '/crm/v3/objects/contacts/batch/update', { inputs: [{ id: other, ...change }] });
    expect(batch).toMatchObject({ status: 207, body: { numErrors: 1, results: [] } });
    const again = await talk('POST', '/crm/v3/objects/contacts', { properties: { email: 'b@b.co' } });
    expect(again).toMatchObject({ status: 409, body: { message: `Contact already exists. Existing ID: ${id}` } });
  });

  test('is refused for one record, for records that are gone, for types without it, and after 250 merges', async () => {
    const talk = await talkTo();
    const merge = (type: string, primaryObjectId: string, objectIdToMerge: string) =>
      talk('POST', `/crm/v3/objects/${type}/merge`, { primaryObjectId, objectIdToMerge });
    const [a, b] = [await create(talk, 'deals', deal), await create(talk, 'deals', deal)];
    expect(await merge('deals', a, a)).toMatchObject({
      status: 400,
      body: { category: 'VALIDATION_ERROR', message: 'An object cannot be merged with itself' },
    });
    await talk('DELETE', `/crm/v3/objects/deals/${b}`);
    expect(await merge('deals', a, b)).toMatchObject({ status: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    expect((await merge('products', a, b)).status).toBe(405);

    // Pair by pair: a record's history grows with its merges.
    const rest = [a];
    while (rest.length < 251) rest.push(await create(talk, 'deals', deal));
    while (rest.length > 1) {
      const [one = '', other = ''] = rest.splice(0, 2);
      rest.push(String(at((await merge('deals', one, other)).body, 'id')));
    }
    const [last = ''] = rest;
    expect(await merge('deals', last, await create(talk, 'deals', deal))).toMatchObject({
      status: 414,
      body: { message: 'Cannot have more than 250 identities on a profile' },
    });
  });

  test('is refused for a record that is named by an id which it lost in a merge', async () => {
    const talk = await talkTo();
    const [a, b, c] = [
      await create(talk, 'deals', deal),
      await create(talk, 'deals', deal),
      await create(talk, 'deals', deal),
    ];
    const merge = (primaryObjectId: string, objectIdToMerge: string) =>
      talk('POST', '/crm/v3/objects/deals/merge', { primaryObjectId, objectIdToMerge });
    const id = String(at((await merge(a, b)).body, 'id'));
    expect(await merge(a, c)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(await merge(c, b)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    // They are one already.
    expect(await merge(a, b)).toMatchObject({ status: 400 });
    expect((await merge(id, c)).status).toBe(200);
  });

  test('gives companies a new id, to which both old ones lead, also after another merge', async () => {
    const talk = await talkTo();
    const [a, b, c] = [
      await create(talk, 'companies', { name: 'A' }),
      await create(talk, 'companies', { name: 'B', city: 'Rome' }),
      await create(talk, 'companies', { name: 'C' }),
    ];
    const merge = async (primaryObjectId: string | undefined, objectIdToMerge: string | undefined) => {
      const reply = await talk('POST', '/crm/v3/objects/companies/merge', { primaryObjectId, objectIdToMerge });
      return String(at(reply.body, 'id'));
    };
    const first = await merge(a, b);
    const second = await merge(c, first);
    expect(new Set([a, b, c, first, second]).size).toBe(5);
    for (const id of [a, b, c, first, second]) {
      const reply = await talk('GET', `/crm/v3/objects/companies/${id}?properties=name,city`);
      expect(reply.body).toMatchObject({ id: second, properties: { name: 'C', city: 'Rome' } });
    }
    expect((await talk('POST', '/crm/v3/objects/companies/search', {})).body).toMatchObject({ total: 1 });
  });
});

test('a new record says which app made it, and can be searched by that', async () => {
  const talk = await talkTo();
  const made = await talk('POST', '/crm/v3/objects/deals', { properties: { dealname: 'Big', dealstage: 'closedwon' } });
  const source = {
    hs_object_source: 'INTEGRATION',
    hs_object_source_id: '26892217',
    hs_object_source_label: 'INTEGRATION',
  };
  expect(made.body).toMatchObject({ properties: source });
  const filter = { propertyName: 'hs_object_source_label', operator: 'EQ', value: 'INTEGRATION' };
  const found = await talk('POST', '/crm/v3/objects/deals/search', { filters: [filter] });
  expect(found.body).toMatchObject({ total: 1 });
});
