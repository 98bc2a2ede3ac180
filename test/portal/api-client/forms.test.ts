import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import {
  type EmailField,
  EmailFieldFieldTypeEnum,
  type FieldGroup,
  FieldGroupGroupTypeEnum,
  FieldGroupRichTextTypeEnum,
  FormDisplayOptionsThemeEnum,
  FormPostSubmitActionTypeEnum,
  FormStyleSubmitAlignmentEnum,
  type HubSpotFormConfiguration,
  HubSpotFormConfigurationLanguageEnum,
  type HubSpotFormDefinitionCreateRequest,
  HubSpotFormDefinitionCreateRequestFormTypeEnum,
  LegalConsentOptionsNoneTypeEnum,
  MultipleCheckboxesFieldFieldTypeEnum,
  NumberFieldFieldTypeEnum,
  SingleLineTextFieldFieldTypeEnum,
} from '@hubspot/api-client/lib/codegen/marketing/forms/index.js';
import { expect, test } from 'vitest';
import { fakeClock } from '../../fake-clock.ts';
import { at } from '../talk.ts';
import { type HubSpot, hubspot, refusal } from './hubspot.ts';

/** As the client's classes, but plain data. */
type Plain<T> = { [K in keyof T]: T[K] };

const configuration: Plain<HubSpotFormConfiguration> = {
  language: HubSpotFormConfigurationLanguageEnum.En,
  postSubmitAction: { type: FormPostSubmitActionTypeEnum.ThankYou, value: 'Thank you!' },
  createNewContactForNewEmail: true,
  editable: true,
  cloneable: true,
  archivable: true,
  allowLinkToResetKnownValues: false,
  prePopulateKnownValues: true,
  notifyContactOwner: false,
  notifyRecipients: [],
  recaptchaEnabled: false,
  lifecycleStages: [],
};

const common = { hidden: false, dependentFields: [] };

function emailField(more: Partial<EmailField> = {}): EmailField {
  return {
    ...common,
    objectTypeId: '0-1',
    name: 'email',
    label: 'E-mail',
    required: true,
    fieldType: EmailFieldFieldTypeEnum.Email,
    validation: { blockedEmailDomains: ['spam.example'], useDefaultBlockList: false },
    ...more,
  };
}

function textField(name: string, objectTypeId = '0-1') {
  const fieldType = SingleLineTextFieldFieldTypeEnum.SingleLineText;
  return { ...common, objectTypeId, name, label: name, required: false, fieldType };
}

function definition(more: Partial<HubSpotFormDefinitionCreateRequest> = {}): Plain<HubSpotFormDefinitionCreateRequest> {
  const now = new Date(Date.UTC(2026, 10, 22));
  return {
    formType: HubSpotFormDefinitionCreateRequestFormTypeEnum.Hubspot,
    name: 'Talk to us',
    createdAt: now,
    updatedAt: now,
    archived: false,
    ...withFields([emailField(), textField('firstname'), textField('lastname')]),
    configuration,
    displayOptions: {
      renderRawHtml: false,
      theme: FormDisplayOptionsThemeEnum.DefaultStyle,
      submitButtonText: 'Send',
      style: {
        labelTextSize: '13px',
        legalConsentTextColor: '#33475b',
        fontFamily: 'arial',
        legalConsentTextSize: '14px',
        backgroundWidth: '100%',
        helpTextSize: '11px',
        submitFontColor: '#ffffff',
        labelTextColor: '#33475b',
        submitAlignment: FormStyleSubmitAlignmentEnum.Left,
        submitSize: '12px',
        helpTextColor: '#7C98B6',
        submitColor: '#ff7a59',
      },
    },
    legalConsentOptions: { type: LegalConsentOptionsNoneTypeEnum.None },
    ...more,
  };
}

function withFields(fields: FieldGroup['fields']) {
  const groupType = FieldGroupGroupTypeEnum.DefaultGroup;
  return { fieldGroups: [{ groupType, richTextType: FieldGroupRichTextTypeEnum.Text, fields }] };
}

/** Makes a form and gives a way to submit to it. */
async function form(api: HubSpot, more: Partial<HubSpotFormDefinitionCreateRequest> = {}) {
  const created = await api.client.marketing.forms.formsApi.create(definition(more));
  const { portalId } = api.portal.describe();
  const submit = async (body: unknown, way: 'open' | 'secure' = 'open', guid = created.id, portal = portalId) => {
    const path = way === 'open' ? 'submit' : 'secure/submit';
    const reply = await fetch(`${api.url}/submissions/v3/integration/${path}/${portal}/${guid}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(way === 'secure' && { authorization: 'Bearer pat-na1-test' }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answered: unknown = await reply.json();
    return { status: reply.status, body: answered };
  };
  const submitFields = (values: Readonly<Record<string, string>>, way?: 'open' | 'secure') =>
    submit({ fields: Object.entries(values).map(([name, value]) => ({ objectTypeId: '0-1', name, value })) }, way);
  return { id: created.id, submit, submitFields };
}

async function submissions({ url }: HubSpot, id: string, query = ''): Promise<unknown> {
  const headers = { authorization: 'Bearer pat-na1-test' };
  return (await fetch(`${url}/form-integrations/v1/submissions/forms/${id}?${query}`, { headers })).json();
}

async function contacts({ client }: HubSpot) {
  return (
    await client.crm.contacts.basicApi.getPage(100, undefined, ['email', 'firstname', 'lastname', 'lifecyclestage'])
  ).results;
}

/** The error types of a refusal. */
function types({ body }: { readonly body: unknown }): unknown[] {
  const errors = at(body, 'errors');
  return Array.isArray(errors) ? errors.map((error) => at(error, 'errorType')) : [];
}

test('a form is created, read, listed, changed, replaced and archived', async () => {
  const { client } = await hubspot();
  const { formsApi } = client.marketing.forms;
  const created = await formsApi.create(definition());
  expect(created).toMatchObject({ name: 'Talk to us', formType: 'hubspot', archived: false });
  expect(created.fieldGroups[0]?.fields.map(({ name }) => name)).toEqual(['email', 'firstname', 'lastname']);
  expect(await formsApi.getById(created.id)).toEqual(created);

  const second = await formsApi.create(definition({ name: 'Newsletter' }));
  const page = await formsApi.getPage(undefined, 1);
  expect(page.results.map(({ name }) => name)).toEqual(['Talk to us']);
  expect((await formsApi.getPage(page.paging?.next?.after, 1)).results.map(({ id }) => id)).toEqual([second.id]);

  const renamed = await formsApi.update(created.id, { name: 'Write to us' });
  expect(renamed).toMatchObject({ name: 'Write to us', fieldGroups: created.fieldGroups });
  const changed = { ...withFields([emailField()]), name: 'Replaced' };
  const replaced = await formsApi.replace(created.id, Object.assign(renamed, changed));
  expect(replaced.fieldGroups[0]?.fields).toHaveLength(1);
  expect(replaced.createdAt).toEqual(created.createdAt);

  await formsApi.archive(created.id);
  expect((await refusal(formsApi.getById(created.id))).code).toBe(404);
  expect(await formsApi.getById(created.id, true)).toMatchObject({ archived: true, name: 'Replaced' });
  expect((await formsApi.getPage(undefined, undefined, true)).results).toHaveLength(1);
  expect((await formsApi.getPage()).results.map(({ id }) => id)).toEqual([second.id]);
});

test('a definition that HubSpot would not take is refused, and none is made', async () => {
  const { client, url } = await hubspot();
  const { formsApi } = client.marketing.forms;
  expect(await refusal(formsApi.create(definition(withFields([textField('nonsense')]))))).toMatchObject({
    code: 400,
    body: { category: 'VALIDATION_ERROR', message: 'Property "nonsense" does not exist' },
  });
  expect((await refusal(formsApi.create(definition(withFields([emailField(), emailField()]))))).code).toBe(400);
  expect((await refusal(formsApi.create(definition({ name: ' ' })))).code).toBe(400);
  expect((await refusal(formsApi.update('nothing', { name: 'x' }))).code).toBe(404);
  expect((await refusal(formsApi.archive('nothing'))).code).toBe(404);
  const headers = { authorization: 'Bearer pat-na1-test', 'content-type': 'application/json' };
  const body = JSON.stringify({ ...definition(), configuration: { language: 'tlh' } });
  const reply = await fetch(`${url}/marketing/v3/forms`, { method: 'POST', headers, body });
  expect([reply.status, at(await reply.json(), 'message')]).toEqual([
    400,
    expect.stringContaining('[postSubmitAction]'),
  ]);
  expect((await formsApi.getPage()).results).toEqual([]);
  expect((await fetch(`${url}/marketing/forms/2026-09-beta`, { headers })).status).toBe(200);
});

test('a submission creates a contact, the next one with its address updates it, and both are kept', async () => {
  const api = await hubspot();
  const { id, submit, submitFields } = await form(api);
  const pageUri = 'https://www.example.com/contact';
  const first = await submit({
    fields: [
      { objectTypeId: '0-1', name: 'email', value: 'Ada@Example.com' },
      { name: 'firstname', value: 'Ada' },
    ],
    context: { pageUri, pageName: 'Contact', hutk: '0123456789abcdef0123456789abcdef', ipAddress: '192.0.2.7' },
    legalConsentOptions: {
      consent: {
        consentToProcess: true,
        text: 'I agree',
        communications: [{ value: true, subscriptionTypeId: 999, text: 'News' }],
      },
    },
  });
  expect(first).toEqual({ status: 200, body: { inlineMessage: 'Thank you!' } });
  expect(await submitFields({ email: 'ada@example.com', lastname: 'Lovelace' })).toMatchObject({ status: 200 });
  const made = await contacts(api);
  expect(made.map(({ properties }) => properties)).toMatchObject([
    { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' },
  ]);
  const contact = await api.client.crm.contacts.basicApi.getById(made[0]?.id ?? '', undefined, ['firstname']);
  expect(contact.propertiesWithHistory?.['firstname']).toMatchObject([
    { value: 'Ada', sourceType: 'FORM', sourceLabel: 'Talk to us' },
  ]);

  expect(await submissions(api, id)).toMatchObject({
    results: [
      { values: [{ name: 'email', value: 'ada@example.com' }, { name: 'lastname' }] },
      {
        pageUrl: pageUri,
        values: [{ name: 'email', value: 'Ada@Example.com', objectTypeId: '0-1' }, { name: 'firstname' }],
      },
    ],
  });
  const page = await submissions(api, id, 'limit=1');
  const after = String(at(page, 'paging', 'next', 'after'));
  expect(at(await submissions(api, id, `limit=1&after=${after}`), 'results', 0, 'pageUrl')).toBe(pageUri);
});

test('a form redirects, sets the lifecycle stage, and makes a company that it links', async () => {
  const api = await hubspot();
  const postSubmitAction = { type: FormPostSubmitActionTypeEnum.RedirectUrl, value: 'https://example.com/thanks' };
  const lifecycleStages = [{ objectTypeId: '0-1', value: 'marketingqualifiedlead' }];
  const { submit } = await form(api, {
    configuration: { ...configuration, postSubmitAction, lifecycleStages },
    ...withFields([emailField(), textField('name', '0-2'), textField('domain', '0-2')]),
  });
  const fields = [
    { objectTypeId: '0-1', name: 'email', value: 'ada@acme.example' },
    { objectTypeId: '0-2', name: 'name', value: 'Acme' },
    { objectTypeId: '0-2', name: 'domain', value: 'acme.example' },
  ];
  expect((await submit({ fields })).body).toEqual({ redirectUri: 'https://example.com/thanks' });
  await submit({
    fields: fields.map((field) => (field.name === 'email' ? { ...field, value: 'bob@acme.example' } : field)),
  });
  const companies = (await api.client.crm.companies.basicApi.getPage(10, undefined, ['name'], undefined, ['contacts']))
    .results;
  expect(companies.map(({ properties }) => properties['name'])).toEqual(['Acme']);
  const made = await contacts(api);
  expect(made.map(({ properties }) => properties['lifecyclestage'])).toEqual([
    'marketingqualifiedlead',
    'marketingqualifiedlead',
  ]);
  const linked = new Set(companies[0]?.associations?.['contacts']?.results.map(({ id }) => id));
  expect(linked).toEqual(new Set(made.map(({ id }) => id)));
});

test('a known browser is its contact, unless the form makes new contacts for new addresses', async () => {
  const api = await hubspot();
  const hutk = 'fedcba9876543210fedcba9876543210';
  const sameContact = { ...configuration, createNewContactForNewEmail: false };
  const { submit } = await form(api, {
    configuration: sameContact,
    ...withFields([emailField({ required: false }), textField('firstname')]),
  });
  const send = (fields: unknown) => submit({ fields, context: { hutk } });
  await send([{ name: 'firstname', value: 'Nobody yet' }]);
  expect(await contacts(api)).toEqual([]);
  await send([{ name: 'email', value: 'old@example.com' }]);
  await send([{ name: 'firstname', value: 'Grace' }]);
  await send([{ name: 'email', value: 'new@example.com' }]);
  expect((await contacts(api)).map(({ properties }) => properties)).toMatchObject([
    { email: 'new@example.com', firstname: 'Grace' },
  ]);
  const other = await form(api);
  await other.submit({ fields: [{ name: 'email', value: 'third@example.com' }], context: { hutk } });
  expect((await contacts(api)).map(({ properties }) => properties['email'])).toEqual([
    'new@example.com',
    'third@example.com',
  ]);
});

test('everything wrong with a submission is said at once, and nothing comes of it', async () => {
  const api = await hubspot();
  const [number, boxes] = [
    {
      ...common,
      objectTypeId: '0-1',
      name: 'annualrevenue',
      label: 'Revenue',
      required: true,
      fieldType: NumberFieldFieldTypeEnum.Number,
      validation: { minAllowedDigits: 2, maxAllowedDigits: 4 },
    },
    {
      ...common,
      objectTypeId: '0-1',
      name: 'jobtitle',
      label: 'Topics',
      required: false,
      fieldType: MultipleCheckboxesFieldFieldTypeEnum.MultipleCheckboxes,
      options: [{ label: 'A', value: 'a', displayOrder: 0 }],
      defaultValues: [],
    },
  ];
  const { id, submit, submitFields } = await form(api, withFields([emailField(), number, boxes]));
  const refused = await submit({
    fields: [
      { name: 'email', value: 'not an address' },
      { name: 'jobtitle', value: 'a;b' },
      { name: 'shoe_size', value: '42' },
    ],
    context: { hutk: '', ipAddress: '999.1.1.1', colour: 'red', pageUri: 'https://[' },
    submittedAt: '1000',
    legalConsentOptions: {},
  });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      status: 'error',
      message: 'The request is not valid',
      correlationId: expect.any(String),
      errors: expect.arrayContaining([
        {
          message: "Error in 'fields.annualrevenue'. Required field 'annualrevenue' is missing",
          errorType: 'REQUIRED_FIELD',
        },
        { message: "Error in 'fields.email'. Invalid email address", errorType: 'INVALID_EMAIL' },
      ]),
    },
  });
  expect(new Set(types(refused))).toEqual(
    new Set([
      'REQUIRED_FIELD',
      'INVALID_EMAIL',
      'VALUE_NOT_IN_FIELD_DEFINITION',
      'FIELD_NOT_IN_FORM_DEFINITION',
      'INVALID_METADATA',
      'INVALID_HUTK',
      'INVALID_IP_ADDRESS',
      'INVALID_PAGE_URI',
      'INVALID_LEGAL_OPTION_FORMAT',
    ]),
  );
  const email = 'ada@example.com';
  expect(types(await submitFields({ email, annualrevenue: 'ten' }))).toEqual(['INVALID_NUMBER']);
  expect(types(await submitFields({ email, annualrevenue: '5' }))).toEqual(['NUMBER_OUT_OF_RANGE']);
  expect(types(await submitFields({ email: 'x@spam.example', annualrevenue: '50' }))).toEqual(['BLOCKED_EMAIL']);
  const fields = [
    { name: 'email', value: email },
    { name: 'annualrevenue', value: '50' },
  ];
  const consent = (consentGiven: object) => submit({ fields, legalConsentOptions: { consent: consentGiven } });
  expect(types(await consent({ consentToProcess: false, text: 'Yes' }))).toEqual(['MISSING_PROCESSING_CONSENT']);
  expect(types(await consent({ consentToProcess: true }))).toEqual(['MISSING_PROCESSING_CONSENT_TEXT']);
  const twice = [1, 1].map((subscriptionTypeId) => ({ value: true, subscriptionTypeId }));
  expect(types(await consent({ consentToProcess: true, text: 'Yes', communications: twice }))).toEqual([
    'MISSING_COMMUNICATION_CONSENT_TEXT',
    'DUPLICATE_SUBSCRIPTION_TYPE_ID',
  ]);
  const legitimateInterest = { value: true, subscriptionTypeId: 1, legalBasis: 'LEAD' };
  expect(types(await submit({ fields, legalConsentOptions: { legitimateInterest } }))).toEqual([
    'MISSING_LEGITIMATE_INTEREST_TEXT',
  ]);
  const many = Array.from({ length: 1001 }, () => ({ name: 'email', value: email }));
  expect(types(await submit({ fields: many }))).toEqual(['MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED']);
  expect((await submit('{')).status).toBe(400);
  expect((await submit({ fields }, 'open', 'nothing')).status).toBe(404);
  expect((await submit({ fields }, 'open', id, 1)).status).toBe(404);
  expect(at(await submissions(api, id), 'results')).toEqual([]);
  expect(await contacts(api)).toEqual([]);
  expect((await submit({ fields })).status).toBe(200);
});

test('with a token, fields may be sent that are not in the form, and the scope is asked for', async () => {
  const tokens = new Map([
    ['pat-na1-test', ['forms', 'crm.objects.contacts.read', 'crm.objects.contacts.write']],
    ['pat-other', ['crm.objects.contacts.read']],
  ]);
  const api = await hubspot({ tokens });
  const { id, submitFields } = await form(api);
  const sent = { email: 'ada@example.com', jobtitle: 'Countess' };
  expect(types(await submitFields(sent))).toEqual(['FIELD_NOT_IN_FORM_DEFINITION']);
  expect((await submitFields(sent, 'secure')).status).toBe(200);
  expect(types(await submitFields({ ...sent, shoe_size: '38' }, 'secure'))).toEqual(['FIELD_NOT_IN_FORM_DEFINITION']);
  const path = `${api.url}/submissions/v3/integration/secure/submit/${api.portal.describe().portalId}/${id}`;
  const post = (headers: Record<string, string>) => fetch(path, { method: 'POST', headers, body: '{}' });
  expect((await post({})).status).toBe(401);
  expect(at(await (await post({ authorization: 'Bearer pat-other' })).json(), 'category')).toBe('MISSING_SCOPES');
});

test('a value that another contact holds as its own is left out, and the rest is taken', async () => {
  const api = await hubspot();
  await api.client.crm.properties.coreApi.create('contacts', {
    name: 'badge',
    label: 'Badge',
    groupName: 'contactinformation',
    hasUniqueValue: true,
    type: PropertyCreateTypeEnum.String,
    fieldType: PropertyCreateFieldTypeEnum.Text,
  });
  const { submitFields } = await form(api);
  for (const email of ['ada@example.com', 'bob@example.com', 'bob@example.com']) {
    expect((await submitFields({ email, badge: 'B-1' }, 'secure')).status).toBe(200);
  }
  const page = await api.client.crm.contacts.basicApi.getPage(10, undefined, ['email', 'badge']);
  expect(page.results.map(({ properties }) => properties)).toMatchObject([
    { email: 'ada@example.com', badge: 'B-1' },
    { email: 'bob@example.com', badge: null },
  ]);
});

test('a contact knows which forms it submitted, when first and when last, also after a merge', async () => {
  const clock = fakeClock();
  const api = await hubspot({ clock });
  const { basicApi } = api.client.crm.contacts;
  const [one, other] = [await form(api), await form(api, { name: 'Newsletter' })];
  const start = clock.now();
  const send = (to: typeof one, email: string, daysAgo: number, context?: { pageName: string }) =>
    to.submit({
      fields: [{ objectTypeId: '0-1', name: 'email', value: email }],
      submittedAt: String(start - daysAgo * 86_400_000),
      ...(context && { context }),
    });
  const conversions = [
    'num_conversion_events',
    'num_unique_conversion_events',
    'hs_calculated_form_submissions',
    'first_conversion_date',
    'first_conversion_event_name',
    'recent_conversion_date',
    'recent_conversion_event_name',
  ];
  const ago = (days: number) => new Date(start - days * 86_400_000).toISOString().replace('.000Z', 'Z');
  const found = async (email: string) => basicApi.getById(email, conversions, undefined, undefined, undefined, 'email');

  await send(one, 'ada@example.com', 3, { pageName: 'Contact' });
  expect((await found('ada@example.com')).properties).toMatchObject({
    num_conversion_events: '1',
    num_unique_conversion_events: '1',
    first_conversion_date: ago(3),
    first_conversion_event_name: 'Contact: Talk to us',
    recent_conversion_date: ago(3),
    recent_conversion_event_name: 'Contact: Talk to us',
  });
  await send(one, 'ada@example.com', 1);
  // It arrives later, but was sent before.
  await send(other, 'ada@example.com', 2);
  const ada = await found('ada@example.com');
  expect(ada.properties).toMatchObject({
    num_conversion_events: '3',
    num_unique_conversion_events: '2',
    hs_calculated_form_submissions: [`${one.id}::${start - 3 * 86_400_000}`, `${other.id}::${start - 2 * 86_400_000}`]
      .concat(`${one.id}::${start - 86_400_000}`)
      .join(';'),
    first_conversion_event_name: 'Contact: Talk to us',
    recent_conversion_date: ago(1),
    recent_conversion_event_name: 'Talk to us',
  });

  await send(other, 'ada@example.org', 5);
  const twin = await found('ada@example.org');
  const merged = await basicApi.merge({ primaryObjectId: ada.id, objectIdToMerge: twin.id });
  expect((await basicApi.getById(merged.id, conversions)).properties).toMatchObject({
    num_conversion_events: '4',
    num_unique_conversion_events: '2',
    first_conversion_date: ago(5),
    first_conversion_event_name: 'Newsletter',
    recent_conversion_date: ago(1),
    recent_conversion_event_name: 'Talk to us',
  });
  const few = await api.client.crm.contacts.searchApi.doSearch({
    filterGroups: [
      { filters: [{ propertyName: 'num_conversion_events', operator: FilterOperatorEnum.Gte, value: '4' }] },
    ],
  });
  expect(few.results.map(({ id }) => id)).toEqual([merged.id]);
  await expect(basicApi.update(merged.id, { properties: { num_conversion_events: '9' } })).rejects.toThrow(
    'READ_ONLY_VALUE',
  );
});

test('without a token, fifty submissions in ten seconds are taken', async () => {
  const clock = fakeClock();
  const api = await hubspot({ clock, limits: 'on' });
  const { submitFields } = await form(api);
  for (let i = 0; i < 50; i++) expect((await submitFields({ email: `a${i}@example.com` })).status).toBe(200);
  expect(await submitFields({ email: 'late@example.com' })).toMatchObject({
    status: 429,
    body: { policyName: 'TEN_SECONDLY_ROLLING' },
  });
  await clock.advance(10_000);
  expect((await submitFields({ email: 'late@example.com' })).status).toBe(200);
});
