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
2. Find what is wrong with find_anomalies, objectTypes deals, from severity medium on: close dates passed or pushed, deals stuck or without activity, amounts missing or far from usual, deals of nobody or counted twice. Its ids are the first of each finding; with the fingerprint it tells all.${pipeline || owner ? ' It looks at all deals: keep those that this review is about, by search_records with the same ids or filters.' : ''}
3. For the five largest open deals among them, summarize_record: who is involved, what was said last, what is left undone.
4. Write: a table of stages with number, sum and the oldest deal; the ten deals most in need of attention, each with its id, owner, reason and one question to ask; what changed the forecast.

Take every number from aggregate_records or from a finding. Change nothing; propose changes, the findings' own fixes among them, as a list to agree on.`,
};
