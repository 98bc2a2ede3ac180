import type { Client } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { at } from '../talk.ts';
import { hubspot } from './hubspot.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** HubSpot's client has no workflows of its own; its `apiRequest` reaches them. */
function speaker(client: Client) {
  return async (method: Method, path: string, body?: unknown) => {
    const response = await client.apiRequest({ method, path, ...(body !== undefined && { body }) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
}

const actions = [
  {
    type: 'SINGLE_CONNECTION',
    actionId: '1',
    actionTypeId: '0-5',
    actionTypeVersion: 0,
    connection: { edgeType: 'STANDARD', nextActionId: '2' },
    fields: { property_name: 'lifecyclestage', value: { type: 'STATIC_VALUE', staticValue: 'customer' } },
  },
  {
    type: 'CUSTOM_CODE',
    actionId: '2',
    runtime: 'NODE24X',
    sourceCode: 'exports.main = async () => ({ outputFields: {} });',
    secretNames: ['KEY'],
    inputFields: [],
    outputFields: [],
  },
];
const criteria = {
  type: 'LIST_BASED',
  shouldReEnroll: true,
  unEnrollObjectsNotMeetingCriteria: false,
  reEnrollmentTriggersFilterBranches: [],
  listFilterBranch: {
    filterBranchType: 'OR',
    filterBranchOperator: 'OR',
    filters: [],
    filterBranches: [
      {
        filterBranchType: 'AND',
        filterBranchOperator: 'AND',
        filterBranches: [],
        filters: [
          {
            filterType: 'PROPERTY',
            property: 'email',
            operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN', includeObjectsWithNoValueSet: false },
          },
        ],
      },
    ],
  },
};
const welcome = {
  type: 'CONTACT_FLOW',
  flowType: 'WORKFLOW',
  objectTypeId: '0-1',
  isEnabled: true,
  name: 'Welcome',
  startActionId: '1',
  actions,
  enrollmentCriteria: criteria,
};

async function started() {
  const { client } = await hubspot();
  return { client, ask: speaker(client) };
}

type Ask = ReturnType<typeof speaker>;

async function defined(ask: Ask, flow: object = welcome) {
  const made = await ask('POST', '/automation/v4/flows', flow);
  expect(made.status).toBe(201);
  return String(at(made.body, 'id'));
}

const refused = (message: string, more: object = {}) => ({
  status: 400,
  body: { status: 'error', message: expect.stringContaining(message), correlationId: expect.any(String), ...more },
});

describe('A workflow', () => {
  test('is created and read with everything that it was given, and what HubSpot adds', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    expect(await ask('GET', `/automation/v4/flows/${id}`)).toEqual({
      status: 200,
      body: {
        id,
        ...welcome,
        revisionId: '1',
        nextAvailableActionId: '3',
        blockedDates: [],
        timeWindows: [],
        customProperties: {},
        dataSources: [],
        suppressionListIds: [],
        canEnrollFromSalesforce: false,
        crmObjectCreationStatus: 'COMPLETE',
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    });
  });

  test('of other objects is a platform flow', async () => {
    const { ask } = await started();
    const id = await defined(ask, { type: 'PLATFORM_FLOW', objectTypeId: '0-3', isEnabled: false, actions: [] });
    const { body } = await ask('GET', `/automation/v4/flows/${id}`);
    expect(body).toMatchObject({ type: 'PLATFORM_FLOW', objectTypeId: '0-3', flowType: 'WORKFLOW', actions: [] });
    expect(body).not.toHaveProperty('suppressionListIds');
  });

  test('is replaced by who knows its revision, and by nobody else', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    const [first] = actions;
    const { flowType, objectTypeId, ...rest } = welcome;
    const shorter = {
      ...rest,
      revisionId: '1',
      name: 'Shorter',
      isEnabled: false,
      actions: [{ ...first, connection: undefined }],
    };
    const put = await ask('PUT', `/automation/v4/flows/${id}`, shorter);
    expect(put).toMatchObject({
      status: 200,
      body: {
        id,
        revisionId: '2',
        name: 'Shorter',
        isEnabled: false,
        flowType,
        objectTypeId,
        nextAvailableActionId: '3',
      },
    });
    expect(await ask('PUT', `/automation/v4/flows/${id}`, { ...shorter, name: 'Stale' })).toMatchObject({
      status: 409,
      body: { category: 'CONFLICT', message: expect.stringContaining('its revisionId is 2 now') },
    });
    expect(await ask('GET', `/automation/v4/flows/${id}`)).toEqual({ status: 200, body: put.body });
  });

  test('keeps its earlier revisions, which the betas read', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    const { flowType, objectTypeId, ...rest } = welcome;
    await ask('PUT', `/automation/v4/flows/${id}`, { ...rest, revisionId: '1', name: 'Renamed' });
    for (const base of ['/automation/2026-09-beta', '/automation/v4/2027-03-beta']) {
      expect(await ask('GET', `${base}/flows/${id}/revisions/1`)).toMatchObject({
        status: 200,
        body: { flow: { name: 'Welcome', revisionId: '1', flowType, objectTypeId } },
      });
      expect((await ask('GET', `${base}/flows/${id}/revisions/3`)).status).toBe(404);
      expect(await ask('GET', `${base}/flows/${id}`)).toMatchObject({ status: 200, body: { name: 'Renamed' } });
    }
    expect((await ask('GET', `/automation/v4/flows/${id}/revisions/1`)).status).toBe(404);
  });

  test('is deleted for good', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    expect((await ask('DELETE', `/automation/v4/flows/${id}`)).status).toBe(204);
    expect(await ask('GET', `/automation/v4/flows/${id}`)).toMatchObject({
      status: 404,
      body: { category: 'OBJECT_NOT_FOUND', message: `Flow ${id} not found` },
    });
    expect((await ask('DELETE', `/automation/v4/flows/${id}`)).status).toBe(404);
    expect(await ask('GET', '/automation/v4/flows')).toEqual({ status: 200, body: { results: [] } });
  });
});

describe('Workflows', () => {
  test('are listed in short, page by page', async () => {
    const { ask } = await started();
    const ids = [await defined(ask), await defined(ask), await defined(ask)];
    const first = await ask('GET', '/automation/v4/flows?limit=2');
    expect(first.body).toEqual({
      results: ids.slice(0, 2).map((id) => ({
        id,
        isEnabled: true,
        flowType: 'WORKFLOW',
        objectTypeId: '0-1',
        revisionId: '1',
        name: 'Welcome',
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      })),
      paging: { next: { after: ids[1], link: expect.stringContaining('/automation/v4/flows?limit=2&after=') } },
    });
    const second = await ask('GET', `/automation/v4/flows?limit=2&after=${ids[1]}`);
    expect(at(second.body, 'results', 0, 'id')).toBe(ids[2]);
    expect(second.body).not.toHaveProperty('paging');
  });

  test('are read in a batch, with what is not there told apart', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    const all = await ask('POST', '/automation/v4/flows/batch/read', { inputs: [{ flowId: id, type: 'FLOW_ID' }] });
    expect(all).toMatchObject({ status: 200, body: { status: 'COMPLETE', results: [{ id, name: 'Welcome' }] } });
    const some = await ask('POST', '/automation/v4/flows/batch/read', {
      inputs: [
        { flowId: id, type: 'FLOW_ID' },
        { flowId: '5', type: 'FLOW_ID' },
      ],
    });
    expect(some).toMatchObject({
      status: 207,
      body: {
        results: [{ id }],
        numErrors: 1,
        errors: [{ category: 'OBJECT_NOT_FOUND', message: 'Flow 5 not found' }],
      },
    });
  });

  test('have the ids of v2 and v3 where they are of contacts, found both ways', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    const deals = await defined(ask, { type: 'PLATFORM_FLOW', objectTypeId: '0-3', isEnabled: true, actions: [] });
    const map = (...inputs: object[]) => ask('POST', '/automation/v4/workflow-id-mappings/batch/read', { inputs });
    const forth = await map({ flowId: id, type: 'FLOW_ID' });
    const workflowId = Number(at(forth.body, 'results', 0, 'workflowId'));
    expect(forth).toMatchObject({ status: 200, body: { results: [{ flowId: Number(id), workflowId }] } });
    expect(await map({ workflowId: String(workflowId), type: 'WORKFLOW_ID' })).toMatchObject({
      status: 200,
      body: { results: [{ flowId: Number(id), workflowId }] },
    });
    expect((await map({ flowId: deals, type: 'FLOW_ID' })).status).toBe(207);
  });

  test('tell which marketing e-mails they send', async () => {
    const { ask } = await started();
    const email = { type: 'SINGLE_CONNECTION', actionId: '1', actionTypeId: '0-4', fields: { content_id: '77' } };
    const id = await defined(ask, { ...welcome, actions: [email] });
    expect(await ask('GET', `/automation/v4/flows/email-campaigns?flowId=${id}`)).toEqual({
      status: 200,
      body: { results: [{ emailCampaignId: '77', emailContentId: '77', flowId: id }] },
    });
    expect(await ask('GET', '/automation/v4/flows/email-campaigns')).toEqual({
      status: 400,
      body: {
        status: 'error',
        message: 'One or more flowId parameters are required for email campaign fetch.',
        correlationId: expect.any(String),
      },
    });
  });

  test('need the scope automation', async () => {
    const { client } = await hubspot({ tokens: new Map([['pat-na1-test', ['crm.objects.contacts.read']]]) });
    expect(await speaker(client)('GET', '/automation/v4/flows')).toMatchObject({
      status: 403,
      body: { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: ['automation'] } }] },
    });
  });
});

const branch = (nextActionId: string) => ({
  type: 'LIST_BRANCH',
  actionId: '3',
  listBranches: [{ branchName: 'A', connection: { edgeType: 'STANDARD', nextActionId } }],
});

describe('A definition is refused', () => {
  const [first, second] = actions;
  test.each([
    ['without a type', { type: undefined }, 'Some required fields were not set: [type]'],
    ['of an unknown type', { type: 'DEAL_FLOW' }, 'not one of the values accepted for Enum class'],
    ['of a type that its objects do not have', { objectTypeId: '0-3' }, 'its type is PLATFORM_FLOW'],
    ['for objects that there are not', { objectTypeId: '2-404' }, '2-404 is not a valid objectTypeId'],
    ['that starts nowhere', { startActionId: undefined }, 'startActionId is required'],
    ['that starts with what is not there', { startActionId: '9' }, 'startActionId 9 does not exist in actions'],
    ['whose action leads nowhere', { actions: [first] }, 'nextActionId 2 of action 1 does not exist in actions'],
    ['whose branch leads nowhere', { actions: [first, second, branch('8')] }, 'nextActionId 8 of action 3'],
    ['that uses an action id twice', { actions: [first, second, second] }, 'actionId 2 is used more than once'],
    ['with an action of no kind', { actions: [{ actionId: '1', type: 'MAGIC' }] }, 'not one of the values accepted'],
    ['with code that is missing', { actions: [{ actionId: '1', type: 'CUSTOM_CODE' }] }, '[runtime, sourceCode]'],
    ['whose actions are no list', { actions: 'none' }, 'Cannot deserialize value of type'],
    ['whose criteria have no type', { enrollmentCriteria: { shouldReEnroll: true } }, '[type]'],
    [
      'whose criteria look at a property that there is not',
      { enrollmentCriteria: JSON.parse(JSON.stringify(criteria).replace('"email"', '"no_such"')) },
      'no_such',
    ],
  ])('%s', async (_, wrong, message) => {
    const { ask } = await started();
    expect(await ask('POST', '/automation/v4/flows', { ...welcome, ...wrong })).toMatchObject(refused(message));
    expect(await ask('GET', '/automation/v4/flows')).toEqual({ status: 200, body: { results: [] } });
  });

  test('also where it would replace a good one, which stays', async () => {
    const { ask } = await started();
    const id = await defined(ask);
    const path = `/automation/v4/flows/${id}`;
    expect(await ask('PUT', path, { ...welcome, revisionId: '1', startActionId: '9' })).toMatchObject(
      refused('startActionId 9 does not exist in actions'),
    );
    expect(await ask('PUT', path, welcome)).toMatchObject(refused('[revisionId]'));
    expect(await ask('PUT', path, { ...welcome, revisionId: '1', type: 'PLATFORM_FLOW' })).toMatchObject(
      refused('its type is CONTACT_FLOW', { category: 'VALIDATION_ERROR' }),
    );
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { revisionId: '1', type: 'CONTACT_FLOW' } });
  });
});

async function withWorkflow(flow: object = welcome) {
  const { client, ask } = await started();
  const id = await defined(ask, flow);
  const mapped = await ask('POST', '/automation/v4/workflow-id-mappings/batch/read', {
    inputs: [{ flowId: id, type: 'FLOW_ID' }],
  });
  const workflowId = Number(at(mapped.body, 'results', 0, 'workflowId'));
  const contact = await client.crm.contacts.basicApi.create({ properties: { email: 'ada+test@example.com' } });
  const enroll = (method: 'POST' | 'DELETE', email: string) =>
    ask(method, `/automation/v2/workflows/${workflowId}/enrollments/contacts/${encodeURIComponent(email)}`);
  const enrolled = async () => (await ask('GET', `/automation/v2/workflows/enrollments/contacts/${contact.id}`)).body;
  return { ask, id, workflowId, enroll, enrolled };
}

describe('Contacts are enrolled by hand', () => {
  test('by their e-mail, which the contact shows, until they are taken out', async () => {
    const { workflowId, enroll, enrolled } = await withWorkflow();
    expect(await enrolled()).toEqual([]);
    expect((await enroll('POST', 'Ada+Test@example.com')).status).toBe(204);
    expect((await enroll('POST', 'ada+test@example.com')).status).toBe(204);
    expect(await enrolled()).toMatchObject([{ id: workflowId, name: 'Welcome', enabled: true, portalId: 48213907 }]);
    expect((await enroll('DELETE', 'ada+test@example.com')).status).toBe(204);
    expect(await enrolled()).toEqual([]);
  });

  test('unless contact or workflow are not there, or the workflow is off', async () => {
    const { ask, enroll } = await withWorkflow();
    expect((await enroll('POST', 'nobody@example.com')).status).toBe(404);
    expect((await ask('POST', '/automation/v2/workflows/5/enrollments/contacts/ada@example.com')).status).toBe(404);
    const off = await withWorkflow({ ...welcome, isEnabled: false });
    expect(await off.enroll('POST', 'ada+test@example.com')).toMatchObject({
      status: 412,
      body: { message: `Workflow ${off.workflowId} is not enabled` },
    });
    expect(await off.enrolled()).toEqual([]);
  });

  test('no longer when the workflow is deleted', async () => {
    const { ask, id, enroll, enrolled } = await withWorkflow();
    await enroll('POST', 'ada+test@example.com');
    await ask('DELETE', `/automation/v4/flows/${id}`);
    expect(await enrolled()).toEqual([]);
    expect((await enroll('POST', 'ada+test@example.com')).status).toBe(404);
  });
});
