/** The same few words in every form of a dictionary. */

import type { PipelineStage } from '../../hubspot/index.ts';

export function filledWords(filled: number | undefined): string {
  if (filled === undefined) return '';
  if (filled > 0 && filled < 1) return '< 1 %';
  return `${Math.round(filled)} %`;
}

/** What a stage means: its probability, or whether it is open. */
export function stageWords({ metadata }: PipelineStage): string {
  const { probability, isClosed, ticketState } = metadata;
  const chance = probability === undefined ? undefined : Number(probability);
  return [
    chance === undefined || Number.isNaN(chance) ? undefined : `${Math.round(chance * 100)} %`,
    ticketState?.toLowerCase() ?? (isClosed === 'true' ? 'closed' : undefined),
  ]
    .filter((word) => word !== undefined)
    .join(', ');
}
