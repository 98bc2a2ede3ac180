import { beforeEach, describe, expect, test } from 'vitest';
import { at, results, type Talk, talkTo } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await talkTo();
});

const DEALS = '/crm/pipelines/2026-09/deals';
const TICKETS = '/crm/pipelines/2026-09/tickets';

const partner = {
  pipelineId: 'partners',
  label: 'Partners',
  displayOrder: 1,
  stages: [
    { stageId: 'first', label: 'First', displayOrder: 0, metadata: { probability: '0.50' } },
    { label: 'Won', displayOrder: 1, metadata: { probability: 1, isClosed: 'false', colour: 'red' } },
  ],
};

const orders = async (pipeline: string) =>
  results(await talk('GET', `${DEALS}/${pipeline}/stages`)).map((stage) => [
    at(stage, 'label'),
    at(stage, 'displayOrder'),
  ]);

describe('pipelines', () => {
  test('a new account has the sales and the support pipeline', async () => {
    expect(at((await talk('GET', DEALS)).body, 'results', 0)).toMatchObject({ id: 'default', label: 'Sales Pipeline' });
    const support = await talk('GET', '/crm/v3/pipelines/tickets/0');
    expect(at(support.body, 'stages', 3)).toMatchObject({
      id: '4',
      label: 'Closed',
      metadata: { ticketState: 'CLOSED', isClosed: 'true' },
    });
    expect(results(await talk('GET', '/crm/v3/pipelines/contacts'))).toEqual([]);
  });

  test('a new one keeps the ids it is given, invents the others, and derives what follows from probability', async () => {
    const made = await talk('POST', DEALS, partner);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id: 'partners', archived: false });
    expect(at(made.body, 'stages', 0)).toMatchObject({
      id: 'first',
      metadata: { probability: '0.5', isClosed: 'false' },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    });
    expect(at(made.body, 'stages', 1, 'id')).toMatch(/^\d{10}$/);
    expect(at(made.body, 'stages', 1, 'metadata')).toEqual({ probability: '1.0', isClosed: 'true' });
    expect((await talk('GET', `${DEALS}/partners`)).body).toEqual(made.body);
  });

  test.each([
    ['no stages', { ...partner, stages: [] }, 'Pipeline must have at least one stage'],
    ['a negative place', { ...partner, displayOrder: -1 }, 'Pipeline display order cannot be negative'],
    ['no label', { ...partner, label: ' ' }, 'A pipeline must have a label'],
    [
      'a stage without a label',
      { ...partner, stages: [{ ...partner.stages[0], label: '' }] },
      'A stage must have a label',
    ],
    [
      'one id for two stages',
      { ...partner, stages: [partner.stages[0], { ...partner.stages[1], stageId: 'first' }] },
      'Stage id first is used more than once',
    ],
    [
      'a probability that only JavaScript takes for a number',
      { ...partner, stages: [{ ...partner.stages[0], metadata: { probability: '0x1' } }] },
      'dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)',
    ],
    [
      'a label in use, whatever its case',
      { ...partner, label: 'sales pipeline' },
      'An active pipeline with label sales pipeline already exists.',
    ],
    [
      'an id in use',
      { ...partner, pipelineId: 'default' },
      "There's another pipeline in this portal with pipelineId (default).",
    ],
    [
      'two stages of one label',
      { ...partner, stages: [partner.stages[0], { ...partner.stages[1], label: ' first ' }] },
      'Stage with label  first  already exists',
    ],
    [
      'a stage without probability',
      { ...partner, stages: [{ ...partner.stages[0], metadata: {} }] },
      'must specify probability when writing a dealstage',
    ],
    [
      'a probability beyond 1',
      { ...partner, stages: [{ ...partner.stages[0], metadata: { probability: '1.5' } }] },
      'dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)',
    ],
    [
      'an order below nought',
      { ...partner, stages: [{ ...partner.stages[0], displayOrder: -1 }] },
      'Pipeline display order cannot be negative',
    ],
  ])('%s is refused', async (_, body, message) => {
    const reply = await talk('POST', DEALS, body);
    expect(reply.status).toBe(400);
    expect(at(reply.body, 'message')).toBe(message);
    expect((await talk('GET', `${DEALS}/partners`)).status).toBe(404);
  });

  test('a stage id that another pipeline of the type has is a conflict', async () => {
    const stages = [{ ...partner.stages[0], stageId: 'closedwon' }];
    const reply = await talk('POST', DEALS, { ...partner, stages });
    expect(reply.status).toBe(409);
    expect(at(reply.body, 'subCategory')).toBe('PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE');
  });

  test('a pipeline of another type has room for as many stages as HubSpot gives it', async () => {
    const stages = Array.from({ length: 31 }, (_, i) => ({ label: `Stage ${i}`, displayOrder: i, metadata: {} }));
    const leads = (count: number) => ({ label: 'Long', displayOrder: 5, stages: stages.slice(0, count) });
    expect((await talk('POST', '/crm/pipelines/2026-09/leads', leads(31))).status).toBe(400);
    expect((await talk('POST', '/crm/pipelines/2026-09/leads', leads(30))).status).toBe(201);
  });

  test('patching changes the named members and touches every stage', async () => {
    const before = await talk('POST', DEALS, partner);
    const after = await talk('PATCH', `${DEALS}/partners`, { label: 'Resellers' });
    expect(after.body).toMatchObject({ label: 'Resellers', displayOrder: 1 });
    expect(at(after.body, 'stages', 0, 'label')).toBe(at(before.body, 'stages', 0, 'label'));
  });

  test('putting replaces it, keeps the stages it names and drops the others, but none that a record is in', async () => {
    await talk('POST', DEALS, partner);
    const replaced = { label: 'Partners', displayOrder: 2, stages: [partner.stages[1]] };
    await talk('POST', '/crm/v3/objects/deals', {
      properties: { dealname: 'A', pipeline: 'partners', dealstage: 'first' },
    });
    const refused = await talk('PUT', `${DEALS}/partners`, replaced);
    expect([refused.status, at(refused.body, 'subCategory')]).toEqual([400, 'PipelineError.STAGE_ID_IN_USE']);
    const kept = { ...replaced, stages: [partner.stages[0]] };
    const done = await talk('PUT', `${DEALS}/partners`, kept);
    expect(at(done.body, 'stages')).toMatchObject([{ id: 'first', label: 'First' }]);
  });

  test('one that records are in is not deleted in 2026-09, and in v3 only looked at when asked', async () => {
    await talk('POST', DEALS, partner);
    const deal = await talk('POST', '/crm/v3/objects/deals', {
      properties: { dealname: 'A', pipeline: 'partners', dealstage: 'first' },
    });
    const id = String(at(deal.body, 'id'));
    const refused = await talk('DELETE', `${DEALS}/partners?validateDealStageUsagesBeforeDelete=false`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      message: `Stage IDs: [first] are being referenced by object IDs: [${id}]`,
      category: 'VALIDATION_ERROR',
      subCategory: 'PipelineError.STAGE_ID_IN_USE',
      context: { stageIds: ['[first]'], objectIds: [`[${id}]`] },
    });
    const asked = '/crm/v3/pipelines/deals/partners?validateReferencesBeforeDelete=true';
    expect((await talk('DELETE', asked)).status).toBe(400);
    expect((await talk('DELETE', '/crm/v3/pipelines/deals/partners')).status).toBe(204);
    expect((await talk('DELETE', '/crm/v3/pipelines/deals/partners')).status).toBe(404);
  });

  test('an archived record holds no stage', async () => {
    await talk('POST', DEALS, partner);
    const deal = await talk('POST', '/crm/v3/objects/deals', {
      properties: { dealname: 'A', pipeline: 'partners', dealstage: 'first' },
    });
    await talk('DELETE', `/crm/v3/objects/deals/${String(at(deal.body, 'id'))}`);
    expect((await talk('DELETE', `${DEALS}/partners`)).status).toBe(204);
  });
});

describe('stages', () => {
  const stage = { stageId: 'trial', label: 'Trial', displayOrder: 1, metadata: { probability: '0.7' } };

  test('a stage that takes a place that is taken goes right behind it, and all are numbered anew', async () => {
    await talk('POST', DEALS, {
      ...partner,
      stages: [...partner.stages, { label: 'Lost', displayOrder: 5, metadata: { probability: '0' } }],
    });
    expect(await orders('partners')).toEqual([
      ['First', 0],
      ['Won', 1],
      ['Lost', 5],
    ]);
    expect((await talk('POST', `${DEALS}/partners/stages`, stage)).status).toBe(201);
    expect(await orders('partners')).toEqual([
      ['First', 0],
      ['Won', 1],
      ['Trial', 2],
      ['Lost', 3],
    ]);
    await talk('PATCH', `${DEALS}/partners/stages/trial`, { displayOrder: 9 });
    expect(await orders('partners')).toEqual([
      ['First', 0],
      ['Won', 1],
      ['Lost', 3],
      ['Trial', 9],
    ]);
  });

  test('a patch keeps what it does not name, a probability included', async () => {
    const path = `${DEALS}/default/stages/contractsent`;
    const patched = await talk('PATCH', path, { label: 'Contract out', metadata: {} });
    expect(patched.body).toMatchObject({ id: 'contractsent', label: 'Contract out', metadata: { probability: '0.9' } });
    expect((await talk('PATCH', path, { metadata: { probability: null } })).status).toBe(400);
    expect((await talk('PATCH', path, { label: 'closed won' })).body).toMatchObject({
      subCategory: 'PipelineError.STAGE_LABEL_EXISTS',
    });
  });

  test('a ticket pipeline always has a closed stage', async () => {
    const open = await talk('PATCH', `${TICKETS}/0/stages/4`, { metadata: { ticketState: 'OPEN' } });
    expect([open.status, at(open.body, 'subCategory')]).toEqual([400, 'PipelineError.MISSING_CLOSED_STAGE']);
    expect((await talk('DELETE', `${TICKETS}/0/stages/4`)).status).toBe(400);
    const odd = await talk('PATCH', `${TICKETS}/0/stages/1`, { metadata: { ticketState: 'closed' } });
    expect(at(odd.body, 'subCategory')).toBe('PipelineError.INVALID_PIPELINE_STAGE_METADATA');
  });

  test('deleting what is not there says 204, and the last stage stays', async () => {
    await talk('POST', DEALS, { ...partner, stages: [partner.stages[0]] });
    for (const path of ['partners/stages/nothing', 'nowhere/stages/first', 'default/stages/first']) {
      expect((await talk('DELETE', `${DEALS}/${path}`)).status).toBe(204);
    }
    const last = await talk('DELETE', `${DEALS}/partners/stages/first`);
    expect([last.status, at(last.body, 'message')]).toEqual([400, 'Pipeline must have at least one stage']);
  });

  test('an id that another pipeline’s stage has is refused without a category', async () => {
    await talk('POST', DEALS, partner);
    const reply = await talk('POST', `${DEALS}/partners/stages`, { ...stage, stageId: 'closedwon' });
    expect(reply.status).toBe(400);
    expect(at(reply.body, 'category')).toBeUndefined();
    expect(at(reply.body, 'message')).toContain('already using stage id closedwon');
  });

  test('a stage is read, and one that is missing is not', async () => {
    expect((await talk('GET', `${DEALS}/default/stages/closedwon`)).body).toMatchObject({ label: 'Closed Won' });
    expect((await talk('GET', `${DEALS}/default/stages/nothing`)).status).toBe(404);
  });
});
