/** `hs_is_closed` and `hs_is_closed_won` of deals, `hs_is_closed` of tickets: what the stage says. */

import type { Calculated } from './calculated.ts';

const stageOf: (...args: Parameters<Calculated['calculate']>) => Readonly<Record<string, string>> | undefined = (
  store,
  type,
  record,
) => {
  if (!type.pipelines) return undefined;
  const pipeline = store.pipelines.get(type.id, record.properties[type.pipelines.pipelineProperty] ?? '');
  const stageId = record.properties[type.pipelines.stageProperty];
  return pipeline?.stages.find(({ id }) => id === stageId)?.metadata;
};

export const isClosed: Calculated = {
  property: 'hs_is_closed',
  appliesTo: (type) => type.id === '0-3' || type.id === '0-5',
  calculate(...args) {
    const metadata = stageOf(...args);
    return String(metadata?.['isClosed'] === 'true' || metadata?.['ticketState'] === 'CLOSED');
  },
};

/** Guess: won is closed with a probability of 1. */
export const isClosedWon: Calculated = {
  property: 'hs_is_closed_won',
  appliesTo: (type) => type.id === '0-3',
  calculate(...args) {
    const metadata = stageOf(...args);
    return String(metadata?.['isClosed'] === 'true' && Number(metadata['probability']) === 1);
  },
};
