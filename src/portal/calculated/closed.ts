/**
 * What the stage says of a deal: whether it is closed, won or lost, and how likely it is.
 * Source: HubSpot's default properties of deals, and
 * knowledge.hubspot.com/crm-deals/hubspots-default-deal-properties, compared 2026-11-22.
 */

import type { PipelineStage } from '../facts/definitions.ts';
import { type Calculated, type Calculation, on, type Subject } from './calculated.ts';

/** The stage that the record is in, as its pipeline has it. */
function stageOf({ store, type, value }: Subject): PipelineStage | undefined {
  if (!type.pipelines) return undefined;
  const pipeline = store.pipelines.get(type.id, value(type.pipelines.pipelineProperty) ?? '');
  const stageId = value(type.pipelines.stageProperty);
  return pipeline?.stages.find(({ id }) => id === stageId);
}

const bit = (is: boolean) => (is ? '1' : '0');

/**
 * Guess: won is closed with a probability of 1 and lost is closed otherwise; the counts are 1 or 0.
 */
export const closedDeal: Calculation = {
  appliesTo: on('0-3'),
  calculate(subject) {
    const stage = stageOf(subject);
    const closed = stage?.metadata['isClosed'] === 'true';
    const won = closed && Number(stage?.metadata['probability']) === 1;
    return {
      hs_is_closed: String(closed),
      hs_is_closed_won: String(won),
      hs_is_closed_lost: String(closed && !won),
      hs_is_closed_count: bit(closed),
      hs_is_open_count: bit(!closed),
      hs_closed_won_count: bit(won),
      hs_is_in_first_deal_stage: stage && String(isFirst(subject, stage)),
      ...probability(subject, stage?.metadata['probability']),
    };
  },
};

function isFirst({ store, type, value }: Subject, stage: PipelineStage): boolean {
  const pipeline = store.pipelines.get(type.id, value(type.pipelines?.pipelineProperty ?? '') ?? '');
  return !pipeline?.stages.some((other) => other.displayOrder < stage.displayOrder);
}

/**
 * `hs_deal_stage_probability` can be written too. Guess: what was written stays until the deal follows its stage again
 * by having the stage's probability.
 */
function probability({ value }: Subject, ofStage: string | undefined): Calculated {
  const known = value('hs_deal_stage_probability');
  const before = value('hs_deal_stage_probability_shadow');
  const follows = known === undefined || (before !== undefined && Number(known) === Number(before));
  return {
    hs_deal_stage_probability: follows ? ofStage : known,
    hs_deal_stage_probability_shadow: ofStage,
  };
}
