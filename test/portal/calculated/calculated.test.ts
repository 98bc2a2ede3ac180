import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../fake-clock.ts';
import { create, spec } from '../records.ts';
import { at, type Talk, talkTo } from '../talk.ts';

async function portal() {
  const clock = fakeClock({ start: Date.parse('2026-03-01T12:00:00Z') });
  return { clock, talk: await talkTo({ clock }) };
}

const DAY_MS = 86_400_000;

async function values(talk: Talk, objectType: string, id: string, ...names: readonly string[]): Promise<unknown[]> {
  const reply = await talk('GET', `/crm/v3/objects/${objectType}/${id}?properties=${names.join(',')}`);
  expect(reply.status).toBe(200);
  return names.map((name) => at(reply.body, 'properties', name));
}

const of = (what: string, stage: string) => `hs_v2_${what}_${stage}`;
const linkTo = (id: string, typeId: number) => ({ to: { id }, types: [spec(typeId)] });
const change = (talk: Talk, objectType: string, id: string, properties: Record<string, string>) =>
  talk('PATCH', `/crm/v3/objects/${objectType}/${id}`, { properties });

describe('deals', () => {
  test('are weighted, won, lost and worth what their stage and currency say', async () => {
    const { talk } = await portal();
    const id = await create(talk, 'deals', {
      dealname: 'A',
      pipeline: 'default',
      dealstage: 'qualifiedtobuy',
      amount: '1000.10',
      closedate: '2026-03-11',
    });
    const names = [
      'hs_is_closed',
      'hs_is_closed_won',
      'hs_deal_stage_probability',
      'hs_projected_amount',
      'amount_in_home_currency',
      'hs_forecast_amount',
      'hs_closed_amount',
      'hs_open_amount_in_home_currency',
      'days_to_close',
    ];
    const open = ['false', 'false', '0.4', '400.04', '1000.1', '1000.1', '0', '1000.1', '9'];
    expect(await values(talk, 'deals', id, ...names)).toEqual(open);
    await change(talk, 'deals', id, { dealstage: 'closedwon' });
    const won = ['true', 'true', '1.0', '1000.1', '1000.1', '1000.1', '1000.1', '0', '9'];
    expect(await values(talk, 'deals', id, ...names)).toEqual(won);
    await change(talk, 'deals', id, { dealstage: 'closedlost' });
    expect(await values(talk, 'deals', id, 'hs_is_closed_lost', 'hs_closed_amount')).toEqual(['true', '0']);
  });

  test('keep a probability that somebody wrote', async () => {
    const { talk } = await portal();
    const id = await create(talk, 'deals', { dealname: 'A', dealstage: 'qualifiedtobuy', amount: '100' });
    await change(talk, 'deals', id, { hs_deal_stage_probability: '0.25' });
    await change(talk, 'deals', id, { dealstage: 'contractsent' });
    expect(await values(talk, 'deals', id, 'hs_deal_stage_probability', 'hs_projected_amount')).toEqual(['0.25', '25']);
  });

  test('know when they came into each stage and how long they were there', async () => {
    const { talk, clock } = await portal();
    const id = await create(talk, 'deals', { dealname: 'A', dealstage: 'qualifiedtobuy' });
    await clock.advance(DAY_MS);
    await change(talk, 'deals', id, { dealstage: 'contractsent' });
    await clock.advance(2 * DAY_MS);
    await change(talk, 'deals', id, { dealstage: 'qualifiedtobuy' });
    expect(
      await values(
        talk,
        'deals',
        id,
        of('date_entered', 'qualifiedtobuy'),
        of('date_exited', 'qualifiedtobuy'),
        of('latest_time_in', 'qualifiedtobuy'),
        of('date_entered', 'contractsent'),
        of('date_exited', 'contractsent'),
        of('cumulative_time_in', 'contractsent'),
        'hs_date_entered_contractsent',
      ),
    ).toEqual([
      '2026-03-04T12:00:00Z',
      null,
      String(DAY_MS),
      '2026-03-02T12:00:00Z',
      '2026-03-04T12:00:00Z',
      String(2 * DAY_MS),
      '2026-03-02T12:00:00Z',
    ]);
    await clock.advance(DAY_MS);
    await change(talk, 'deals', id, { dealstage: 'closedwon' });
    expect(await values(talk, 'deals', id, of('cumulative_time_in', 'qualifiedtobuy'))).toEqual([String(2 * DAY_MS)]);
  });

  test('a new stage brings its properties', async () => {
    const { talk } = await portal();
    const stage = { stageId: 'trial', label: 'Trial', displayOrder: 9, metadata: { probability: '0.95' } };
    await talk('POST', '/crm/pipelines/2026-09/deals/default/stages', stage);
    const id = await create(talk, 'deals', { dealname: 'A', dealstage: 'trial' });
    expect(await values(talk, 'deals', id, 'hs_v2_date_entered_trial')).toEqual(['2026-03-01T12:00:00Z']);
    await talk('PATCH', '/crm/pipelines/2026-09/deals/default/stages/trial', { metadata: { probability: '1' } });
    expect(await values(talk, 'deals', id, 'hs_is_closed_won')).toEqual(['true']);
  });

  test('recur as their line items do', async () => {
    const { talk } = await portal();
    const deal = await create(talk, 'deals', { dealname: 'A', dealstage: 'qualifiedtobuy' });
    const item = await create(
      talk,
      'line_items',
      {
        name: 'Seats',
        price: '20',
        quantity: '3',
        hs_discount_percentage: '10',
        recurringbillingfrequency: 'monthly',
        hs_recurring_billing_period: 'P24M',
        hs_recurring_billing_start_date: '2026-01-01',
      },
      [linkTo(deal, 20)],
    );
    expect(
      await values(
        talk,
        'line_items',
        item,
        'hs_pre_discount_amount',
        'hs_total_discount',
        'amount',
        'hs_mrr',
        'hs_acv',
        'hs_tcv',
        'hs_term_in_months',
        'hs_recurring_billing_end_date',
      ),
    ).toEqual(['60', '6', '54', '54', '648', '1296', '24', '2027-12-31']);
    expect(await values(talk, 'deals', deal, 'hs_mrr', 'hs_arr', 'hs_tcv', 'hs_num_of_associated_line_items')).toEqual([
      '54',
      '648',
      '1296',
      '1',
    ]);
    await talk('DELETE', `/crm/v3/objects/line_items/${item}`);
    expect(await values(talk, 'deals', deal, 'hs_mrr', 'hs_num_of_associated_line_items')).toEqual([null, '0']);
  });
});

describe('contacts and companies', () => {
  test('add up what their deals brought in, and follow them', async () => {
    const { talk } = await portal();
    const company = await create(talk, 'companies', { name: 'A' });
    const contact = await create(talk, 'contacts', { email: 'ada@example.com' });
    const links = [linkTo(company, 341), linkTo(contact, 3)];
    const won = { dealname: 'A', dealstage: 'closedwon', amount: '100', closedate: '2026-03-05T00:00:00Z' };
    await create(talk, 'deals', won, links);
    const open = await create(talk, 'deals', { dealname: 'B', dealstage: 'contractsent', amount: '50' }, links);
    const names = ['total_revenue', 'recent_deal_amount', 'recent_deal_close_date', 'num_associated_deals'];
    const expected = ['100', '100', '2026-03-05T00:00:00Z', '2'];
    expect(await values(talk, 'companies', company, ...names)).toEqual(expected);
    expect(await values(talk, 'contacts', contact, ...names)).toEqual(expected);
    expect(await values(talk, 'companies', company, 'hs_num_open_deals', 'hs_total_deal_value')).toEqual(['1', '50']);
    await change(talk, 'deals', open, { dealstage: 'closedwon', closedate: '2026-03-06T00:00:00Z' });
    expect(await values(talk, 'contacts', contact, ...names)).toEqual(['150', '50', '2026-03-06T00:00:00Z', '2']);
    await talk('DELETE', `/crm/v3/objects/deals/${open}`);
    expect(await values(talk, 'contacts', contact, ...names)).toEqual([...expected.slice(0, 3), '1']);
  });

  test('tell when they were contacted last, and what comes next', async () => {
    const { talk } = await portal();
    const contact = await create(talk, 'contacts', { email: 'ada@example.com' });
    await create(talk, 'calls', { hs_timestamp: '2026-02-01T10:00:00Z' }, [linkTo(contact, 194)]);
    await create(talk, 'notes', { hs_timestamp: '2026-02-02T10:00:00Z' }, [linkTo(contact, 202)]);
    await create(talk, 'tasks', { hs_timestamp: '2026-04-02T10:00:00Z' }, [linkTo(contact, 204)]);
    const email = { hs_timestamp: '2026-02-03T10:00:00Z', hs_email_direction: 'INCOMING_EMAIL' };
    await create(talk, 'emails', email, [linkTo(contact, 198)]);
    expect(
      await values(
        talk,
        'contacts',
        contact,
        'notes_last_updated',
        'notes_last_contacted',
        'num_notes',
        'num_contacted_notes',
        'notes_next_activity_date',
        'hs_notes_next_activity_type',
        'hs_sales_email_last_replied',
        'hs_sa_first_engagement_object_type',
      ),
    ).toEqual([
      '2026-02-03T10:00:00Z',
      '2026-02-01T10:00:00Z',
      '4',
      '1',
      '2026-04-02T10:00:00Z',
      'TASK',
      '2026-02-03T10:00:00Z',
      'CALL',
    ]);
  });

  test('have dates for their lifecycle', async () => {
    const { talk, clock } = await portal();
    const id = await create(talk, 'contacts', { email: 'ada@example.com', lifecyclestage: 'lead' });
    await clock.advance(DAY_MS);
    await change(talk, 'contacts', id, { lifecyclestage: 'customer' });
    expect(
      await values(
        talk,
        'contacts',
        id,
        'hs_lifecyclestage_lead_date',
        'hs_v2_date_exited_lead',
        'hs_lifecyclestage_customer_date',
        'hs_time_to_move_from_lead_to_customer',
      ),
    ).toEqual(['2026-03-01T12:00:00Z', '2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z', String(DAY_MS)]);
  });

  test.each([
    ['+44 (0)20 7946 0958', '2079460958', '442079460958', 'GB'],
    ['(617) 555-0123 ext. 9', '6175550123', '16175550123', 'US'],
    ['0049 30 901820', '30901820', '4930901820', 'DE'],
    ['+353 1 234 5678', '12345678', '35312345678', 'IE'],
    ['12345', '12345', null, null],
  ])('the phone number %s is found as %s', async (phone, searchable, international, country) => {
    const { talk } = await portal();
    const id = await create(talk, 'contacts', { lastname: 'A', phone });
    expect(
      await values(
        talk,
        'contacts',
        id,
        'hs_searchable_calculated_phone_number',
        'hs_searchable_calculated_international_phone_number',
        'hs_calculated_phone_number_country_code',
      ),
    ).toEqual([searchable, international, country]);
    await change(talk, 'contacts', id, { phone: '' });
    expect(await values(talk, 'contacts', id, 'hs_searchable_calculated_phone_number')).toEqual([null]);
  });

  test('a company knows its parent, its children and who decides', async () => {
    const { talk } = await portal();
    const parent = await create(talk, 'companies', { name: 'Parent' });
    const child = await create(talk, 'companies', { name: 'Child' }, [linkTo(parent, 14)]);
    expect(await values(talk, 'companies', child, 'hs_parent_company_id')).toEqual([parent]);
    expect(await values(talk, 'companies', parent, 'hs_num_child_companies')).toEqual(['1']);
    const contact = await create(talk, 'contacts', { lastname: 'A' }, [linkTo(parent, 279)]);
    expect(await values(talk, 'companies', parent, 'hs_num_decision_makers')).toEqual(['0']);
    await change(talk, 'contacts', contact, { hs_buying_role: 'DECISION_MAKER;BLOCKER' });
    expect(await values(talk, 'companies', parent, 'hs_num_decision_makers', 'num_associated_contacts')).toEqual([
      '1',
      '1',
    ]);
  });
});

/** Every other contact has one, and every third of those decides. */
const roleOf = (i: number) => (i % 2 === 0 ? '' : i % 3 === 0 ? 'BLOCKER;DECISION_MAKER' : 'BLOCKER');

test('a company counts its contacts also where they are many', async () => {
  const { talk, clock } = await portal();
  const company = await create(talk, 'companies', { name: 'Acme' });
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) {
    const inputs = Array.from({ length: 100 }, (_, j) => ({
      properties: { lastname: `Last ${i} ${j}`, hs_buying_role: roleOf(j) },
      associations: [linkTo(company, 279)],
    }));
    const reply = await talk('POST', '/crm/v3/objects/contacts/batch/create', { inputs });
    for (const j of inputs.keys()) ids.push(String(at(reply.body, 'results', j, 'id')));
    await clock.advance(1_000);
  }
  const names = ['num_associated_contacts', 'hs_num_contacts_with_buying_roles', 'hs_num_decision_makers'];
  const shown = () => values(talk, 'companies', company, ...names, 'hs_num_blockers', 'first_contact_createdate');
  expect(await shown()).toEqual(['600', '300', '102', '300', '2026-03-01T12:00:00Z']);

  const [first = '', second = '', third = ''] = ids;
  await change(talk, 'contacts', first, { hs_buying_role: 'DECISION_MAKER' });
  await change(talk, 'contacts', second, { hs_buying_role: '' });
  expect(await shown()).toEqual(['600', '300', '103', '299', '2026-03-01T12:00:00Z']);
  await talk('DELETE', `/crm/v3/objects/contacts/${first}`);
  await talk('DELETE', `/crm/v4/objects/contacts/${third}/associations/companies/${company}`);
  expect(await shown()).toEqual(['598', '299', '102', '299', '2026-03-01T12:00:00Z']);
  const inputs = ids.slice(0, 100).map((id) => ({ id }));
  await talk('POST', '/crm/v3/objects/contacts/batch/archive', { inputs });
  expect(await shown()).toEqual(['500', '250', '85', '250', '2026-03-01T12:00:01Z']);
});

describe('tickets', () => {
  test('tell how long they took and whom they are about', async () => {
    const { talk, clock } = await portal();
    const contact = await create(talk, 'contacts', { email: 'ada@example.com', firstname: 'Ada' });
    const id = await create(talk, 'tickets', { subject: 'A', hs_pipeline_stage: '1' }, [linkTo(contact, 16)]);
    await clock.advance(DAY_MS);
    await change(talk, 'tickets', id, { hs_pipeline_stage: '4' });
    const names = ['time_to_close', 'closed_date', 'hs_all_associated_contact_emails'];
    expect(await values(talk, 'tickets', id, ...names)).toEqual([
      String(DAY_MS),
      '2026-03-02T12:00:00Z',
      'ada@example.com',
    ]);
    await change(talk, 'contacts', contact, { email: 'ada@example.org' });
    await change(talk, 'tickets', id, { hs_pipeline_stage: '2' });
    expect(await values(talk, 'tickets', id, ...names)).toEqual([null, null, 'ada@example.org']);
  });
});

test('a calculated value has a history of its own', async () => {
  const { talk, clock } = await portal();
  const id = await create(talk, 'deals', { dealname: 'A', dealstage: 'qualifiedtobuy', amount: '100' });
  await clock.advance(DAY_MS);
  await change(talk, 'deals', id, { amount: '200' });
  const reply = await talk('GET', `/crm/v3/objects/deals/${id}?propertiesWithHistory=hs_projected_amount`);
  expect(at(reply.body, 'propertiesWithHistory', 'hs_projected_amount')).toEqual([
    { value: '80', timestamp: '2026-03-02T12:00:00Z', sourceType: 'CALCULATED' },
    { value: '40', timestamp: '2026-03-01T12:00:00Z', sourceType: 'CALCULATED' },
  ]);
});

test('a calculation is no modification, and nobody can write one', async () => {
  const { talk, clock } = await portal();
  const company = await create(talk, 'companies', { name: 'A' });
  await clock.advance(DAY_MS);
  await create(talk, 'contacts', { lastname: 'A' }, [linkTo(company, 279)]);
  expect(await values(talk, 'companies', company, 'num_associated_contacts', 'hs_lastmodifieddate')).toEqual([
    '1',
    '2026-03-01T12:00:00Z',
  ]);
  expect((await change(talk, 'companies', company, { num_associated_contacts: '7' })).status).toBe(400);
});

test('many records are calculated anew by and by', async () => {
  const { talk, clock } = await portal();
  for (let i = 0; i < 45; i++) {
    const inputs = Array.from({ length: 100 }, (_, j) => ({ properties: { lastname: `Last ${i} ${j}` } }));
    expect((await talk('POST', '/crm/v3/objects/contacts/batch/create', { inputs })).status).toBe(201);
  }
  const property = {
    name: 'shout',
    label: 'Shout',
    type: 'string',
    fieldType: 'calculation_equation',
    groupName: 'contactinformation',
    calculationFormula: 'concatenate(string(lastname), "!")',
  };
  expect((await talk('POST', '/crm/v3/properties/contacts', property)).status).toBe(201);
  const found = async () => {
    const filters = [{ propertyName: 'shout', operator: 'HAS_PROPERTY' }];
    return at((await talk('POST', '/crm/v3/objects/contacts/search', { filters })).body, 'total');
  };
  expect(await found()).toBe(2_000);
  await clock.advance(1_000);
  expect(await found()).toBe(4_500);
});
