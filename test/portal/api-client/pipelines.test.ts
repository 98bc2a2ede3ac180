import { describe, expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';

const partners = {
  label: 'Partners',
  displayOrder: 1,
  stages: [
    { label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } },
    { label: 'Won', displayOrder: 1, metadata: { probability: '1.0' } },
  ],
};

describe('HubSpot’s client on pipelines', () => {
  test('makes, reads, changes, replaces and deletes one', async () => {
    const { client } = await hubspot();
    const { pipelinesApi } = client.crm.pipelines;
    const made = await pipelinesApi.create('deals', partners);
    const { id } = made;
    expect(made.stages.map(({ label, metadata }) => [label, metadata?.['isClosed']])).toEqual([
      ['Open', 'false'],
      ['Won', 'true'],
    ]);
    expect((await pipelinesApi.getAll('deals')).results.map((each) => each.id)).toEqual(['default', id]);
    expect((await pipelinesApi.update('deals', id, { label: 'Partner deals' })).label).toBe('Partner deals');
    const replaced = await pipelinesApi.replace('deals', id, { ...partners, label: 'Allies' });
    expect([replaced.label, replaced.createdAt]).toEqual(['Allies', made.createdAt]);
    await pipelinesApi.archive('deals', id);
    expect(await refusal(pipelinesApi.getById('deals', id))).toMatchObject({ code: 404 });
  });

  test('makes, changes, replaces and deletes stages', async () => {
    const { client } = await hubspot();
    const { pipelinesApi, pipelineStagesApi } = client.crm.pipelines;
    const { id: pipeline } = await pipelinesApi.create('deals', partners);
    const trial = { label: 'Trial', displayOrder: 5, metadata: { probability: '0.7' } };
    const { id } = await pipelineStagesApi.create('deals', pipeline, trial);
    expect((await pipelineStagesApi.getById('deals', pipeline, id)).label).toBe('Trial');
    await pipelineStagesApi.update('deals', pipeline, id, { label: 'Test', metadata: {} });
    const replaced = await pipelineStagesApi.replace('deals', pipeline, id, { ...trial, label: 'Pilot' });
    expect(replaced).toMatchObject({ label: 'Pilot', metadata: { probability: '0.7' } });
    await pipelineStagesApi.archive('deals', pipeline, id);
    expect((await pipelineStagesApi.getAll('deals', pipeline)).results.map(({ label }) => label)).toEqual([
      'Open',
      'Won',
    ]);
  });

  test('reads what changed, newest first, and after the end too', async () => {
    const { client } = await hubspot();
    const { pipelinesApi, pipelineStagesApi, pipelineAuditsApi, pipelineStageAuditsApi } = client.crm.pipelines;
    const { id, stages } = await pipelinesApi.create('deals', partners);
    const open = stages[0]?.id ?? '';
    await pipelinesApi.update('deals', id, { label: 'Allies' });
    await pipelineStagesApi.update('deals', id, open, { label: 'Started', metadata: {} });
    await pipelinesApi.archive('deals', id);
    const told = await pipelineAuditsApi.getAudit('deals', id);
    expect(told.results.map(({ action, identifier }) => [action, identifier])).toEqual([
      ['DELETE', id],
      ['UPDATE', id],
      ['CREATE', id],
    ]);
    const stage = await pipelineStageAuditsApi.getAudit('deals', open);
    expect(stage.results.map(({ action, rawObject }) => [action, rawObject])).toMatchObject([
      ['DELETE', { label: 'Started' }],
      ['UPDATE', { label: 'Started' }],
      ['CREATE', { label: 'Open' }],
    ]);
  });

  test('is refused what would leave records without a stage, when it asks', async () => {
    const { client } = await hubspot();
    const { pipelinesApi } = client.crm.pipelines;
    const { id, stages } = await pipelinesApi.create('deals', partners);
    const open = stages[0]?.id ?? '';
    const deal = await client.crm.deals.basicApi.create({
      properties: { dealname: 'A', pipeline: id, dealstage: open },
    });
    expect(await refusal(pipelinesApi.archive('deals', id, true))).toMatchObject({
      code: 400,
      body: {
        category: 'VALIDATION_ERROR',
        subCategory: 'PipelineError.STAGE_ID_IN_USE',
        context: { stageIds: [`[${open}]`], objectIds: [`[${deal.id}]`] },
      },
    });
    await pipelinesApi.archive('deals', id, false);
  });

  test('is refused a label in use, stages without probability, and one pipeline too many', async () => {
    const { client } = await hubspot({ tier: 'starter' });
    const { pipelinesApi } = client.crm.pipelines;
    expect(await refusal(pipelinesApi.create('deals', { ...partners, label: 'Sales pipeline' }))).toMatchObject({
      code: 400,
      body: { message: 'An active pipeline with label Sales pipeline already exists.' },
    });
    const bare = { ...partners, stages: [{ label: 'Open', displayOrder: 0, metadata: {} }] };
    expect(await refusal(pipelinesApi.create('deals', bare))).toMatchObject({
      code: 400,
      body: { message: 'must specify probability when writing a dealstage' },
    });
    const { id } = await pipelinesApi.create('deals', partners);
    const third = { ...partners, label: 'Third' };
    expect(await refusal(pipelinesApi.create('deals', third))).toMatchObject({
      code: 400,
      body: { subCategory: 'PipelineError.PIPELINE_LIMIT_REACHED' },
    });
    expect(await refusal(pipelinesApi.update('deals', id, { archived: true }))).toMatchObject({ code: 400 });
  });
});
