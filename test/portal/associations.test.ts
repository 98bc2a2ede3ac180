import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { create, read, spec } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

/** Type ids of one pair, in the direction of the path. */
async function typeIds(talk: Talk, from: string, fromId: string, to: string, toId: string): Promise<number[]> {
  const reply = await talk('GET', `/crm/v4/objects/${from}/${fromId}/associations/${to}`);
  const link = results(reply).find((found) => String(at(found, 'toObjectId')) === toId);
  const types = at(link, 'associationTypes');
  return Array.isArray(types) ? types.map((type) => Number(at(type, 'typeId'))).sort(byNumber) : [];
}

function byNumber(a: number, b: number): number {
  return a - b;
}

describe('two records', () => {
  test('are linked without a label by default, seen from both sides and counted', async () => {
    const talk = await talkTo();
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const company = await create(talk, 'companies', { name: 'Acme' });
    const reply = await talk(
      'PUT',
      `/crm/objects/2026-09/contacts/${contact}/associations/default/companies/${company}`,
    );
    expect(reply).toMatchObject({
      status: 200,
      body: {
        status: 'COMPLETE',
        results: [
          { from: { id: contact }, to: { id: company }, associationSpec: spec(279) },
          { from: { id: company }, to: { id: contact }, associationSpec: spec(280) },
        ],
      },
    });
    expect(await typeIds(talk, 'companies', company, 'contacts', contact)).toEqual([280]);
    expect(await read(talk, 'companies', company, 'num_associated_contacts')).toBe('1');
    const gone = await talk('DELETE', `/crm/v4/objects/companies/${company}/associations/contacts/${contact}`);
    expect(gone.status).toBe(204);
    expect(await typeIds(talk, 'contacts', contact, 'companies', company)).toEqual([]);
    expect(await read(talk, 'companies', company, 'num_associated_contacts')).toBe('0');
  });

  test('have the labels of the last write, the unlabelled type always among them', async () => {
    const talk = await talkTo();
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const [acme, beta] = [
      await create(talk, 'companies', { name: 'Acme' }),
      await create(talk, 'companies', { name: 'Beta' }),
    ];
    const label = await talk('POST', '/crm/v4/associations/contacts/companies/labels', {
      name: 'decision_maker',
      label: 'Decision maker',
      inverseLabel: 'Decided by',
    });
    const [forth, back] = results(label).map((type) => Number(at(type, 'typeId')));
    const path = `/crm/v4/objects/contacts/${contact}/associations/companies`;
    const put = (company: string, ...types: unknown[]) => talk('PUT', `${path}/${company}`, types);

    expect(await put(acme, spec(Number(forth), 'USER_DEFINED'))).toMatchObject({
      status: 201,
      body: { fromObjectTypeId: '0-1', toObjectId: Number(acme), labels: ['Decision maker'] },
    });
    expect(await typeIds(talk, 'companies', acme, 'contacts', contact)).toEqual([back, 280]);
    await put(acme, spec(1));
    expect(await typeIds(talk, 'contacts', contact, 'companies', acme)).toEqual([1, 279]);
    expect(await read(talk, 'contacts', contact, 'associatedcompanyid')).toBe(acme);
    // One primary company; the other stays linked.
    await put(beta, spec(1));
    expect(await read(talk, 'contacts', contact, 'associatedcompanyid')).toBe(beta);
    expect(await typeIds(talk, 'contacts', contact, 'companies', acme)).toEqual([279]);
    expect(await typeIds(talk, 'companies', acme, 'contacts', contact)).toEqual([280]);

    await put(acme, spec(Number(forth), 'USER_DEFINED'));
    const removed = await talk('DELETE', `/crm/associations/2026-09/contacts/companies/labels/${forth}`);
    expect(removed.status).toBe(204);
    expect(await typeIds(talk, 'contacts', contact, 'companies', acme)).toEqual([279]);
    const labels = await talk('GET', '/crm/associations/2026-09/companies/contacts/labels');
    expect(results(labels).map((type) => at(type, 'label'))).not.toContain('Decided by');
    await talk('DELETE', `${path}/${beta}`);
    expect(await read(talk, 'contacts', contact, 'associatedcompanyid')).toBeNull();
    expect((await put(acme, spec(9999))).status).toBe(400);
    expect((await put('404', spec(1))).status).toBe(400);
    expect((await put(acme)).status).toBe(400);
  });

  test('are linked when one is created, with several types of records in one request', async () => {
    const talk = await talkTo();
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const deal = await create(talk, 'deals', { dealname: 'D', dealstage: 'contractsent' });
    const note = await create(talk, 'notes', { hs_timestamp: '2026-11-22T00:00:00Z' }, [
      { to: { id: contact }, types: [spec(202)] },
      { to: { id: deal }, types: [spec(214)] },
    ]);
    expect(await typeIds(talk, 'contacts', contact, 'notes', note)).toEqual([201]);
    expect(await typeIds(talk, 'deals', deal, 'notes', note)).toEqual([213]);
    const lost = { properties: { email: 'b@b.co' }, associations: [{ to: { id: '404' }, types: [spec(279)] }] };
    expect(await talk('POST', '/crm/v3/objects/contacts', lost)).toMatchObject({
      status: 400,
      body: { context: { INVALID_OBJECT_IDS: ['COMPANY=404 is not valid'] } },
    });
    expect((await talk('POST', '/crm/v3/objects/contacts/search', {})).body).toMatchObject({ total: 1 });
  });
});

describe('batches of links', () => {
  test.each(['v3', 'v4', '2026-09'])('without inputs are none of rows under %s, and complete', async (version) => {
    const talk = await talkTo();
    for (const what of ['create', 'read', ...(version === 'v3' ? [] : ['associate/default'])]) {
      const reply = await talk(
        'POST',
        `/crm/${version === '2026-09' ? `associations/${version}` : `${version}/associations`}/contacts/companies/batch/${what}`,
        {},
      );
      expect(reply).toMatchObject({ body: { status: 'COMPLETE', results: [] } });
      expect([200, 201]).toContain(reply.status);
    }
  });

  test('say of a row whose record is not there which one, and of what is no id that it is none', async () => {
    const talk = await talkTo();
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const company = await create(talk, 'companies', { name: 'Acme' });
    const base = '/crm/v4/associations/contacts/companies/batch';
    const inputs = [company, '404'].map((id) => ({ from: { id: contact }, to: { id }, types: [spec(279)] }));
    expect(await talk('POST', `${base}/create`, { inputs })).toMatchObject({
      status: 207,
      body: {
        results: [{ toObjectId: Number(company) }],
        numErrors: 1,
        errors: [{ category: 'VALIDATION_ERROR', context: { INVALID_OBJECT_IDS: ['COMPANY=404 is not valid'] } }],
      },
    });
    expect(await talk('POST', `${base}/read`, { inputs: [{ id: 'a guid' }] })).toMatchObject({
      status: 207,
      body: { errors: [{ category: 'VALIDATION_ERROR', subCategory: 'crm.associations.INVALID_IDENTIFIER' }] },
    });
    // A type that nobody has refuses the whole batch.
    const wrong = inputs.map((input, i) => ({ ...input, types: [spec(i === 0 ? 279 : 9999)] }));
    expect(await talk('POST', `${base}/create`, { inputs: wrong })).toMatchObject({
      status: 400,
      body: {
        message: 'One or more associations are invalid',
        context: {
          associationSpec: ['HUBSPOT_DEFINED=9999'],
          INVALID_ASSOCIATION_TYPE_ID: ['HUBSPOT_DEFINED=9999 is not a valid association definition id'],
        },
      },
    });
  });

  test('link, read, label and unlink, and answer a record without links as HubSpot does', async () => {
    const talk = await talkTo();
    const contacts = [
      await create(talk, 'contacts', { email: 'a@b.co' }),
      await create(talk, 'contacts', { email: 'b@b.co' }),
    ];
    const company = await create(talk, 'companies', { name: 'Acme' });
    const base = '/crm/associations/2026-03/contacts/companies/batch';
    const pairs = contacts.map((id) => ({ from: { id }, to: { id: company } }));

    const linked = await talk('POST', `${base}/associate/default`, {
      inputs: [...pairs, { from: { id: '404' }, to: { id: company } }],
    });
    expect(linked).toMatchObject({ status: 200, body: { numErrors: 1 } });
    expect(results(linked)).toHaveLength(4);
    const labelled = { inputs: pairs.map((pair) => ({ ...pair, types: [spec(1)] })) };
    expect(results(await talk('POST', `${base}/create`, labelled))).toMatchObject([
      { fromObjectId: contacts[0], labels: ['Primary'] },
      { fromObjectId: contacts[1], labels: ['Primary'] },
    ]);
    expect((await talk('POST', `${base}/labels/archive`, labelled)).status).toBe(204);
    expect(
      (await talk('POST', `${base}/archive`, { inputs: [{ from: { id: contacts[1] }, to: [{ id: company }] }] }))
        .status,
    ).toBe(204);

    const found = await talk('POST', `${base}/read`, { inputs: contacts.map((id) => ({ id })) });
    expect(found.status).toBe(207);
    expect(results(found)).toEqual([
      {
        from: { id: contacts[0] },
        to: [{ toObjectId: company, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 279, label: null }] }],
      },
    ]);
    expect(at(found.body, 'errors')).toEqual([
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No company is associated with contact ${contacts[1]}.`,
        context: { fromObjectId: [contacts[1]], fromObjectType: ['contact'], toObjectType: ['company'] },
      },
    ]);
    const many = { inputs: Array.from({ length: 1_001 }, () => ({ id: '1' })) };
    expect((await talk('POST', `${base}/read`, many)).status).toBe(400);
  });

  test('a pair of types has at most ten labels, with names that HubSpot takes', async () => {
    const talk = await talkTo();
    const define = (name: string, label = name) =>
      talk('POST', '/crm/v4/associations/contacts/deals/labels', { name, label });
    for (const name of ['with-hyphen', '1st', '']) expect((await define(name, 'x')).status).toBe(400);
    for (let i = 0; i < 10; i++) expect((await define(`l${i}`)).status).toBe(200);
    expect((await define('l10')).status).toBe(400);
    expect((await define('again', 'l0')).status).toBe(400);
  });

  test('a Starter account has no labels of its own', async () => {
    const talk = await talkTo({ tier: 'starter' });
    const path = '/crm/v4/associations/contacts/deals/labels';
    expect((await talk('POST', path, { name: 'buyer', label: 'Buyer' })).status).toBe(403);
    expect(results(await talk('GET', path)).map((type) => at(type, 'category'))).toEqual(['HUBSPOT_DEFINED']);
  });

  test('a long list comes in pages', async () => {
    const talk = await talkTo();
    const company = await create(talk, 'companies', { name: 'Acme' });
    const ids = [];
    for (let i = 0; i < 5; i++) {
      ids.push(await create(talk, 'contacts', { email: `${i}@b.co` }, [{ to: { id: company }, types: [spec(279)] }]));
    }
    const path = `/crm/objects/2026-03/companies/${company}/associations/contacts?limit=3`;
    const first = await talk('GET', path);
    const second = await talk('GET', `${path}&after=${String(at(first.body, 'paging', 'next', 'after'))}`);
    expect([...results(first), ...results(second)].map((link) => at(link, 'toObjectId'))).toEqual(ids);
    expect(at(second.body, 'paging')).toBeUndefined();
  });
});

test('random links, labels and removals stay the same from both sides, and the counts right', async () => {
  const talk = await talkTo();
  const contacts: string[] = [];
  const companies: string[] = [];
  for (let i = 0; i < 3; i++) {
    contacts.push(await create(talk, 'contacts', { email: `${i}@b.co` }));
    companies.push(await create(talk, 'companies', { name: `C${i}` }));
  }
  const inverse = new Map<number, number>([
    [279, 280],
    [1, 2],
    [931, 930],
  ]);
  const index = integer({ min: 0, max: 2 });
  const step = tuple(
    constantFrom('default', 'label', 'unlink', 'unlabel', 'reverse'),
    index,
    index,
    constantFrom(279, 1, 931),
  );

  await assert(
    asyncProperty(array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      for (const [what, a, b, typeId] of steps) {
        const [contact, company] = [contacts[a] ?? '', companies[b] ?? ''];
        const path = `/crm/v4/objects/contacts/${contact}/associations`;
        const pair = { from: { id: contact }, to: { id: company }, types: [spec(typeId)] };
        if (what === 'default') await talk('PUT', `${path}/default/companies/${company}`);
        else if (what === 'label') await talk('PUT', `${path}/companies/${company}`, [spec(typeId)]);
        else if (what === 'unlink') await talk('DELETE', `${path}/companies/${company}`);
        else if (what === 'unlabel') {
          await talk('POST', '/crm/v4/associations/contacts/companies/batch/labels/archive', { inputs: [pair] });
        } else {
          const types = [spec(Number(inverse.get(typeId)))];
          await talk('PUT', `/crm/v4/objects/companies/${company}/associations/contacts/${contact}`, types);
        }
      }
      for (const contact of contacts) {
        const primaries = [];
        for (const company of companies) {
          const forth = await typeIds(talk, 'contacts', contact, 'companies', company);
          const back = await typeIds(talk, 'companies', company, 'contacts', contact);
          expect(back).toEqual(forth.map((type) => inverse.get(type) ?? 0).sort(byNumber));
          expect(forth.includes(279)).toBe(forth.length > 0);
          if (forth.includes(1)) primaries.push(company);
        }
        expect(primaries.length).toBeLessThanOrEqual(1);
      }
      for (const company of companies) {
        const links = results(await talk('GET', `/crm/v4/objects/companies/${company}/associations/contacts`));
        expect(await read(talk, 'companies', company, 'num_associated_contacts')).toBe(String(links.length));
      }
    }),
    { numRuns: 60 },
  );
});
