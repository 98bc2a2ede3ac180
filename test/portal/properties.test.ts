import { beforeEach, describe, expect, test } from 'vitest';
import { at, results, type Talk, talkTo } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await talkTo();
});

const BASE = '/crm/properties/2026-09/contacts';
const region = {
  name: 'region',
  label: 'Region',
  type: 'enumeration',
  fieldType: 'select',
  groupName: 'contactinformation',
  options: [
    { label: 'North', value: 'north', displayOrder: 0, hidden: false },
    { label: 'South', value: 'south', displayOrder: 1, hidden: false },
  ],
};
const text = { name: 'nick', label: 'Nick', type: 'string', fieldType: 'text', groupName: 'contactinformation' };

describe('one property', () => {
  test('a new one has HubSpot’s defaults, can be read under every version, and holds values', async () => {
    const made = await talk('POST', BASE, region);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'region',
      hubspotDefined: false,
      hasUniqueValue: false,
      archived: false,
      displayOrder: -1,
      modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    });
    for (const path of ['/crm/v3/properties/contacts/region', '/crm/properties/2026-03/0-1/region']) {
      expect((await talk('GET', path)).body).toEqual(made.body);
    }
    const contact = await talk('POST', '/crm/v3/objects/contacts', { properties: { lastname: 'A', region: 'north' } });
    expect(contact.status).toBe(201);
    const refused = await talk('POST', '/crm/v3/objects/contacts', { properties: { lastname: 'A', region: 'west' } });
    expect(refused.status).toBe(400);
    expect(at(refused.body, 'message')).toContain('INVALID_OPTION');
  });

  test('a name in use is a conflict, in the words that HubSpot answered', async () => {
    await talk('POST', BASE, text);
    const again = await talk('POST', BASE, text);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      status: 'error',
      message: "A property named 'nick' already exists.",
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
    expect((await talk('POST', BASE, { ...text, name: 'email' })).status).toBe(409);
  });

  test.each([
    ['an unknown type', { ...text, type: 'money' }],
    ['a field type that does not go with the type', { ...text, fieldType: 'checkbox' }],
    ['options that live nowhere', { ...region, options: [], externalOptions: true, referencedObjectType: 'DEAL' }],
    ['a text with options that live elsewhere', { ...text, externalOptions: true, referencedObjectType: 'OWNER' }],
    ['an option without a label', { ...region, options: [{ label: ' ', value: 'a' }] }],
    ['a group that does not exist', { ...text, groupName: 'nowhere' }],
    ['a name with capitals', { ...text, name: 'Nick' }],
    ['a name that is HubSpot’s to give', { ...text, name: 'hs_nick' }],
    ['an enumeration without options', { ...region, options: [] }],
    ['two options with one value', { ...region, options: [region.options[0], region.options[0]] }],
    ['a boolean without its two options', { ...text, type: 'bool', fieldType: 'booleancheckbox' }],
  ])('%s is refused', async (_, body) => {
    const reply = await talk('POST', BASE, body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    expect((await talk('GET', `${BASE}/${body.name}`)).status).toBe(404);
  });

  test('sensitive ones are for Enterprise accounts, and for tokens with a scope of their own', async () => {
    const professional = await talkTo({ tier: 'professional' });
    expect((await professional('POST', BASE, { ...text, dataSensitivity: 'sensitive' })).body).toMatchObject({
      subCategory: 'PropertyValidationError.PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA',
    });
    const few = await talkTo({ tokens: new Map([['pat-na1-few', ['crm.schemas.contacts.write']]]) });
    const refused = await few('POST', BASE, { ...text, dataSensitivity: 'highly_sensitive' }, 'pat-na1-few');
    expect([refused.status, at(refused.body, 'errors', 0, 'context', 'requiredGranularScopes', 0)]).toEqual([
      403,
      'crm.objects.contacts.highly_sensitive.write.v2',
    ]);
    expect((await talk('POST', BASE, { ...text, dataSensitivity: 'sensitive' })).status).toBe(201);
    expect((await talk('GET', `${BASE}/nick`)).status).toBe(404);
    expect(results(await talk('GET', `${BASE}?dataSensitivity=sensitive`))).toMatchObject([{ name: 'nick' }]);
    expect((await talk('GET', `${BASE}?dataSensitivity=secret`)).status).toBe(400);
    expect((await talk('PATCH', `${BASE}/nick`, { label: 'Nickname' })).status).toBe(200);
    expect((await talk('DELETE', `${BASE}/nick`)).status).toBe(204);
  });

  test('a member that is missing is named', async () => {
    const { label: _, ...rest } = text;
    const reply = await talk('POST', BASE, rest);
    expect(reply.status).toBe(400);
    expect(at(reply.body, 'message')).toContain('[label]');
  });

  test('no type has more than ten unique properties', async () => {
    for (let i = 0; i < 10; i++) {
      expect((await talk('POST', BASE, { ...text, name: `key${i}`, hasUniqueValue: true })).status).toBe(201);
    }
    expect((await talk('POST', BASE, { ...text, name: 'key10', hasUniqueValue: true })).status).toBe(400);
    expect((await talk('POST', BASE, { ...text, name: 'plain' })).status).toBe(201);
  });

  test('an update changes what is sent, replaces options whole, and never touches uniqueness', async () => {
    await talk('POST', BASE, region);
    const updated = await talk('PATCH', `${BASE}/region`, {
      label: 'Sales region',
      options: [{ label: 'East', value: 'east', displayOrder: 0, hidden: false }],
      hasUniqueValue: true,
    });
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({
      label: 'Sales region',
      groupName: 'contactinformation',
      hasUniqueValue: false,
    });
    expect(at(updated.body, 'options')).toHaveLength(1);
  });

  test('HubSpot’s own keep their definition, but for options that an account may choose', async () => {
    expect((await talk('PATCH', `${BASE}/email`, { type: 'number', fieldType: 'number' })).status).toBe(400);
    expect((await talk('DELETE', `${BASE}/email`)).status).toBe(400);
    const options = [{ label: 'Warm', value: 'WARM', displayOrder: 0, hidden: false }];
    expect((await talk('PATCH', `${BASE}/hs_lead_status`, { options })).status).toBe(200);
  });

  test('an archived one is found only as archived, and comes back when its name is used again', async () => {
    await talk('POST', BASE, text);
    expect((await talk('DELETE', `${BASE}/nick`)).status).toBe(204);
    expect((await talk('GET', `${BASE}/nick`)).status).toBe(404);
    expect((await talk('GET', `${BASE}/nick?archived=true`)).body).toMatchObject({ archived: true });
    const twice = await talk('DELETE', `${BASE}/nick`);
    expect([twice.status, at(twice.body, 'category')]).toEqual([404, 'OBJECT_NOT_FOUND']);
    const back = await talk('POST', BASE, { ...text, label: 'Nickname' });
    expect([back.status, at(back.body, 'label'), at(back.body, 'archived')]).toEqual([201, 'Nickname', false]);
    expect((await talk('GET', `${BASE}/nick?archived=true`)).status).toBe(404);
  });

  test('one that a formula needs cannot be archived', async () => {
    await talk('POST', BASE, { ...text, name: 'price', type: 'number', fieldType: 'number' });
    const formula = { ...text, name: 'double', type: 'number', fieldType: 'number', calculationFormula: 'price * 2' };
    expect((await talk('POST', BASE, formula)).body).toMatchObject({
      fieldType: 'calculation_equation',
      calculated: true,
    });
    const refused = await talk('DELETE', `${BASE}/price`);
    expect(refused.body).toMatchObject({ subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE' });
    expect((await talk('POST', BASE, { ...formula, name: 'lost', calculationFormula: 'nothing + 1' })).status).toBe(
      400,
    );
  });

  test('one that a form asks for or a workflow looks at stays until they are gone', async () => {
    await talk('POST', BASE, text);
    const field = { objectTypeId: '0-1', name: 'nick', label: 'Nick', required: false, hidden: false };
    const form = await talk('POST', '/marketing/v3/forms', {
      formType: 'hubspot',
      name: 'Talk to us',
      createdAt: '2026-11-22T00:00:00Z',
      updatedAt: '2026-11-22T00:00:00Z',
      archived: false,
      fieldGroups: [
        { groupType: 'default_group', richTextType: 'text', fields: [{ ...field, fieldType: 'single_line_text' }] },
      ],
      configuration: { language: 'en', postSubmitAction: { type: 'thank_you', value: 'Thanks' } },
      displayOptions: { renderRawHtml: false, theme: 'default_style', submitButtonText: 'Send', style: {} },
      legalConsentOptions: { type: 'none' },
    });
    expect(form).toMatchObject({ status: 201 });
    const actionTypeId = '0-5';
    const action = { type: 'SINGLE_CONNECTION', actionId: '1', actionTypeId, fields: { property_name: 'nick' } };
    const base = { type: 'CONTACT_FLOW', isEnabled: false, objectTypeId: '0-1' };
    const flow = await talk('POST', '/automation/v4/flows', { ...base, actions: [action], startActionId: '1' });
    expect(flow.status).toBe(201);
    const [formId, flowId] = [form, flow].map(({ body }) => String(at(body, 'id')));
    expect(await talk('DELETE', `${BASE}/nick`)).toMatchObject({
      status: 400,
      body: {
        errors: [
          { context: { parentType: ['FORM'], parentName: [formId] } },
          { context: { parentType: ['WORKFLOW'], parentName: [flowId] } },
        ],
      },
    });
    expect((await talk('DELETE', `/marketing/v3/forms/${formId}`)).status).toBe(204);
    expect((await talk('DELETE', `/automation/v4/flows/${flowId}`)).status).toBe(204);
    expect((await talk('DELETE', `${BASE}/nick`)).status).toBe(204);
  });

  test('a formula needs what stands behind a number, and not what it quotes', async () => {
    await talk('POST', BASE, { ...text, name: 'price', type: 'number', fieldType: 'number' });
    await talk('POST', BASE, text);
    const tenfold = {
      ...text,
      name: 'tenfold',
      type: 'number',
      calculationFormula: "if 10price > 5 then 1 else 'nick'",
    };
    expect((await talk('POST', BASE, tenfold)).status).toBe(201);
    expect((await talk('DELETE', `${BASE}/price`)).status).toBe(400);
    expect((await talk('DELETE', `${BASE}/nick`)).status).toBe(204);
  });

  test('one that becomes a choice needs options, and one that is none has none', async () => {
    await talk('POST', BASE, region);
    const plain = await talk('PATCH', `${BASE}/region`, { type: 'string', fieldType: 'text' });
    expect([plain.status, at(plain.body, 'options')]).toEqual([200, []]);
    const choice = { type: 'enumeration', fieldType: 'select' };
    expect((await talk('PATCH', `${BASE}/region`, choice)).body).toMatchObject({
      subCategory: 'PropertyValidationError.OPTIONS_REQUIRED',
    });
    expect((await talk('PATCH', `${BASE}/region`, { ...choice, options: region.options })).status).toBe(200);
  });

  test('one that comes back cannot be unique if it was not: its old values might be the same', async () => {
    await talk('POST', BASE, text);
    await talk('DELETE', `${BASE}/nick`);
    const refused = await talk('POST', BASE, { ...text, hasUniqueValue: true });
    expect([refused.status, at(refused.body, 'subCategory')]).toEqual([
      400,
      'PropertyValidationError.INVALID_UNIQUE_PROPERTY',
    ]);
    expect((await talk('POST', BASE, text)).status).toBe(201);
  });

  test('names that every JavaScript object has are no functions, groups or types, and no properties unless made', async () => {
    expect((await talk('POST', BASE, { ...text, type: 'constructor' })).status).toBe(400);
    expect((await talk('POST', BASE, { ...text, groupName: 'constructor' })).status).toBe(400);
    const formula = { ...text, type: 'number', calculationFormula: 'constructor(1, 2)' };
    expect(at((await talk('POST', BASE, formula)).body, 'message')).toContain('there is no function constructor');
    expect((await talk('GET', '/crm/properties/2026-09/constructor')).status).toBe(400);
    const contact = await talk('POST', '/crm/v3/objects/contacts', { properties: { lastname: 'A' } });
    const id = String(at(contact.body, 'id'));
    const read = await talk('GET', `/crm/v3/objects/contacts/${id}?properties=constructor,toString,__proto__`);
    expect(Object.keys(at(read.body, 'properties') ?? {})).toEqual(['createdate', 'hs_object_id', 'lastmodifieddate']);
  });
});

describe('all properties of a type', () => {
  test('the list has the defaults, not the archived ones', async () => {
    await talk('POST', BASE, text);
    await talk('DELETE', `${BASE}/nick`);
    const names = results(await talk('GET', BASE)).map((property) => at(property, 'name'));
    expect(names).toContain('lifecyclestage');
    expect(names).not.toContain('nick');
    expect(results(await talk('GET', `${BASE}?archived=true`)).map((property) => at(property, 'name'))).toEqual([
      'nick',
    ]);
    expect(results(await talk('GET', `${BASE}?dataSensitivity=sensitive`))).toEqual([]);
  });

  test('stages and pipelines are options of their properties', async () => {
    const stage = await talk('GET', '/crm/v3/properties/deals/dealstage');
    expect(at(stage.body, 'options', 0)).toMatchObject({
      value: 'appointmentscheduled',
      label: 'Appointment Scheduled (Sales Pipeline)',
    });
    expect(at((await talk('GET', '/crm/v3/properties/deals/pipeline')).body, 'options', 0, 'value')).toBe('default');
  });

  test('a type that does not exist is told apart from one that the portal does not serve', async () => {
    const unknown = await talk('GET', '/crm/v3/properties/widgets');
    expect(unknown.status).toBe(400);
    expect(unknown.body).toMatchObject({ message: 'Unable to infer object type from: widgets' });
    expect(at(unknown.body, 'category')).toBeUndefined();
    expect((await talk('GET', '/crm/v3/properties/contracts')).status).toBe(501);
  });

  test('definitions need a scope of their own type', async () => {
    const guarded = await talkTo({ tokens: new Map([['pat-na1-few', ['crm.objects.companies.read']]]) });
    expect((await guarded('GET', '/crm/v3/properties/companies', undefined, 'pat-na1-few')).status).toBe(200);
    const refused = await guarded('GET', '/crm/v3/properties/contacts', undefined, 'pat-na1-few');
    expect([refused.status, at(refused.body, 'category')]).toEqual([403, 'MISSING_SCOPES']);
    expect((await guarded('POST', '/crm/v3/properties/companies', text, 'pat-na1-few')).status).toBe(403);
  });
});

describe('batches', () => {
  test('a batch creates what it can and names the rest', async () => {
    const reply = await talk('POST', `${BASE}/batch/create`, { inputs: [text, { ...text, name: 'email' }] });
    expect(reply.status).toBe(207);
    expect(results(reply).map((property) => at(property, 'name'))).toEqual(['nick']);
    expect(reply.body).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      errors: [{ category: 'OBJECT_ALREADY_EXISTS' }],
    });
  });

  test('a batch reads and archives by name; archiving what is not there is no error', async () => {
    await talk('POST', BASE, text);
    const inputs = [{ name: 'nick' }, { name: 'nobody' }];
    const read = await talk('POST', `${BASE}/batch/read`, { inputs, archived: false });
    expect([read.status, results(read).length, at(read.body, 'numErrors')]).toEqual([207, 1, 1]);
    expect((await talk('POST', `${BASE}/batch/archive`, { inputs })).status).toBe(204);
    expect((await talk('GET', `${BASE}/nick`)).status).toBe(404);
  });
});

describe('groups', () => {
  const group = { name: 'billing', label: 'Billing' };

  test('a group is made, changed, listed and archived once it is empty', async () => {
    expect((await talk('POST', `${BASE}/groups`, group)).body).toEqual({ ...group, displayOrder: -1, archived: false });
    expect((await talk('PATCH', `${BASE}/groups/billing`, { label: 'Bills' })).body).toMatchObject({ label: 'Bills' });
    await talk('POST', BASE, { ...text, groupName: 'billing' });
    const refused = await talk('DELETE', `${BASE}/groups/billing`);
    expect(refused.status).toBe(400);
    expect(JSON.parse(String(at(refused.body, 'message')))).toMatchObject({
      message: "Can't delete or purge a group with active properties",
      subCategory: 'PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES',
    });
    await talk('DELETE', `${BASE}/nick`);
    expect((await talk('DELETE', `${BASE}/groups/billing`)).status).toBe(204);
    expect(results(await talk('GET', `${BASE}/groups`)).map((each) => at(each, 'name'))).not.toContain('billing');
    expect((await talk('GET', `${BASE}/groups/billing`)).status).toBe(404);
    expect((await talk('POST', BASE, { ...text, name: 'other', groupName: 'billing' })).status).toBe(400);
    expect((await talk('POST', `${BASE}/groups`, { ...group, label: 'New' })).status).toBe(201);
  });

  test('a name in use is a conflict', async () => {
    expect((await talk('POST', `${BASE}/groups`, { name: 'contactinformation', label: 'X' })).status).toBe(409);
  });
});
