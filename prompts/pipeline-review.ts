import type { Prompt } from '../src/prompt.ts';

export const pipelineReview: Prompt = {
  name: 'pipeline_review',
  title: 'Pipeline review',
  description: 'Where the deals of a pipeline stand, which are stuck or implausible, and what to ask whom.',
  arguments: [
    { name: 'pipeline', description: 'Name of the deal pipeline; all of them when left out', required: false },
    { name: 'owner', description: 'Name or e-mail of one owner; everybody when left out', required: false },
  ],
  text: ({
    pipeline,
    owner,
  }) => `Review ${pipeline ? `the deal pipeline ${JSON.stringify(pipeline)}` : 'every deal pipeline'}${owner ? ` for the owner ${JSON.stringify(owner)}` : ''}.

1. Read pipelines and stages with list_pipelines. Count and sum the open deals by stage and by owner with aggregate_records.
2. Find with search_records: open deals whose close date has passed; open deals without an amount or a close date; deals not modified for 30 days; deals of deactivated owners.
3. Write: a table of stages with number, sum and the oldest deal; the ten deals most in need of attention, each with its id, owner, reason and one question to ask; what changed the forecast.

Use aggregate_records for every number. Change nothing; propose changes as a list to agree on.`,
};
